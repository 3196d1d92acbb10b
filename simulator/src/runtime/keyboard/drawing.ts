import type { Platform } from '../../wire'
import type { Key, KeyLayout } from './layouts'
import type { ConfirmType, KeyboardWords } from './words'

/** What is drawn: the keys, their labels, and the bar above them. */
export interface DrawnKeyboard {
  layout: KeyLayout
  confirm: ConfirmType
  isShifted: boolean
  bar: 'nickname' | 'confirm' | undefined
}

/** What was pressed. */
export type Press = Exclude<Key, { kind: 'blank' }> | { kind: 'nickname' | 'finish' }

const icons: Partial<Record<Press['kind'], string>> = {
  shift: 'M12 4 4 12h4v7h8v-7h4Z',
  backspace: 'M8 5h12v14H8l-6-7Zm3 4 6 6m0-6-6 6',
}

const svg = (path: string) =>
  `<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="${path}" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round"/></svg>`

const make = (className: string, text = '') => {
  const element = document.createElement('div')
  element.className = className
  element.textContent = text
  return element
}

/** The element of the keyboard, empty until it is drawn; `onPress` is called for every key. */
export function createKeyboardDrawing(
  platform: Platform,
  words: KeyboardWords,
  onPress: (press: Press) => void,
) {
  const element = make('simulator-keyboard')
  element.id = 'simulator-keyboard'
  element.dataset.platform = platform
  element.setAttribute('role', 'group')
  element.setAttribute('aria-label', words.keyboard)
  // A key that took the focus would end the typing.
  element.addEventListener('mousedown', (event) => event.preventDefault())

  const button = (className: string, press: Press, label: string) => {
    const key = document.createElement('button')
    key.type = 'button'
    key.tabIndex = -1
    key.className = className
    key.setAttribute('aria-label', label)
    const icon = icons[press.kind]
    if (icon) key.innerHTML = svg(icon)
    else key.textContent = label
    key.addEventListener('click', () => onPress(press))
    return key
  }
  const draw = (key: Key, { confirm, isShifted }: DrawnKeyboard) => {
    const name = `simulator-keyboard__key simulator-keyboard__key--${key.kind}`
    if (key.kind === 'blank') return make(name)
    if (key.kind === 'character') {
      const text = isShifted ? key.text.toUpperCase() : key.text
      return button(name, { kind: 'character', text }, text)
    }
    const word = key.kind === 'confirm' ? confirm : key.kind === 'page' ? key.page : key.kind
    const drawn = button(name, key, words[word])
    if (key.kind === 'shift') drawn.setAttribute('aria-pressed', String(isShifted))
    if (key.kind === 'confirm') drawn.dataset.confirm = confirm
    return drawn
  }
  const drawBar = (kind: 'nickname' | 'confirm') => {
    const bar = make(`simulator-keyboard__bar simulator-keyboard__bar--${kind}`)
    const [press, word] =
      kind === 'nickname'
        ? [{ kind } as const, words.nickname]
        : [{ kind: 'finish' } as const, words.done]
    bar.append(button('simulator-keyboard__bar-button', press, word))
    return bar
  }

  return {
    element,
    draw(drawing: DrawnKeyboard) {
      const keys = make(
        `simulator-keyboard__keys simulator-keyboard__keys--${drawing.layout.shape}`,
      )
      for (const row of drawing.layout.rows) {
        const line = make('simulator-keyboard__row')
        line.append(...row.map((key) => draw(key, drawing)))
        keys.append(line)
      }
      element.replaceChildren(...(drawing.bar ? [drawBar(drawing.bar)] : []), keys)
    },
  }
}
