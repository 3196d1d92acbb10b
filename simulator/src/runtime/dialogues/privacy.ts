import { createButtons, make, type Layer } from './layer'
import { createWechatPage } from './wechatPage'
import { createAppHead } from './permission'
import type { Words } from './words'

/** Opens the page with the privacy terms, as `wx.openPrivacyContract` does. */
export function showContract(layer: Layer, words: Words, appName: string): Promise<'back'> {
  return layer.open<'back'>({
    kind: 'page',
    label: words.contractTitle,
    dismiss: 'back',
    fill(box, finish) {
      const content = make('p', 'simulator-dialogue__prose', words.contractText(appName))
      box.append(createWechatPage(words.contractTitle, words, () => finish('back'), content))
    },
  })
}

/** WeChat's own privacy dialogue, for apps that have none (WeChat: 官方隐私弹窗). */
export function askPrivacy(
  layer: Layer,
  words: Words,
  appName: string,
): Promise<'allow' | 'refuse'> {
  return layer.open<'allow' | 'refuse'>({
    kind: 'sheet',
    label: words.privacyTitle,
    fill(box, finish) {
      const text = make('div', 'simulator-dialogue__text', words.privacyText(appName))
      const link = make('button', 'simulator-dialogue__link', words.contract)
      link.type = 'button'
      link.addEventListener('click', () => void showContract(layer, words, appName))
      text.append(link)
      const buttons = createButtons<'allow' | 'refuse'>(
        [
          { label: words.refuse, value: 'refuse' },
          { label: words.agree, value: 'allow', primary: true },
        ],
        finish,
      )
      const title = make('div', 'simulator-dialogue__title', words.privacyTitle)
      box.append(createAppHead(appName, words), title, text, buttons)
    },
  })
}
