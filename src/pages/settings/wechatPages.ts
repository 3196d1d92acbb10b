/** WeChat's own pages, which only WeChat has. */
export const isMpWeixin = process.env.UNI_PLATFORM === 'mp-weixin'

interface Host {
  canIUse(schema: string): boolean
  /** uni-app's types lack it. */
  openPrivacyContract(options: { fail(): void }): void
}

const host = () => uni as unknown as Host

/** Base libraries below 2.32.3 have no contract to show. */
export function hasPrivacyContract(): boolean {
  return isMpWeixin && host().canIUse('openPrivacyContract')
}

export function openPrivacyContract(fail: () => void): void {
  host().openPrivacyContract({ fail })
}

/** Only from a tap (WeChat: wx.openSetting). */
export function openWechatSettings(fail: () => void): void {
  // #ifdef MP-WEIXIN
  uni.openSetting({ fail })
  // #endif
}
