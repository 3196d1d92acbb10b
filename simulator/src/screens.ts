import type { Platform } from './wire'

/** A phone's measures in CSS pixels. */
export interface Screen {
  width: number
  height: number
  statusBar: number
  /** The bar with the page's title, below the status bar. */
  titleBar: number
  /** What the home indicator takes of the bottom. */
  safeBottom: number
}

const iphone: Screen = { width: 375, height: 812, statusBar: 44, titleBar: 44, safeBottom: 34 }

const android: Screen = { width: 360, height: 780, statusBar: 32, titleBar: 48, safeBottom: 0 }
const computer: Screen = { width: 414, height: 736, statusBar: 0, titleBar: 48, safeBottom: 0 }

/** An iPhone 13 mini, an Android phone of common size, the iPhone X that DevTools shows first,
 * and the window that WeChat opens on computers. */
export const screens: Readonly<Record<Platform, Screen>> = {
  ios: iphone,
  android,
  devtools: iphone,
  ohos: android,
  ohos_pc: computer,
  windows: computer,
  mac: computer,
}
