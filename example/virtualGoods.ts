/**
 * - `any`: may be offered, by whatever payment.
 * - `inAppPurchase`: only by the store's own payment, which this app does not have.
 * - `no`: may not be offered.
 */
type Rule = 'any' | 'inAppPurchase' | 'no'

/**
 * Where virtual goods (courses, memberships: what nobody delivers) may be offered, by host, as uni-app
 * names it, and `platform` of `getSystemInfo()`. What has no entry is not verified.
 */
const rules: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  // 2026-11-24, https://developers.weixin.qq.com/miniprogram/dev/api/payment/wx.requestVirtualPayment.html
  // Not by wx.requestPayment; by that call only for who has been admitted to it, which this app has
  // not. Whether it serves iOS is not verified.
  'mp-weixin': { ios: 'no', android: 'no' },
  // 2026-11-24, https://developers.weixin.qq.com/minigame/dev/api/midas-payment/wx.checkIsSupportMidasPayment.html
  // iOS under conditions only: iOS 15, WeChat 8.0.68. This app is no mini-game.
  miniGame: { ios: 'no', android: 'any' },
  // 2026-11-24, https://developer.apple.com/app-store/review/guidelines/#in-app-purchase (3.1.1); for
  // apps from Google Play https://support.google.com/googleplay/android-developer/answer/9858738
  app: { ios: 'inAppPurchase', android: 'any' },
  // 2026-11-24: not verified.
  h5: {},
}

/** Whether this app may show a virtual good and its price. Not verified means no. */
export function mayOfferVirtualGoods(host: string | undefined, platform: string): boolean {
  return rules[host ?? '']?.[platform] === 'any'
}
