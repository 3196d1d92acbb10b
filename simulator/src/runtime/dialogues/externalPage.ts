import { make, type Layer } from './layer'
import { createWechatPage } from './wechatPage'
import type { Words } from './words'

/** In place of what is outside the mini-program: a page that says so, with a way back. */
export function showExternalPage(
  layer: Layer,
  words: Words,
  title: string,
  text: string,
): Promise<'back'> {
  return layer.open<'back'>({
    kind: 'page',
    label: title,
    dismiss: 'back',
    fill(box, finish) {
      const content = make('p', 'simulator-dialogue__prose', text)
      box.append(createWechatPage(title, words, () => finish('back'), content))
    },
  })
}
