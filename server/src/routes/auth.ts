import { Hono } from 'hono'
import { z } from 'zod'
import { answer, answerAfterChange, type AppEnv } from '../http/answer'
import type { EventLog } from '../eventLog'
import { freshLoginRequired, type LogIn } from '../http/authenticate'
import { readBody, encryptedMembers, maxGuestJson, text } from '../http/body'
import type { Limits } from '../http/limits'
import type { OpenSubmitted } from '../http/openSubmitted'
import { Problem } from '../http/problem'
import { requires } from '../http/requires'
import type { CheckWatermark } from '../http/watermark'
import type { People } from '../people/people'
import type { Session, Sessions } from '../sessions'
import { WeChatError } from '../wechat/api'
import { phoneInfo, type PhoneInfo, type WeChat } from '../wechat/client'

/** How old the login of a session may be that deletes the account, in seconds. */
const deletionWindow = 600

export const loginBody = z.object({
  code: text(512),
  /** Which mini-program the code is of; the first one if not given. */
  appId: text(64).optional(),
})

export const phoneBody = z.union([z.object({ code: text(512) }), z.object(encryptedMembers)], {
  error: 'expected code, or encryptedData and iv',
})

/** `POST /auth/login`. */
export function loginRoute(logIn: LogIn) {
  return new Hono<AppEnv>().post('/auth/login', async (c) => {
    const { code, appId } = await readBody(c, loginBody, maxGuestJson)
    await logIn(c, code, appId)
    return answer(c)
  })
}

/** What these routes work with. */
export interface AuthOptions {
  wechat: WeChat
  people: People
  sessions: Sessions
  openSubmitted: OpenSubmitted
  limits: Limits
  eventLog: EventLog
  now: () => number
  checkWatermark: CheckWatermark
}

/** The endpoints of a session itself, the phone number, and the account as a whole. */
export function authRoutes(options: AuthOptions) {
  const { wechat, people, sessions, openSubmitted, checkWatermark, limits, eventLog, now } = options

  const recordRefusal = (about: string, { identityId }: Session, address: string | undefined) =>
    eventLog.recordDenial({ kind: 'refused', about, address }, identityId)

  async function phoneOf(
    session: Session,
    phoneCode: string,
    address: string | undefined,
  ): Promise<PhoneInfo> {
    await limits.countOwn('phoneCodes', session, address)
    const phone = await wechat.phoneNumberOf(phoneCode, session).catch(async (error: unknown) => {
      if (!(error instanceof WeChatError && error.reason === 'refused')) throw error
      await recordRefusal('phone-code', session, address)
      throw new Problem('phone-code-refused')
    })
    checkWatermark('phoneNumber', session.appId, phone.watermark)
    return phone
  }

  return (
    new Hono<AppEnv>()
      // A replaced session has no token state: its client has a newer token.
      .get('/auth/token-state', requires('current-session'), (c) => answer(c))

      .post('/auth/phone-number', requires('session'), async (c) => {
        const session = c.get('session')
        const body = await readBody(c, phoneBody)
        const phone =
          'code' in body
            ? await phoneOf(session, body.code, c.get('address'))
            : await openSubmitted(session, body, 'phoneNumber', phoneInfo)
        const number = `+${phone.countryCode}${phone.purePhoneNumber}`
        const isBound = await people.bindPhoneNumber(session.identityId, number, c.get('address'))
        if (!isBound) {
          await recordRefusal('phone-number', session, c.get('address'))
          throw new Problem('phone-number-taken')
        }
        return answerAfterChange(c, sessions)
      })

      .post('/auth/logout', requires('session'), async (c) => {
        await sessions.end(c.get('session'), c.get('address'))
        return c.body(null, 204)
      })

      .delete('/auth/account', requires('current-session'), async (c) => {
        const age = now() - c.get('session').loggedInAt
        if (age >= deletionWindow * 1000) throw freshLoginRequired(deletionWindow)
        await people.remove(c.get('session').identityId)
        return c.body(null, 204)
      })
  )
}
