import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { answer, type AppEnv } from '../http/answer'
import { invalidToken, type Identification, type LogIn } from '../http/authenticate'
import { readBody, text } from '../http/body'
import { Problem } from '../http/problem'
import { require } from '../http/require'
import type { Session } from '../sessions'
import { WeChatError } from '../wechat/api'
import { phoneInfo, type PhoneInfo } from '../wechat/client'
import type { NoteUnopened } from '../wechat/keyCheck'
import { openData, userInfo, type SealedData } from '../wechat/openData'

/** What WeChat's anonymous profile is called since 2021-04-28: no name at all. */
const anonymous = '微信用户'

const loginBody = z.object({ code: text(512) })

const sealed = { encryptedData: z.base64().min(1), iv: z.base64().length(24) }

const phoneBody = z.union([z.object({ code: text(512) }), z.object(sealed)], {
  error: 'expected code, or encryptedData and iv',
})

const nickname = text(64)

const userInfoBody = z
  .looseObject({
    // A picture is taken only from this backend's own hand, and it has none to give yet.
    avatarUrl: z.undefined({ error: 'was not issued by this backend' }).optional(),
  })
  .pipe(
    z.union(
      [
        z.object({
          ...sealed,
          rawData: z.string().regex(/^\P{Cs}*$/u),
          signature: z.string(),
          nickname: nickname.optional(),
        }),
        z.object({ encryptedData: z.undefined().optional(), nickname }),
      ],
      { error: 'expected encryptedData, iv, rawData and signature, or nickname' },
    ),
  )

/** `POST /auth/login`. */
export function loginRoute(logIn: LogIn) {
  return new Hono<AppEnv>().post('/auth/login', async (c) => {
    const { code } = readBody(c, loginBody)
    await logIn(c, code)
    return answer(c)
  })
}

/** The other endpoints under `/auth`. */
export function authRoutes({
  appId,
  wechat,
  people,
  sessions,
  noteUnopened,
}: Identification & { appId: string; noteUnopened: NoteUnopened }) {
  /**
   * @throws Problem 409, one answer for whatever cannot be opened, and 422 for the watermark of
   *   another app
   */
  async function open<T extends { watermark: { appid: string } }>(
    session: Session,
    data: SealedData,
    content: z.ZodType<T>,
  ): Promise<T> {
    const keys = await people.sessionKeys(session.identityId)
    const opened = openData(data, keys, content)
    if (!opened) {
      noteUnopened(session, keys[0])
      throw new Problem('session-key-expired')
    }
    if (opened.watermark.appid !== appId) throw new Problem('foreign-watermark')
    return opened
  }

  async function phoneOf(code: string): Promise<PhoneInfo> {
    const phone = await wechat.phoneNumberOf(code).catch((error: unknown) => {
      throw error instanceof WeChatError && error.reason === 'refused'
        ? new Problem('phone-code-refused')
        : error
    })
    if (phone.watermark.appid !== appId) throw new Problem('foreign-watermark')
    return phone
  }

  /** The answer after a change: with the token state as it is now. */
  async function answerAnew(c: Context) {
    const { accessToken } = c.get('session') as Session
    c.set('session', await sessions.find(accessToken))
    return answer(c)
  }

  return new Hono<AppEnv>()
    .get('/auth/token-state', require('session'), (c) => {
      // A replaced session has no token state to tell: its client has a newer token.
      if (!c.get('session').tokenState()) throw invalidToken()
      return answer(c)
    })

    .post('/auth/user-info', require('session'), async (c) => {
      const session = c.get('session')
      const body = readBody(c, userInfoBody)
      if (body.encryptedData !== undefined) {
        const { openId, unionId } = await open(session, body, userInfo)
        if (openId !== session.openid) throw new Problem('session-key-expired')
        if (unionId) await people.learnUnionid(session.identityId, unionId)
      }
      if (body.nickname && body.nickname !== anonymous) {
        await people.setNickname(session.identityId, body.nickname)
      }
      return answerAnew(c)
    })

    .post('/auth/phone-number', require('session'), async (c) => {
      const session = c.get('session')
      const body = readBody(c, phoneBody)
      const phone = 'code' in body ? await phoneOf(body.code) : await open(session, body, phoneInfo)
      const number = `+${phone.countryCode}${phone.purePhoneNumber}`
      await people.bindPhoneNumber(session.identityId, number)
      return answerAnew(c)
    })

    .post('/auth/logout', require('session'), async (c) => {
      await sessions.end(c.get('session'))
      return c.body(null, 204)
    })
}
