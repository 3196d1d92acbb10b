/** The open types of `button` that WeChat's side answers, with the event each one fires. */
export const openTypeEvents = {
  getPhoneNumber: 'getphonenumber',
  getRealtimePhoneNumber: 'getrealtimephonenumber',
  getUserInfo: 'getuserinfo',
  chooseAvatar: 'chooseavatar',
  openSetting: 'opensetting',
  agreePrivacyAuthorization: 'agreeprivacyauthorization',
} as const

/** An open type that WeChat's side answers. */
export type OpenType = keyof typeof openTypeEvents

/** The button behind an open type. */
export interface OpenTypeButton {
  id: string
  /** Whether WeChat itself says that the app may ask for no further phone number. */
  showsQuotaToast: boolean
}

const isOpenType = (name: string): name is OpenType => name in openTypeEvents

/** Splits `getPhoneNumber|agreePrivacyAuthorization`; the agreement comes first, as it must be had. */
export const parseOpenType = (value: string): OpenType[] =>
  value
    .split('|')
    .map((name) => name.trim())
    .filter(isOpenType)
    .sort(
      (a, b) =>
        Number(b === 'agreePrivacyAuthorization') - Number(a === 'agreePrivacyAuthorization'),
    )
