import { isLikeAndroid } from '../platforms'
import { screens, type Screen } from '../screens'
import type { Platform } from '../wire'

/** WeChat's capsule at the top right, in CSS pixels. */
export interface Capsule {
  top: number
  right: number
  width: number
  height: number
}

/** In the middle of the title bar; `right` is the distance from the screen's right edge. */
export function capsuleOn({ statusBar, titleBar }: Screen): Capsule {
  const height = 32
  return { top: statusBar + (titleBar - height) / 2, right: 10, width: 87, height }
}

/** Hands the phone's measures to the styles, so that what is drawn is what `wx` reports. */
export function applyScreen(platform: Platform): void {
  const screen = screens[platform]
  const capsule = capsuleOn(screen)
  const { dataset, style } = document.documentElement
  // DevTools shows an iPhone.
  dataset.platform = isLikeAndroid(platform) ? 'android' : 'ios'
  const measures = {
    '--status-bar': screen.statusBar,
    '--title-bar': screen.titleBar,
    '--capsule-top': capsule.top,
    '--capsule-right': capsule.right,
    '--capsule-width': capsule.width,
    '--capsule-height': capsule.height,
    '--safe-area-inset-top': screen.statusBar,
    '--safe-area-inset-bottom': screen.safeBottom,
  }
  for (const [name, value] of Object.entries(measures)) style.setProperty(name, `${value}px`)
}

/** Keeps `--page-vh`, a hundredth of the height that pages have, up to date. */
export function followPageHeight(): void {
  const pages = document.querySelector<HTMLElement>('#simulator-pages')!
  const update = () =>
    document.documentElement.style.setProperty('--page-vh', `${pages.clientHeight / 100}px`)
  new ResizeObserver(update).observe(pages)
}
