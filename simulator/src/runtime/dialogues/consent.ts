import { make } from './layer'
import type { Words } from './words'

/**
 * The line with which a permission's dialogue has the privacy terms agreed to: until it is ticked,
 * the button that allows does nothing (WeChat: 小程序隐私协议开发指南, 与授权弹窗耦合样式).
 */
export function createConsent(
  buttons: HTMLElement,
  words: Words,
  openTerms: () => void,
): HTMLElement {
  const allow = buttons.querySelector<HTMLButtonElement>('.simulator-dialogue__button--primary')!
  const line = make('div', 'simulator-dialogue__terms')
  const label = make('label', 'simulator-dialogue__consent', words.consent)
  const box = make('input', '')
  box.type = 'checkbox'
  const follow = () => void (allow.disabled = !box.checked)
  box.addEventListener('change', follow)
  follow()
  label.prepend(box)
  const link = make('button', 'simulator-dialogue__link', words.contract)
  link.type = 'button'
  link.addEventListener('click', openTerms)
  line.append(label, link)
  return line
}
