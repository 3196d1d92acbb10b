/**
 * - `any`: may be offered, by whatever payment.
 * - `inAppPurchase`: only by the store's own payment, which this app does not have.
 * - `no`: may not be offered.
 */
type Rule = 'any' | 'inAppPurchase' | 'no'

/** The kinds of host that have rules of their own, as uni-app names them; this app is no mini-game. */
type Host = 'mp-weixin' | 'miniGame' | 'app' | 'h5'

/**
 * Where virtual goods (courses, memberships: what nobody delivers) may be offered, by host and
 * `platform` of `getSystemInfo()`. What has no entry is not verified.
 */
const rules: Readonly<Record<Host, Readonly<Record<string, Rule>>>> = {
  // 2026-11-24, WeChat: 小程序虚拟支付. Not by wx.requestPayment; by wx.requestVirtualPayment (iOS:
  // WeChat 8.0.68) only for who has been admitted to it, which this app has not.
  'mp-weixin': { ios: 'no', android: 'no' },
  // 2026-11-24, WeChat: 小游戏虚拟支付, wx.checkIsSupportMidasPayment. iOS under conditions only.
  miniGame: { ios: 'no', android: 'any' },
  // 2026-11-24, Apple: App Review Guidelines 3.1.1. Google: Play's Payments policy, for apps from there.
  app: { ios: 'inAppPurchase', android: 'any' },
  // 2026-11-24: not verified.
  h5: {},
}

/** Whether this app may show a virtual good and its price. Not verified means no. */
export function mayOfferVirtualGoods(host: string | undefined, platform: string): boolean {
  const ofHost = new Map(Object.entries(rules)).get(host ?? '')
  return ofHost?.[platform] === 'any'
}
