import { z } from 'zod'
import type { WeChatConfig } from '../config'
import { createWeChatAccessToken } from './accessToken'
import { createWeChatApi, WeChatError, type WeChatCall, type WeChatCallObserved } from './api'
import { signWithSessionKey } from './crypto'
import { errcodes, failure, tokenRefusals } from './errcodes'
import { createUserOf, type OAuthUser } from './oauth'
import { watermark } from './openData'
import type { OAuthApp } from './signInConfig'

/** WeChat's answer about a user who logs in. */
export interface WeChatLogin {
  openid: string
  /** 16 bytes in base64. */
  sessionKey: string
  /** Missing unless the mini-program is bound to an open platform account. */
  unionid?: string
}

/** A user as one mini-program knows them. */
export interface AppUser {
  appId: string
  /** The openid. */
  subject: string
}

/**
 * WeChat's servers as this backend uses them. Every promise rejects with WeChatError; `unavailable`
 * for a mini-program that is not configured, or is no longer.
 */
export interface WeChat {
  /** Exchanges the code of `wx.login` in one mini-program (WeChat: 小程序登录, code2Session). */
  logIn(appId: string, loginCode: string): Promise<WeChatLogin>
  /**
   * The number behind a code of the getPhoneNumber button, if this user has pressed it (WeChat:
   * 获取手机号, whose `openid` is optional).
   */
  phoneNumberOf(phoneCode: string, user: AppUser): Promise<PhoneInfo>
  /** Whether WeChat still takes this session key as the user's (WeChat: 检验登录态). */
  isSessionKeyLive(user: AppUser, sessionKey: string): Promise<boolean>
  /**
   * The data URL of a mini-program code that opens the configured page with this scene (WeChat:
   * 获取不限制的小程序码).
   */
  drawCode(scene: string): Promise<string>
  /** The user behind a code that an app of WeChat's OAuth was given. */
  userOf(app: OAuthApp, code: string): Promise<OAuthUser>
}

/** A phone number as WeChat sends it, with the same members encrypted or for a code. */
export type PhoneInfo = z.infer<typeof phoneInfo>

export const phoneInfo = z.object({
  purePhoneNumber: z.string().regex(/^\d{4,15}$/),
  // The documentation shows a number where the service has been seen to send a string.
  countryCode: z.coerce.string().regex(/^\d{1,4}$/),
  watermark,
})

const errcode = z.number().default(0)

const loginAnswer = z.union([
  z.object({
    openid: z.string().min(1),
    session_key: z.base64().length(24),
    unionid: z.string().optional(),
  }),
  z.object({ errcode: z.number() }),
])
const phoneAnswer = z.object({ errcode, phone_info: phoneInfo.optional() })
const codeAnswer = z.union([
  z.object({ picture: z.string() }).transform(({ picture }) => ({ errcode: 0, picture })),
  z.object({ errcode: z.number() }),
])
const checkAnswer = z.object({ errcode })

/** `closing` cuts off every call when it aborts; `now` is in ms since 1970. */
export function createWeChat(
  config: WeChatConfig,
  now: () => number,
  closing: AbortSignal,
  observe?: (call: WeChatCallObserved) => void,
): WeChat {
  const api = createWeChatApi(config, closing, observe)
  const apps = new Map(
    config.apps.map((app) => {
      const accessToken = createWeChatAccessToken(api, app, now)
      return [app.appId, { ...app, accessToken }]
    }),
  )

  function appOf(appId: string) {
    const app = apps.get(appId)
    if (!app) throw new WeChatError('unavailable')
    return app
  }

  async function callWithToken<T extends { errcode: number }>(
    appId: string,
    call: WeChatCall<T>,
  ): Promise<T> {
    const { accessToken } = appOf(appId)
    const send = (token: string) => api({ ...call, query: { ...call.query, access_token: token } })
    const token = await accessToken.get()
    const answer = await send(token)
    return tokenRefusals.includes(answer.errcode) ? send(await accessToken.replace(token)) : answer
  }

  return {
    async logIn(appId, loginCode) {
      const { appSecret } = appOf(appId)
      const answer = await api({
        path: '/sns/jscode2session',
        query: {
          appid: appId,
          secret: appSecret,
          js_code: loginCode,
          grant_type: 'authorization_code',
        },
        answer: loginAnswer,
      })
      if ('errcode' in answer) throw failure(answer.errcode)
      const { openid, session_key: sessionKey, unionid } = answer
      return { openid, sessionKey, ...(unionid && { unionid }) }
    },

    async phoneNumberOf(phoneCode, { appId, subject: openid }) {
      const answer = await callWithToken(appId, {
        path: '/wxa/business/getuserphonenumber',
        body: { code: phoneCode, openid },
        answer: phoneAnswer,
      })
      if (answer.errcode !== 0) throw failure(answer.errcode)
      if (!answer.phone_info) throw new WeChatError('unavailable')
      return answer.phone_info
    },

    async isSessionKeyLive({ appId, subject: openid }, sessionKey) {
      const answer = await callWithToken(appId, {
        path: '/wxa/checksession',
        query: { openid, signature: signWithSessionKey('', sessionKey), sig_method: 'hmac_sha256' },
        answer: checkAnswer,
      })
      if (answer.errcode === errcodes.badSignature) return false
      if (answer.errcode !== 0) throw failure(answer.errcode)
      return true
    },

    async drawCode(scene) {
      if (!config.scanCode) throw new WeChatError('unavailable')
      const { page, checkPath: check_path, envVersion: env_version } = config.scanCode
      const answer = await callWithToken(config.apps[0].appId, {
        path: '/wxa/getwxacodeunlimit',
        body: { scene, page, check_path, env_version },
        answer: codeAnswer,
      })
      if (!('picture' in answer)) throw failure(answer.errcode)
      return answer.picture
    },

    userOf: createUserOf(api),
  }
}
