import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, desc, eq, gt, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import type { UserInfoPolicy } from './config'
import { clearExpired } from './db/clearExpired'
import type { Database } from './db/database'
import { avatars, identities, people, sessions } from './db/schema'
import { transact } from './db/transact'
import type { EventLog } from './eventLog'
import { holdPerson } from './people/hold'
import { onlyRow, type IdentityKey } from './people/rows'

/** How long a replaced session goes on, in ms, so that requests under way survive. */
const replacementGrace = 60_000
/** How many live sessions a person may have: a login ends the oldest above that. */
const sessionsPerPerson = 20
const dayLength = 24 * 60 * 60_000
/** How many expired sessions a login clears away: more than it adds, but few enough to be quick. */
const clearedPerLogin = 100

/** What the client may know of its session; see "The token state" in docs/protocol.md. */
export interface TokenState {
  accessToken: string
  /** Seconds from the sending of the answer. */
  expiresIn: number
  hasUserInfo: boolean
  hasPhoneNumber: boolean
  uid?: string
  version: number
}

/** A live session, as it was when it was read. */
export interface Session {
  accessToken: string
  /** Shared with the sessions that it replaced. */
  lineage: string
  /** When the user logged in for it, in ms since 1970. */
  loggedInAt: number
  /** Whether a later login has replaced it. */
  isReplaced: boolean
  identityId: string
  provider: IdentityKey['provider']
  /** WeChat's openid, where WeChat is the provider. */
  subject: string
  unionid: string | null
  nickname: string | null
  /** The name of the person's picture. */
  avatar: string | null
  /** Whether the user has given all that the policy asks for. */
  hasUserInfo: boolean
  personId: string
  /** In E.164. */
  phoneNumber: string | null
  /** Undefined when the session is replaced. */
  tokenState(): TokenState | undefined
}

/** Where a login comes from, as far as that is known. */
export interface Origin {
  /** The IP address. */
  address: string | undefined
  /** The operating system. */
  system: string | undefined
}

/** How a session begins. */
export interface Login {
  origin: Origin
  replacedToken: string | undefined
  /**
   * Whether it ends only after a time without use, as is right where its client can log in again by
   * asking its user only.
   */
  isLasting: boolean
}

/** The sessions and their access tokens, of which only hashes are stored. */
export interface Sessions {
  /**
   * Starts a session with a token of its own; the one of `replacedToken` ends in 60 s, and the
   * person's oldest at once if they have too many. Undefined when the identity has been deleted.
   */
  start(identityId: string, login: Login): Promise<Session | undefined>
  /** The same within a transaction, which may hold the identity's person. */
  startIn(tx: Database, identityId: string, login: Login): Promise<Session | undefined>
  /** The live session of a token as it is now. */
  find(accessToken: string): Promise<Session | undefined>
  /** Ends the session at once, and those it replaced or was replaced by. */
  end(session: Session, address: string | undefined): Promise<void>
}

/** `now` is in ms since 1970. */
export interface SessionOptions {
  /** How long a session lives that its client renews silently, in seconds. */
  tokenTtl: number
  /** For how many days a lasting session may go without use. */
  idleDays: number
  userInfoPolicy: UserInfoPolicy
  eventLog: EventLog
  now: () => number
}

/** What sessions that replaced each other have in common. */
type Lineage = Pick<typeof sessions.$inferSelect, 'lineage' | 'startedAt'>

const expiring = { table: sessions, id: sessions.id, time: sessions.expiresAt }

/**
 * Selects the live session of a token, with what its requests need of its person. Almost every
 * request runs it: its SQL is written once, and each connection parses and plans it once.
 */
export function selectSession(database: Database) {
  return database
    .select({
      id: sessions.id,
      lineage: sessions.lineage,
      loggedInAt: sessions.loggedInAt,
      seenAt: sessions.seenAt,
      isLasting: sessions.isLasting,
      version: sessions.version,
      expiresAt: sessions.expiresAt,
      replacedAt: sessions.replacedAt,
      identityId: identities.id,
      subject: identities.subject,
      provider: identities.provider,
      unionid: unionidOfSession,
      personId: people.id,
      nickname: people.nickname,
      phoneNumber: people.phoneNumber,
      avatar: avatars.name,
    })
    .from(sessions)
    .innerJoin(identities, eq(identities.id, sessions.identityId))
    .innerJoin(people, eq(people.id, identities.personId))
    .leftJoin(avatars, and(eq(avatars.personId, people.id), isNotNull(avatars.usedAt)))
    .where(
      and(
        eq(sessions.tokenHash, sql.placeholder('tokenHash')),
        gt(sessions.expiresAt, sql.placeholder('now')),
      ),
    )
    .prepare('session')
}

/** A phone number is of all apps: whoever signs in with it is known by any unionid of theirs. */
const unionidOfSession = sql<string | null>`case when ${identities.provider} = 'phone' then (
  select min(relatives.unionid) from identities as relatives
  where relatives.person_id = ${identities.personId}
) else ${identities.unionid} end`

type SessionSelect = ReturnType<typeof selectSession>
type SessionRow = Awaited<ReturnType<SessionSelect['execute']>>[number]

export function createSessions(
  database: Database,
  { tokenTtl, idleDays, userInfoPolicy, eventLog, now }: SessionOptions,
): Sessions {
  const isLive = () => gt(sessions.expiresAt, new Date(now()))

  const select = selectSession(database)

  function sessionOf(accessToken: string, row: SessionRow): Session {
    const { nickname, phoneNumber, personId } = row
    const hasUserInfo =
      (userInfoPolicy === 'profile-only' || row.unionid !== null) &&
      (userInfoPolicy === 'unionid' || nickname !== null)
    return {
      accessToken,
      lineage: row.lineage,
      loggedInAt: row.loggedInAt.getTime(),
      isReplaced: row.replacedAt !== null,
      identityId: row.identityId,
      provider: row.provider,
      subject: row.subject,
      unionid: row.unionid,
      nickname,
      avatar: row.avatar,
      hasUserInfo,
      personId,
      phoneNumber,
      tokenState() {
        if (row.replacedAt) return undefined
        return {
          accessToken,
          expiresIn: Math.max(0, Math.floor((row.expiresAt.getTime() - now()) / 1000)),
          hasUserInfo,
          hasPhoneNumber: phoneNumber !== null,
          ...(phoneNumber !== null && { uid: personId }),
          version: row.version,
        }
      },
    }
  }

  async function read(from: SessionSelect, accessToken: string): Promise<Session | undefined> {
    const [row] = await from.execute({ tokenHash: hash(accessToken), now: new Date(now()) })
    if (!row) return undefined
    return sessionOf(accessToken, await markSeen(row))
  }

  const idleEnd = () => new Date(now() + idleDays * dayLength)

  /** Once a day: a request that only reads does not write. Lasting sessions last longer by it. */
  async function markSeen(row: SessionRow): Promise<SessionRow> {
    if (now() - row.seenAt.getTime() < dayLength) return row
    const isExtended = row.isLasting && row.replacedAt === null
    const seen = { seenAt: new Date(now()), ...(isExtended && { expiresAt: idleEnd() }) }
    // It may have been replaced meanwhile, which has set it an end.
    const isUnchanged = isExtended ? isNull(sessions.replacedAt) : undefined
    await database
      .update(sessions)
      .set(seen)
      .where(and(eq(sessions.id, row.id), isUnchanged))
    return { ...row, ...seen }
  }

  /** Returns the lineage of the session that is replaced, and its beginning, if it is live. */
  async function replace(tx: Database, accessToken: string): Promise<Lineage | undefined> {
    const end = new Date(now() + replacementGrace).toISOString()
    const [replaced] = await tx
      .update(sessions)
      .set({
        replacedAt: new Date(now()),
        expiresAt: sql`least(${sessions.expiresAt}, ${end}::timestamptz)`,
      })
      .where(and(eq(sessions.tokenHash, hash(accessToken)), isLive()))
      .returning({ lineage: sessions.lineage, startedAt: sessions.startedAt })
    return replaced
  }

  /** One that another transaction changes is left to the next login: nobody waits for a login. */
  async function endOldest(tx: Database, personId: string, newest: string): Promise<void> {
    const own = tx.select({ id: identities.id }).from(identities)
    const ofPerson = inArray(sessions.identityId, own.where(eq(identities.personId, personId)))
    const others = and(ofPerson, isNull(sessions.replacedAt), isLive(), ne(sessions.id, newest))
    const oldest = tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(others)
      .orderBy(desc(sessions.loggedInAt))
      .offset(sessionsPerPerson - 1)
      .for('update', { skipLocked: true })
    await tx.delete(sessions).where(inArray(sessions.id, oldest))
  }

  async function startIn(
    tx: Database,
    identityId: string,
    { origin, replacedToken, isLasting }: Login,
  ): Promise<Session | undefined> {
    // Of two logins at once the second counts the first one's session.
    const own = tx.select().from(identities).where(eq(identities.id, identityId))
    const [identity] = await own.for('no key update')
    if (!identity) return undefined
    const { personId } = identity
    const replaced = replacedToken ? await replace(tx, replacedToken) : undefined
    const accessToken = randomBytes(32).toString('base64url')
    const loggedInAt = new Date(now())
    const { id } = onlyRow(
      await tx
        .insert(sessions)
        .values({
          tokenHash: hash(accessToken),
          identityId,
          lineage: replaced?.lineage ?? randomUUID(),
          expiresAt: isLasting ? idleEnd() : new Date(now() + tokenTtl * 1000),
          startedAt: replaced?.startedAt ?? loggedInAt,
          loggedInAt,
          seenAt: loggedInAt,
          isLasting,
          ...origin,
        })
        .returning({ id: sessions.id }),
    )
    await endOldest(tx, personId, id)
    await eventLog.record(tx, { kind: 'login', personId, address: origin.address })
    await clearExpired(tx, expiring, loggedInAt, clearedPerLogin)
    await eventLog.clear(tx)
    return read(selectSession(tx), accessToken)
  }

  return {
    find: (accessToken) => read(select, accessToken),

    start: (identityId, login) => transact(database, (tx) => startIn(tx, identityId, login)),
    startIn,

    end: ({ identityId, lineage }, address) =>
      transact(database, async (tx) => {
        const { person } = await holdPerson(tx, identityId, 'share')
        await tx.delete(sessions).where(eq(sessions.lineage, lineage))
        await eventLog.record(tx, { kind: 'logout', personId: person.id, address })
      }),
  }
}

/** Tokens are 256 random bits, so a plain hash cannot be guessed back. */
function hash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest('hex')
}
