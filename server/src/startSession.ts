// The session that starts, in the transaction of a login.
import { randomBytes, randomUUID } from 'node:crypto'
import { and, desc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { clearExpired } from './db/clearExpired'
import type { Database } from './db/database'
import { avatars, identities, people, sessions } from './db/schema'
import type { HeldIdentity } from './people/identify'
import type { EventLog } from './eventLog'
import { hashOf, type SessionRow } from './storedSession'

/** How long a replaced session goes on, in ms, so that requests under way survive. */
const replacementGrace = 60_000
/** How many live sessions a person may have: a login ends the oldest above that. */
const sessionsPerPerson = 20
/** How many expired sessions a login clears away: more than it adds, but few enough to be quick. */
const clearedPerLogin = 100

const expiring = { table: sessions, id: sessions.id, time: sessions.expiresAt }
const unknown = { nickname: null, phoneNumber: null, avatar: null }

/** Where a login comes from, as far as that is known. */
export interface Origin {
  /** The IP address. */
  address: string | undefined
  /** The operating system. */
  system: string | undefined
}

/** Where a session begins, and which one it replaces. */
export interface Beginning {
  origin: Origin
  replacedToken?: string | undefined
}

/** How a session begins. */
export interface Login extends Beginning {
  /**
   * Whether it ends only after a time without use, as is right where its client can log in again by
   * asking its user only.
   */
  isLasting: boolean
  /** Whether it begins on the word of whoever has the number. */
  needsSecondProof?: boolean
}

/** What sessions that replaced each other have in common. */
type Lineage = Pick<SessionRow, 'lineage'> & { startedAt: Date }

/** Starts a session; see `Sessions`. */
type StartIn = (
  tx: Database,
  identity: HeldIdentity,
  login: Login,
) => Promise<{ accessToken: string; row: SessionRow }>

interface StartOptions {
  /** How long a session lives that its client renews silently, in seconds. */
  tokenTtl: number
  /** When a lasting session ends that is used now for the last time. */
  idleEnd: () => Date
  eventLog: EventLog
  /** In ms since 1970. */
  now: () => number
}

export function createStartIn({ tokenTtl, idleEnd, eventLog, now }: StartOptions): StartIn {
  const isLive = () => gt(sessions.expiresAt, new Date(now()))

  /** Returns the lineage of the session that is replaced, and its beginning, if it is live. */
  async function replace(tx: Database, accessToken: string): Promise<Lineage | undefined> {
    const end = new Date(now() + replacementGrace).toISOString()
    const [replaced] = await tx
      .update(sessions)
      .set({
        replacedAt: new Date(now()),
        expiresAt: sql`least(${sessions.expiresAt}, ${end}::timestamptz)`,
      })
      .where(and(eq(sessions.tokenHash, hashOf(accessToken)), isLive()))
      .returning({ lineage: sessions.lineage, startedAt: sessions.startedAt })
    return replaced
  }

  /**
   * Leaves room for one more. One that another transaction changes is left to the next login: nobody
   * waits for a login. Who is in on their word only ends none of the person's own.
   */
  function endOldest(tx: Database, personId: string, needsSecondProof: boolean) {
    const isOfKind = eq(sessions.needsSecondProof, needsSecondProof)
    const own = tx.select({ id: identities.id }).from(identities)
    const ofPerson = inArray(sessions.identityId, own.where(eq(identities.personId, personId)))
    const oldest = tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(ofPerson, isOfKind, isNull(sessions.replacedAt), isLive()))
      .orderBy(desc(sessions.loggedInAt))
      .offset(sessionsPerPerson - 1)
      .for('update', { skipLocked: true })
    return tx.delete(sessions).where(inArray(sessions.id, oldest))
  }

  return async (tx, identity, login) => {
    const { origin, replacedToken, isLasting, needsSecondProof = false } = login
    const { writes, isNewPerson, id: identityId, ...own } = identity
    const { personId } = own
    const replaced = replacedToken ? await replace(tx, replacedToken) : undefined
    const accessToken = randomBytes(32).toString('base64url')
    const loggedInAt = new Date(now())
    const { address = null, system = null } = origin
    const session = {
      id: randomUUID(),
      identityId,
      lineage: replaced?.lineage ?? randomUUID(),
      version: 1,
      expiresAt: isLasting ? idleEnd() : new Date(now() + tokenTtl * 1000),
      replacedAt: null,
      startedAt: replaced?.startedAt ?? loggedInAt,
      loggedInAt,
      seenAt: loggedInAt,
      isLasting,
      needsSecondProof,
    }
    const stored = { ...session, tokenHash: hashOf(accessToken), address, system }
    // One statement: each costs the way to the database and back.
    const parts = [
      ...writes,
      tx.$with('session').as(tx.insert(sessions).values(stored)),
      ...eventLog.recordLogin(tx, { personId, address: origin.address }),
      tx.$with('old_sessions').as(clearExpired(tx, expiring, loggedInAt, clearedPerLogin)),
      // Of two logins at once the second counts the first one's session: its identity is held.
      ...(isNewPerson ? [] : [tx.$with('oldest').as(endOldest(tx, personId, needsSecondProof))]),
    ]
    const [person = unknown] = await tx
      .with(...parts)
      .select({
        nickname: people.nickname,
        phoneNumber: people.phoneNumber,
        avatar: avatars.name,
      })
      .from(people)
      .leftJoin(avatars, and(eq(avatars.personId, people.id), isNotNull(avatars.usedAt)))
      .where(eq(people.id, personId))
      // Each connection parses and plans it once.
      .prepare(['login', isNewPerson, ...writes.map(({ _ }) => _.alias)].join(' '))
      .execute()
    return { accessToken, row: { ...session, ...own, ...person } }
  }
}
