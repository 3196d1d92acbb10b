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

/** Only from a tap (WeChat: wx.openSetting). `success` is called after coming back. */
export function openWechatSettings(callbacks: { success(): void; fail(): void }): void {
  // #ifdef MP-WEIXIN
  uni.openSetting(callbacks)
  // #endif
}

/** Reports whether WeChat remembers the location as allowed or denied, if it remembers either. */
export function readLocationSetting(tell: (state: 'allowed' | 'denied') => void): void {
  // #ifdef MP-WEIXIN
  uni.getSetting({
    success({ authSetting }) {
      const isAllowed = authSetting['scope.userLocation']
      if (isAllowed !== undefined) tell(isAllowed ? 'allowed' : 'denied')
    },
  })
  // #endif
}
