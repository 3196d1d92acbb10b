import type { Caller } from '../caller'

const attribute = 'data-form-field'
const fields = new WeakMap<Element, Caller>()

/** Notes a component of the app that a form takes for one of its fields (`wx://form-field`). */
export function keepFormField(caller: Caller): void {
  const dom = caller._$.$$ as unknown as HTMLElement | null
  // A virtual host is not in the document.
  if (!dom) return
  dom.setAttribute(attribute, '')
  fields.set(dom, caller)
}

/** What such components inside `form` hold, by their names. */
export const customFields = (form: HTMLElement): [name: string, value: unknown][] =>
  [...form.querySelectorAll(`[${attribute}]`)].flatMap((dom) => {
    const { name, value } = fields.get(dom)?.data ?? {}
    return typeof name === 'string' && name ? [[name, value]] : []
  })
