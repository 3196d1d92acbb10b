import { Hono } from 'hono'
import { z } from 'zod'
import { answer, type AppEnv } from '../http/answer'
import { freshLoginRequired, type LogIn } from '../http/authenticate'
import { maxGuestJson, readBody, text } from '../http/body'
import { isMine, password, phone, smsCode } from '../http/credentials'
import type { NumberLogIn } from '../http/numberLogIn'
import { requires } from '../http/requires'
import type { People } from '../people/people'
import type { Sessions } from '../sessions'

/** How old the login of a session may be that deletes the account, in seconds. */
const deletionWindow = 600

const codeBody = z.object({
  code: text(512),
  /** Which mini-program the code is of; the first one if not given. */
  appId: text(64).optional(),
})

const loginMembers = z.union(
  [
    codeBody,
    z.object({
      phone,
      smsCode,
      /** Beside a text code: evidence that the account is the user's. */
      password: password.optional(),
      isMine,
    }),
    z.object({ phone, password }),
  ],
  { error: 'expected code, or phone and smsCode, or phone and password' },
)

/** A member of the wrong form is named first, whatever else is missing. */
export const loginBody = z
  .looseObject({
    appId: text(64).optional(),
    phone: phone.optional(),
    smsCode: smsCode.optional(),
    password: password.optional(),
    isMine,
  })
  .pipe(loginMembers)

/** `POST /auth/login`; without `numberLogIn`, by WeChat's code only. */
export function loginRoute(logIn: LogIn, numberLogIn: NumberLogIn | undefined) {
  return new Hono<AppEnv>().post('/auth/login', async (c) => {
    const schema = numberLogIn ? loginBody : codeBody
    const body = await readBody<z.output<typeof loginBody>>(c, schema, maxGuestJson)
    if ('code' in body) await logIn(c, body.code, body.appId)
    else await numberLogIn?.logIn(c, body)
    return answer(c)
  })
}

/** What these routes work with; `now` is in ms since 1970. */
export interface AuthOptions {
  people: People
  sessions: Sessions
  now: () => number
}

/** The endpoints of a session itself, and the account as a whole. */
export function authRoutes({ people, sessions, now }: AuthOptions) {
  return (
    new Hono<AppEnv>()
      // A replaced session has no token state: its client has a newer token.
      .get('/auth/token-state', requires('current-session'), (c) => answer(c))

      .post('/auth/logout', requires('session'), async (c) => {
        await sessions.end(c.get('session'), c.get('address'))
        return c.body(null, 204)
      })

      .delete('/auth/account', requires('current-session', 'second-proof'), async (c) => {
        const age = now() - c.get('session').loggedInAt
        if (age >= deletionWindow * 1000) throw freshLoginRequired(c, deletionWindow)
        await people.remove(c.get('session').identityId)
        return c.body(null, 204)
      })
  )
}
