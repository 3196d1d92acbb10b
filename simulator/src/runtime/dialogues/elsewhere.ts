import { make, type Layer } from './layer'
import { createPage } from './page'
import type { Words } from './words'

/** What stands for a place outside the mini-program: a page that says so, with a way back. */
export function showElsewhere(
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
      box.append(createPage(title, words, () => finish('back'), content))
    },
  })
}
