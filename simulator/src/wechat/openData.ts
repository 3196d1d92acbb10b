import { seal, signRawData, type SealedData } from './crypto'
import type { Person } from './people'

/** A profile as `getUserInfo` returns it. */
export interface UserInfo {
  nickName: string
  gender: 0 | 1 | 2
  language: string
  city: string
  province: string
  country: string
  avatarUrl: string
  /** True where WeChat has withheld the real profile. */
  is_demote?: true
}

/** The result of `wx.getUserInfo` with credentials, and of its button. */
export interface UserInfoResult extends SealedData {
  errMsg: string
  userInfo: UserInfo
  /** The JSON text that was signed. */
  rawData: string
  signature: string
}

/** Says whose data it is and since when, in s; part of everything that WeChat encrypts. */
export interface Watermark {
  timestamp: number
  appid: string
}

/** What everybody has looked like to mini-programs since 2021-04-28. */
export const anonymousProfile: UserInfo = {
  nickName: '微信用户',
  gender: 0,
  language: '',
  city: '',
  province: '',
  country: '',
  avatarUrl:
    'https://thirdwx.qlogo.cn/mmopen/vi_32/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132',
  is_demote: true,
}

/** What old base libraries still return: the person's name, with a picture that does not exist. */
export function ownProfile({ name, openid }: Person): UserInfo {
  return {
    nickName: name,
    gender: 0,
    language: 'zh_CN',
    city: '',
    province: '',
    country: '',
    avatarUrl: `https://thirdwx.qlogo.cn/mmopen/vi_32/${openid}/132`,
  }
}

/** Seals and signs the profile as `getUserInfo` does. */
export function sealUserInfo(
  person: Person,
  userInfo: UserInfo,
  sessionKey: string,
  watermark: Watermark,
): UserInfoResult {
  const rawData = JSON.stringify(userInfo)
  const { openid: openId, unionid: unionId, unionidVisibility } = person
  const plain = { openId, ...userInfo, ...(unionidVisibility && { unionId }), watermark }
  return {
    errMsg: 'getUserInfo:ok',
    userInfo,
    rawData,
    signature: signRawData(rawData, sessionKey),
    ...seal(JSON.stringify(plain), sessionKey),
  }
}

/** The person's number, the same encrypted and for a code (WeChat: 获取手机号). */
export function phoneInfo({ phoneNumber }: Person, watermark: Watermark) {
  // Only numbers from abroad carry their country code in `phoneNumber`.
  return { phoneNumber, purePhoneNumber: phoneNumber, countryCode: '86', watermark }
}
