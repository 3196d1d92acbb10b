import { Hono } from 'hono'
import { z } from 'zod'
import { answer, answerAfterChange, type AppEnv } from '../http/answer'
import { invalidToken, type LogIn } from '../http/authenticate'
import { readBody, encryptedMembers, text } from '../http/body'
import type { OpenSubmitted } from '../http/openSubmitted'
import { Problem } from '../http/problem'
import { requires } from '../http/requires'
import type { CheckWatermark } from '../http/watermark'
import type { People } from '../people/people'
import type { Sessions } from '../sessions'
import { WeChatError } from '../wechat/api'
import { phoneInfo, type PhoneInfo, type WeChat } from '../wechat/client'

const loginBody = z.object({ code: text(512) })

const phoneBody = z.union([z.object({ code: text(512) }), z.object(encryptedMembers)], {
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

/** What these routes work with. */
export interface AuthOptions {
  wechat: WeChat
  people: People
  sessions: Sessions
  openSubmitted: OpenSubmitted
  checkWatermark: CheckWatermark
}

/** The endpoints of a session itself, the phone number, and the account as a whole. */
export function authRoutes(options: AuthOptions) {
  const { wechat, people, sessions, openSubmitted, checkWatermark } = options

  async function phoneOf(phoneCode: string): Promise<PhoneInfo> {
    const phone = await wechat.phoneNumberOf(phoneCode).catch((error: unknown) => {
      throw error instanceof WeChatError && error.reason === 'refused'
        ? new Problem('phone-code-refused')
        : error
    })
    checkWatermark('phoneNumber', phone.watermark)
    return phone
  }

  return new Hono<AppEnv>()
    .get('/auth/token-state', requires('session'), (c) => {
      // A replaced session has no token state: its client has a newer token.
      if (!c.get('session').tokenState()) throw invalidToken()
      return answer(c)
    })

    .post('/auth/phone-number', requires('session'), async (c) => {
      const session = c.get('session')
      const body = readBody(c, phoneBody)
      const phone =
        'code' in body
          ? await phoneOf(body.code)
          : await openSubmitted(session, body, 'phoneNumber', phoneInfo)
      const number = `+${phone.countryCode}${phone.purePhoneNumber}`
      const isBound = await people.bindPhoneNumber(session.identityId, number)
      if (!isBound) throw new Problem('phone-number-taken')
      return answerAfterChange(c, sessions)
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
