import { WeChatError } from './api'

/** Those that this backend has an answer to (WeChat: 全局错误码, and the endpoints' own pages). */
export const errcodes = {
  badCredential: 40001,
  badOpenid: 40003,
  badAccessToken: 40014,
  badCode: 40029,
  tokenExpired: 42001,
  tooFrequent: 45011,
  codeUsed: 40163,
  userBlocked: 40226,
  badSignature: 87009,
} as const
/** The access token is to be replaced. */
export const tokenRefusals: number[] = [
  errcodes.badCredential,
  errcodes.badAccessToken,
  errcodes.tokenExpired,
]
/** WeChat documents no errcode for a code that another user got: a wrong openid has 40003 elsewhere. */
const codeRefusals: number[] = [
  errcodes.badOpenid,
  errcodes.badCode,
  errcodes.codeUsed,
  errcodes.userBlocked,
]

/**
 * An errcode as a reason. An errcode that is not about the user's code is about this backend (a
 * wrong secret, a quota used up): its users are not refused for that.
 */
export function failure(errcode: number): WeChatError {
  if (errcode === errcodes.tooFrequent) return new WeChatError('too-frequent', { errcode })
  return new WeChatError(codeRefusals.includes(errcode) ? 'refused' : 'unavailable', { errcode })
}
