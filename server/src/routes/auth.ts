import { Hono } from 'hono'
import { z } from 'zod'
import { answer, answerAnew, type AppEnv } from '../http/answer'
import { invalidToken, type Identification, type LogIn } from '../http/authenticate'
import { readBody, sealed, text } from '../http/body'
import type { OpenSubmitted } from '../http/openSubmitted'
import { Problem } from '../http/problem'
import { requires } from '../http/requires'
import { WeChatError } from '../wechat/api'
import { phoneInfo, type PhoneInfo } from '../wechat/client'

const loginBody = z.object({ code: text(512) })

const phoneBody = z.union([z.object({ code: text(512) }), z.object(sealed)], {
  error: 'expected code, or encryptedData and iv',
})

/** `POST /auth/login`. */
export function loginRoute(logIn: LogIn) {
  return new Hono<AppEnv>().post('/auth/login', async (c) => {
    const { code } = readBody(c, loginBody)
    await logIn(c, code)
    return answer(c)
  })
}

/** The endpoints of a session itself, the phone number, and the account as a whole. */
export function authRoutes({
  appId,
  wechat,
  people,
  sessions,
  openSubmitted,
}: Identification & { appId: string; openSubmitted: OpenSubmitted }) {
  async function phoneOf(code: string): Promise<PhoneInfo> {
    const phone = await wechat.phoneNumberOf(code).catch((error: unknown) => {
      throw error instanceof WeChatError && error.reason === 'refused'
        ? new Problem('phone-code-refused')
        : error
    })
    if (phone.watermark.appid !== appId) throw new Problem('foreign-watermark')
    return phone
  }

  return new Hono<AppEnv>()
    .get('/auth/token-state', requires('session'), (c) => {
      // A replaced session has no token state to tell: its client has a newer token.
      if (!c.get('session').tokenState()) throw invalidToken()
      return answer(c)
    })

    .post('/auth/phone-number', requires('session'), async (c) => {
      const session = c.get('session')
      const body = readBody(c, phoneBody)
      const phone =
        'code' in body ? await phoneOf(body.code) : await openSubmitted(session, body, phoneInfo)
      const number = `+${phone.countryCode}${phone.purePhoneNumber}`
      await people.bindPhoneNumber(session.identityId, number)
      return answerAnew(c, sessions)
    })

    .post('/auth/logout', requires('session'), async (c) => {
      await sessions.end(c.get('session'))
      return c.body(null, 204)
    })

    .delete('/auth/account', requires('session'), async (c) => {
      await people.remove(c.get('session').identityId)
      return c.body(null, 204)
    })
}
