import { Hono } from 'hono'
import { z } from 'zod'
import { answer, type AppEnv } from '../http/answer'
import { requireFreshLogin, type LogIn } from '../http/authenticate'
import { maxGuestJson, readBody, text } from '../http/body'
import { isMine, password, phone, smsCode } from '../http/credentials'
import type { NumberLogIn } from '../http/numberLogIn'
import type { OAuthLogIn } from '../http/oauthLogIn'
import { Problem } from '../http/problem'
import { requires } from '../http/requires'
import type { ScanLogIn } from '../http/scanLogIn'
import type { People } from '../people/people'
import { isScanId } from '../scans/scans'
import type { Sessions } from '../sessions'
import { oauthProviders } from '../wechat/signInConfig'

const codeBody = z.object({
  code: text(512),
  /** Which mini-program the code is of; the first one if not given. */
  appId: text(64).optional(),
})

const provider = z.enum(oauthProviders)
const scan = z.object({
  id: z.string().refine(isScanId, 'expected the id of a scan'),
  secret: text(64),
})

const loginMembers = z.union(
  [
    // Before the code alone, which is a mini-program's.
    z.object({ provider, code: text(512) }),
    codeBody,
    z.object({
      phone,
      smsCode,
      /** Beside a text code: evidence that the account is the user's. */
      password: password.optional(),
      isMine,
    }),
    z.object({ phone, password }),
    z.object({ scan }),
  ],
  {
    error:
      'expected code, or provider and code, or phone and smsCode, or phone and password, or scan',
  },
)

/** A member of the wrong form is named first, whatever else is missing. */
export const loginBody = z
  .looseObject({
    appId: text(64).optional(),
    phone: phone.optional(),
    smsCode: smsCode.optional(),
    password: password.optional(),
    isMine,
    provider: provider.optional(),
    scan: scan.optional(),
  })
  .pipe(loginMembers)

/** How old the login may be, in seconds; as old as can be where it is not said. */
export const maxAge = z.coerce.number().int().positive().catch(Infinity)

/** The ways to log in; those that are not set up are missing. */
export interface LoginWays {
  code: LogIn
  number: NumberLogIn | undefined
  scan: ScanLogIn | undefined
  oauth: OAuthLogIn | undefined
}

/** `POST /auth/login`. */
export function loginRoute(ways: LoginWays) {
  return new Hono<AppEnv>().post('/auth/login', async (c) => {
    const body = await readBody(c, loginBody, maxGuestJson)
    if ('provider' in body) await offered(ways.oauth, 'provider')(c, body)
    else if ('code' in body) await ways.code(c, body.code, body.appId)
    else if ('scan' in body) await offered(ways.scan, 'scan')(c, body.scan)
    else await offered(ways.number, 'phone').logIn(c, body)
    return answer(c)
  })
}

/** A way that is set up. @throws Problem 422 for another one */
function offered<Way>(way: Way | undefined, member: string): Way {
  if (way) return way
  const errors = [{ pointer: `#/${member}`, detail: 'is no way to sign in here' }]
  throw new Problem('invalid-body', { errors })
}

/** What these routes work with. */
export interface AuthOptions {
  people: People
  sessions: Sessions
}

/** The endpoints of a session itself, and the account as a whole. */
export function authRoutes({ people, sessions }: AuthOptions) {
  return (
    new Hono<AppEnv>()
      // A replaced session has no token state: its client has a newer token.
      .get('/auth/token-state', requires('current-session'), (c) => {
        requireFreshLogin(c, c.get('session'), maxAge.parse(c.req.query('max_age')))
        return answer(c)
      })

      .post('/auth/logout', requires('session'), async (c) => {
        await sessions.end(c.get('session'), c.get('address'))
        return c.body(null, 204)
      })

      .delete(
        '/auth/account',
        requires('current-session', 'second-proof', 'fresh-login'),
        async (c) => {
          await people.remove(c.get('session').identityId)
          return c.body(null, 204)
        },
      )
  )
}
