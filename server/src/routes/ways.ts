import { Hono } from 'hono'
import { z } from 'zod'
import { answer, answerAfterChange, type AppEnv } from '../http/answer'
import { readBody, text } from '../http/body'
import type { ProveOAuth } from '../http/oauthProof'
import { Problem } from '../http/problem'
import { requires } from '../http/requires'
import type { AddWay } from '../people/addWay'
import type { Way, Ways } from '../people/ways'
import { maskPhone } from '../phone'
import type { Sessions } from '../sessions'
import { oauthProviders } from '../wechat/signInConfig'

const way = z.union([
  z.enum(['phone-number', 'password']),
  z.uuid().transform((id) => ({ id })),
]) satisfies z.ZodType<Way, unknown>

/** How the user can sign in: seeing the ways, and removing all but the last. */
export function wayRoutes(ways: Ways, sessions: Sessions) {
  return new Hono<AppEnv>()
    .get('/auth/ways', requires('current-session', 'second-proof'), async (c) => {
      const { phoneNumber, ...others } = await ways.list(c.get('session'))
      c.header('Cache-Control', 'no-store')
      return answer(c, { phoneNumber: phoneNumber && maskPhone(phoneNumber), ...others })
    })

    .delete(
      '/auth/ways/:way',
      requires('current-session', 'second-proof', 'fresh-login'),
      async (c) => {
        const wanted = way.safeParse(c.req.param('way'))
        const removal = wanted.success
          ? await ways.remove(c.get('session'), wanted.data, c.get('address'))
          : 'missing'
        switch (removal) {
          case 'removed':
            return answerAfterChange(c, sessions)
          case 'missing':
            throw new Problem('not-found')
          case 'needed':
            throw new Problem('way-needed')
        }
      },
    )
}

/** What somebody is to sign in with from now on. */
export const wayBody = z.object({ provider: z.enum(oauthProviders), code: text(512) })

/** What the route works with. */
export interface AddedWayOptions {
  proveOAuth: ProveOAuth
  addWay: AddWay
  sessions: Sessions
}

/** `POST /auth/ways`: a WeChat user, by the code of WeChat's OAuth. */
export function addedWayRoute({ proveOAuth, addWay, sessions }: AddedWayOptions) {
  return new Hono<AppEnv>().post(
    '/auth/ways',
    requires('current-session', 'second-proof', 'fresh-login'),
    async (c) => {
      const { identityId } = c.get('session')
      const address = c.get('address')
      const proof = await proveOAuth(await readBody(c, wayBody), { address, identityId })
      // Not 401: it is not the session that is refused.
      if (proof.is !== 'proved') throw new Problem('way-refused')
      const addition = await addWay(identityId, proof.identity, address)
      if (addition === 'taken') throw new Problem('way-taken')
      return answerAfterChange(c, sessions)
    },
  )
}
