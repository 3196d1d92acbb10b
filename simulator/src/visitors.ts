import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Session, SessionOptions } from './host/session'

/** Who opens the page at `/`, and which of its mini-programs ends by that. */
export interface Visit {
  /** Any name; a new one is a new person. */
  person?: string
  /** WeChat shows their unionid only inside what getUserInfo encrypts. */
  unionid?: 'encrypted'
  /** Id of the session that the same page had before. */
  before?: string
}

/** The body of `POST /phone`. */
export const visit: z.ZodType<Visit> = z.strictObject({
  person: z.string().min(1).max(64).exactOptional(),
  unionid: z.literal('encrypted').exactOptional(),
  before: z.string().exactOptional(),
})

/** The mini-programs of the pages at `/`, one for each page. */
export interface Visitors {
  open(visit: Visit): Session
}

/** Browsers open six connections to one host, and each page listens on one. */
const limit = 4

/** Keeps four at most: those whose page has gone end first, then the oldest, which is told. */
export function createVisitors(
  options: SessionOptions,
  openSession: (options: SessionOptions, id: string) => Session,
  closeSession: (session: Session) => void,
): Visitors {
  const sessions = new Set<Session>()
  const end = (session: Session) => {
    closeSession(session)
    sessions.delete(session)
  }
  return {
    open({ before, ...visitor }) {
      for (const session of sessions) {
        if (session.id === before || session.line === 'gone') end(session)
      }
      const [oldest] = sessions
      if (oldest && sessions.size >= limit) {
        oldest.replace()
        end(oldest)
      }
      // Not to be guessed or to come again: a page from before a restart must find nobody.
      const session = openSession({ ...options, ...visitor }, randomUUID())
      sessions.add(session)
      return session
    },
  }
}
