import { make } from './layer'
import type { Words } from './words'

/** A page of WeChat's own: a bar with a way back, and the content below. */
export function createWechatPage(
  title: string,
  words: Words,
  onBack: () => void,
  ...content: HTMLElement[]
): DocumentFragment {
  const page = document.createDocumentFragment()
  const bar = make('div', 'simulator-dialogue__bar')
  const back = make('button', 'simulator-dialogue__button simulator-dialogue__back', words.back)
  back.type = 'button'
  back.addEventListener('click', onBack)
  bar.append(back, make('div', 'simulator-dialogue__title', title))
  const body = make('div', 'simulator-dialogue__body')
  body.append(...content)
  page.append(bar, body)
  return page
}
