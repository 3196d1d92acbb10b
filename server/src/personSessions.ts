import { and, desc, eq, gt, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Database } from './db/database'
import { identities, sessions } from './db/schema'
import { transact } from './db/transact'
import type { EventLog } from './eventLog'
import { holdPerson } from './people/hold'
import type { Session } from './sessions'
import { isOtherThan } from './storedSession'

/** A session as its user sees it: one device, whose token is replaced again and again. */
export interface ListedSession {
  id: string
  isCurrent: boolean
  startedAt: Date
  /** To the day. */
  seenAt: Date
  address: string | null
  system: string | null
}

/** The sessions of one person, as seen from one of them. */
export interface PersonSessions {
  /** The live ones, the newest first. */
  list(own: Session): Promise<ListedSession[]>
  /** False where the person has no such session. */
  end(own: Session, id: string, address: string | undefined): Promise<boolean>
  endOthers(own: Session, address: string | undefined): Promise<void>
}

export function createPersonSessions(
  database: Database,
  { eventLog, now }: { eventLog: EventLog; now: () => number },
): PersonSessions {
  const ofPerson = (tx: Database, personId: string) => {
    const own = tx.select({ id: identities.id }).from(identities)
    return inArray(sessions.identityId, own.where(eq(identities.personId, personId)))
  }

  function endThose(
    { identityId }: Session,
    which: SQL | undefined,
    address: string | undefined,
  ): Promise<boolean> {
    return transact(database, async (tx) => {
      const { person } = await holdPerson(tx, identityId, 'update')
      const ended = await tx
        .delete(sessions)
        .where(and(ofPerson(tx, person.id), which))
        .returning()
      const lineages = new Set(ended.map(({ lineage }) => lineage))
      for (let left = lineages.size; left > 0; left--) {
        await eventLog.record(tx, { kind: 'logout', personId: person.id, address })
      }
      return ended.length > 0
    })
  }

  return {
    async list({ personId, lineage }) {
      const live = and(isNull(sessions.replacedAt), gt(sessions.expiresAt, new Date(now())))
      const rows = await database
        .select()
        .from(sessions)
        .where(and(ofPerson(database, personId), live))
        .orderBy(desc(sessions.loggedInAt), desc(sessions.id))
      const newest = new Map([...rows].reverse().map((row) => [row.lineage, row]))
      return [...newest.values()]
        .reverse()
        .map(({ lineage: id, startedAt, seenAt, address, system }) => {
          return { id, isCurrent: id === lineage, startedAt, seenAt, address, system }
        })
    },
    end: (own, id, address) => endThose(own, eq(sessions.lineage, id), address),
    async endOthers(own, address) {
      await endThose(own, isOtherThan(own), address)
    },
  }
}
