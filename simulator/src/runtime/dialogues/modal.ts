import { createButtons, make, type DialogueButton, type Layer } from './layer'
import type { Words } from './words'

type Options = Record<string, unknown>

const text = (value: unknown, otherwise = '') => (value === undefined ? otherwise : String(value))

/** A colour the app chose; none is added where it chose none. */
const colored = (color: unknown) => (typeof color === 'string' ? { color } : {})

/** `wx.showModal`; resolves with its result. */
export async function askModal(
  layer: Layer,
  words: Words,
  options: Options,
): Promise<{ confirm: boolean; cancel: boolean; content: string | null }> {
  const { title, content, editable } = options
  const field = make('input', 'simulator-dialogue__field')
  field.placeholder = text(options.placeholderText)
  if (editable === true) field.value = text(content)
  const confirm: DialogueButton<boolean> = {
    label: text(options.confirmText, words.confirm),
    value: true,
    primary: true,
    ...colored(options.confirmColor),
  }
  const cancel: DialogueButton<boolean> = {
    label: text(options.cancelText, words.cancel),
    value: false,
    ...colored(options.cancelColor),
  }
  const confirmed = await layer.open<boolean>({
    kind: 'modal',
    label: text(title) || text(content),
    fill(box, finish) {
      if (title) box.append(make('div', 'simulator-dialogue__title', text(title)))
      if (editable === true) box.append(field)
      else if (content) box.append(make('div', 'simulator-dialogue__text', text(content)))
      box.append(
        createButtons(options.showCancel === false ? [confirm] : [cancel, confirm], finish),
      )
    },
  })
  return {
    confirm: confirmed,
    cancel: !confirmed,
    content: editable === true && confirmed ? field.value : null,
  }
}

/** A list that rises from the bottom; resolves with the item's number, undefined if dismissed. */
export async function askList(
  layer: Layer,
  words: Words,
  title: string,
  items: readonly string[],
  color?: unknown,
): Promise<number | undefined> {
  const pressed = await layer.open<number>({
    kind: 'list',
    label: title || items.join(', '),
    dismiss: -1,
    fill(box, finish) {
      if (title) box.append(make('div', 'simulator-dialogue__title', title))
      const choices = items.map((label, value) => ({ label, value, ...colored(color) }))
      box.append(createButtons([...choices, { label: words.cancel, value: -1 }], finish))
    },
  })
  return pressed < 0 ? undefined : pressed
}
