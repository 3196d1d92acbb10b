import { randomUUID } from 'node:crypto'
import type { Session, SessionOptions } from './host/session'
import type { Visit } from './workbenchWire'

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
    open({ before, person, kind, phone, url }) {
      for (const session of sessions) {
        if (session.id === before || session.line === 'gone') end(session)
      }
      const [oldest] = sessions
      if (oldest && sessions.size >= limit) {
        oldest.replace()
        end(oldest)
      }
      const visitor: SessionOptions = {
        person,
        ...phone,
        ...(kind === 'withoutUnionid' && { unionid: 'encrypted' }),
        ...(url !== undefined && { url }),
      }
      // Not to be guessed or to come again: a page from before a restart must find nobody.
      const session = openSession({ ...options, ...visitor }, randomUUID())
      sessions.add(session)
      return session
    },
  }
}
