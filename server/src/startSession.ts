// The transaction of a login: who it is, and the session that starts.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, desc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { clearExpired } from './db/clearExpired'
import type { Database } from './db/database'
import { avatars, identities, people, sessions } from './db/schema'
import { transact } from './db/transact'
import type { ProvedIdentity } from './people/identify'
import type { Origin, SessionOptions, SessionRow } from './sessions'

/** How long a replaced session goes on, in ms, so that requests under way survive. */
const replacementGrace = 60_000
/** How many live sessions a person may have: a login ends the oldest above that. */
const sessionsPerPerson = 20
/** How many expired sessions a login clears away: more than it adds, but few enough to be quick. */
const clearedPerLogin = 100

const expiring = { table: sessions, id: sessions.id, time: sessions.expiresAt }
const unknown = { nickname: null, phoneNumber: null, avatar: null }

/** What sessions that replaced each other have in common. */
type Lineage = Pick<SessionRow, 'lineage'> & { startedAt: Date }

/** Starts a session; see `Sessions`. */
type Start = (
  login: ProvedIdentity,
  origin: Origin,
  replacedToken?: string,
) => Promise<{ accessToken: string; row: SessionRow }>

export function createStart(
  database: Database,
  { tokenTtl, identify, eventLog, now }: Omit<SessionOptions, 'userInfoPolicy'>,
): Start {
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
   * waits for a login.
   */
  function endOldest(tx: Database, personId: string) {
    const own = tx.select({ id: identities.id }).from(identities)
    const ofPerson = inArray(sessions.identityId, own.where(eq(identities.personId, personId)))
    const oldest = tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(ofPerson, isNull(sessions.replacedAt), isLive()))
      .orderBy(desc(sessions.loggedInAt))
      .offset(sessionsPerPerson - 1)
      .for('update', { skipLocked: true })
    return tx.delete(sessions).where(inArray(sessions.id, oldest))
  }

  return (login, origin, replacedToken) =>
    transact(database, async (tx) => {
      // Of two logins at once the second counts the first one's session.
      const identity = await identify(tx, login, origin.address)
      const { personId, isNewPerson } = identity
      const replaced = replacedToken ? await replace(tx, replacedToken) : undefined
      const accessToken = randomBytes(32).toString('base64url')
      const loggedInAt = new Date(now())
      const { address = null, system = null } = origin
      const session = {
        id: randomUUID(),
        identityId: identity.id,
        lineage: replaced?.lineage ?? randomUUID(),
        version: 1,
        expiresAt: new Date(now() + tokenTtl * 1000),
        replacedAt: null,
        startedAt: replaced?.startedAt ?? loggedInAt,
        loggedInAt,
        seenAt: loggedInAt,
      }
      const stored = { ...session, tokenHash: hashOf(accessToken), address, system }
      // One statement: each costs the way to the database and back.
      const parts = [
        ...identity.writes,
        tx.$with('session').as(tx.insert(sessions).values(stored)),
        ...eventLog.recordLogin(tx, { personId, address: origin.address }),
        tx.$with('old_sessions').as(clearExpired(tx, expiring, loggedInAt, clearedPerLogin)),
        ...(isNewPerson ? [] : [tx.$with('oldest').as(endOldest(tx, personId))]),
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
        .prepare(['login', ...identity.writes.map(({ _ }) => _.alias)].join(' '))
        .execute()
      const { appId, subject } = login
      const { unionid } = identity
      return { accessToken, row: { ...session, ...person, appId, subject, unionid, personId } }
    })
}

/** What is stored of a token: it is 256 random bits, so a plain hash cannot be guessed back. */
export function hashOf(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest('hex')
}
