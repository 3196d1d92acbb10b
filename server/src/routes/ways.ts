import { Hono } from 'hono'
import { z } from 'zod'
import { answer, answerAfterChange, type AppEnv } from '../http/answer'
import { Problem } from '../http/problem'
import { requires } from '../http/requires'
import type { Way, Ways } from '../people/ways'
import { maskPhone } from '../phone'
import type { Sessions } from '../sessions'

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
