import type { Platform } from './wire'

/** HarmonyOS phones have the keys and the header spelling of Android's. Nobody documents that. */
export const isLikeAndroid = (platform: Platform): boolean =>
  platform === 'android' || platform === 'ohos'

/** A window of WeChat on a computer: a mouse, a real keyboard, no status bar. */
export const isComputer = (platform: Platform): boolean =>
  platform === 'windows' || platform === 'mac' || platform === 'ohos_pc'

/** WeChat on HarmonyOS reports no theme and no change of it (WeChat: DarkMode 适配指南). */
export const hasThemes = (platform: Platform): boolean => !platform.startsWith('ohos')

/** The base library that a phone of this kind has; WeChat on computers is behind. */
export const usualSdkVersion = (platform: Platform): string =>
  platform === 'windows' || platform === 'mac' ? '3.3.5' : '3.8.0'
