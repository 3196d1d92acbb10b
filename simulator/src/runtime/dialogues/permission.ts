import { createConsent } from './consent'
import { createButtons, make, type Layer } from './layer'
import type { Words } from './words'

/** What a permission sheet asks for, and on whose behalf. */
export interface PermissionQuestion {
  appName: string
  title: string
  /** The app's reason, or what is given. */
  text?: string
  /** What would be given away, drawn as the one choice there is. */
  item?: { title: string; text?: string }
  /** Opens the privacy terms, which have to be ticked before anything is allowed; absent where nobody asks. */
  openTerms?: () => void
}

/** The head of WeChat's sheets: who asks. */
export function createAppHead(appName: string, words: Words): HTMLElement {
  const head = make('div', 'simulator-dialogue__app')
  const icon = make('span', 'simulator-dialogue__icon', appName.slice(0, 1))
  icon.setAttribute('aria-hidden', 'true')
  head.append(
    icon,
    make('span', '', appName),
    make('span', 'simulator-dialogue__hint', words.requests),
  )
  return head
}

function createItem({ title, text }: NonNullable<PermissionQuestion['item']>): HTMLElement {
  const item = make('div', 'simulator-dialogue__item')
  const lines = make('div', '')
  lines.append(make('div', '', title))
  if (text) lines.append(make('div', 'simulator-dialogue__hint', text))
  const mark = make('span', 'simulator-dialogue__mark')
  mark.setAttribute('aria-hidden', 'true')
  item.append(lines, mark)
  return item
}

/** Asks with WeChat's half-screen sheet: 不允许 or 允许, and no other way out. */
export function askPermission(
  layer: Layer,
  words: Words,
  { appName, title, text, item, openTerms }: PermissionQuestion,
): Promise<'allow' | 'refuse'> {
  return layer.open<'allow' | 'refuse'>({
    kind: 'sheet',
    label: title,
    fill(box, finish) {
      box.append(createAppHead(appName, words), make('div', 'simulator-dialogue__title', title))
      if (text) box.append(make('div', 'simulator-dialogue__text', text))
      if (item) box.append(createItem(item))
      const buttons = createButtons<'allow' | 'refuse'>(
        [
          { label: words.reject, value: 'refuse' },
          { label: words.allow, value: 'allow', primary: true },
        ],
        finish,
      )
      if (openTerms) box.append(createConsent(buttons, words, openTerms))
      box.append(buttons)
    },
  })
}
