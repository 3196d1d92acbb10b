import type * as glassEasel from 'glass-easel'

/**
 * What WXS may do with a component, the built-in ones included (WeChat: WXS 响应事件,
 * ComponentDescriptor). Its classes and styles prevail over those of the template.
 */
export interface ComponentDescriptor {
  selectComponent(selector: string): ComponentDescriptor | undefined
  selectAllComponents(selector: string): ComponentDescriptor[]
  setStyle(style: string | Record<string, unknown>): ComponentDescriptor
  addClass(...names: string[]): ComponentDescriptor
  removeClass(...names: string[]): ComponentDescriptor
  hasClass(name: string): boolean
  getDataset(): Record<string, unknown>
  /** Calls a method of the component, or of the page. */
  callMethod(name: string, argument?: unknown): void
  triggerEvent(name: string, detail?: unknown): void
  /** An object that is kept for the component. */
  getState(): Record<string, unknown>
  requestAnimationFrame(callback: (time: number) => void): number
  getComputedStyle(names: readonly string[]): Record<string, string>
  getBoundingClientRect(): Record<string, number>
  setTimeout(callback: () => void, delay?: number): number
  clearTimeout(id: number): void
}

/** The framework's place for what prevails over the template: `StyleSegmentIndex.TEMP_EXTRA`. */
const overTemplate = 3
/** And that of the template itself: `StyleSegmentIndex.MAIN`. */
const ofTemplate = 0

const kebabCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const parseStyle = (style: string): [string, string][] =>
  style.split(/;(?![^(]*\))/).flatMap((declaration) => {
    const colon = declaration.indexOf(':')
    if (colon < 0) return []
    return [[declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim()] as const]
  }) as [string, string][]

const domOf = (element: glassEasel.Element) => element.$$ as unknown as HTMLElement

/** Makes descriptors, one for each element; `onError` takes what the callbacks of WXS throw. */
export function createDescriptors(
  onError: (error: unknown) => void,
): (element: glassEasel.Element) => ComponentDescriptor {
  const known = new WeakMap<glassEasel.Element, ComponentDescriptor>()
  const attempt = (run: () => void) => {
    try {
      run()
    } catch (error) {
      onError(error)
    }
  }
  const of = (element: glassEasel.Element): ComponentDescriptor => {
    const descriptor = known.get(element) ?? create(element)
    known.set(element, descriptor)
    return descriptor
  }

  function create(element: glassEasel.Element): ComponentDescriptor {
    const styles = new Map<string, string>()
    const state: Record<string, unknown> = {}
    const component = element.asGeneralComponent()
    // The app's own component has a tree of its own; what is inside a built-in one is its page's.
    const isOwn = component !== null && !component.is.startsWith('wx/')
    const root = (isOwn && component.getShadowRoot()) || element
    const toggle = (names: string[], isOn: boolean) => {
      for (const name of names.join(' ').split(/\s+/).filter(Boolean)) {
        if (!isOn) element.toggleNodeClass(name, false, ofTemplate)
        element.toggleNodeClass(name, isOn, overTemplate)
      }
      return descriptor
    }
    const descriptor: ComponentDescriptor = {
      selectComponent(selector) {
        const found = root.querySelector(selector)
        return found ? of(found) : undefined
      },
      selectAllComponents: (selector) => root.querySelectorAll(selector).map(of),
      setStyle(style) {
        const entries = typeof style === 'string' ? parseStyle(style) : Object.entries(style)
        for (const [name, value] of entries) styles.set(kebabCase(name), String(value ?? ''))
        const text = [...styles]
          .filter(([, value]) => value !== '')
          .map(([name, value]) => `${name}:${value}`)
        element.setNodeStyle(text.join(';'), overTemplate)
        return descriptor
      },
      addClass: (...names) => toggle(names, true),
      removeClass: (...names) => toggle(names, false),
      hasClass: (name) =>
        [ofTemplate, overTemplate].some((index) => element.classList?.contains(name, index)),
      getDataset: () => ({ ...element.dataset }),
      // The app's own code runs elsewhere, so that WXS never waits for it.
      callMethod(name, argument) {
        queueMicrotask(() => {
          const caller = component?.getMethodCaller() as Record<string, unknown> | undefined
          const method = caller?.[name]
          if (typeof method === 'function') attempt(() => void method.call(caller, argument))
          else onError(new Error(`callMethod: ${component?.is ?? 'it'} has no method "${name}"`))
        })
      },
      triggerEvent: (name, detail) => queueMicrotask(() => element.triggerEvent(name, detail)),
      getState: () => state,
      requestAnimationFrame: (callback) =>
        window.requestAnimationFrame((time) => attempt(() => callback(time))),
      getComputedStyle(names) {
        const style = getComputedStyle(domOf(element))
        return Object.fromEntries(
          names.map((name) => [name, style.getPropertyValue(kebabCase(name))]),
        )
      },
      getBoundingClientRect() {
        const { left, top, width, height } = domOf(element).getBoundingClientRect()
        const view = domOf(element).closest('.simulator-webview')?.getBoundingClientRect()
        const [x, y] = [left - (view?.left ?? 0), top - (view?.top ?? 0)]
        return { left: x, top: y, right: x + width, bottom: y + height, width, height }
      },
      setTimeout: (callback, delay) => window.setTimeout(() => attempt(callback), delay),
      clearTimeout: (id) => window.clearTimeout(id),
    }
    return descriptor
  }
  return of
}
