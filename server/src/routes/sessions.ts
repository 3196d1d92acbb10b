import { Hono } from 'hono'
import { z } from 'zod'
import { dayInChina } from '../dayInChina'
import { answer, type AppEnv } from '../http/answer'
import { Problem } from '../http/problem'
import { requires } from '../http/requires'
import type { ListedSession, PersonSessions } from '../personSessions'

const sessionId = z.uuid()

/** The user's sessions: seeing them, ending one, and ending all others. */
export function sessionRoutes(sessions: PersonSessions) {
  return new Hono<AppEnv>()
    .get('/auth/sessions', requires('current-session', 'second-proof'), async (c) => {
      const listed = await sessions.list(c.get('session'))
      // Nobody else may read it from a cache.
      c.header('Cache-Control', 'no-store')
      return answer(c, listed.map(sessionView))
    })

    .delete('/auth/sessions', requires('current-session', 'second-proof'), async (c) => {
      await sessions.endOthers(c.get('session'), c.get('address'))
      return c.body(null, 204)
    })

    .delete('/auth/sessions/:id', requires('current-session', 'second-proof'), async (c) => {
      const id = sessionId.safeParse(c.req.param('id'))
      const isEnded =
        id.success && (await sessions.end(c.get('session'), id.data, c.get('address')))
      if (!isEnded) throw new Problem('not-found')
      return c.body(null, 204)
    })
}

function sessionView({ id, isCurrent, startedAt, seenAt, address, system }: ListedSession) {
  const lastSeenOn = dayInChina(seenAt.getTime())
  return { id, isCurrent, startedAt, lastSeenOn, address, system }
}
