import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, eq, gt, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import type { UserInfoPolicy } from './config'
import type { Database } from './db/database'
import { avatars, identities, people, sessions } from './db/schema'

/** How long a replaced session goes on, in ms, so that requests under way survive. */
const replacementGrace = 60_000
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
  identityId: string
  /** WeChat's openid. */
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
  /** Undefined when a later login has replaced the session. */
  tokenState(): TokenState | undefined
}

/** The sessions and their access tokens, of which only hashes are stored. */
export interface Sessions {
  /**
   * Starts a session with a token of its own; the one of `replacedToken` ends in 60 s. Undefined
   * when the identity has been deleted.
   */
  start(identityId: string, replacedToken?: string): Promise<Session | undefined>
  /** The live session of a token as it is now. */
  find(accessToken: string): Promise<Session | undefined>
  /** Ends the session at once, and those it replaced or was replaced by. */
  end(session: Session): Promise<void>
}

/** `tokenTtl` in seconds, `now` in ms since 1970. */
export interface SessionOptions {
  tokenTtl: number
  userInfoPolicy: UserInfoPolicy
  now: () => number
}

/**
 * Selects the live session of a token, with what its requests need of its person. Almost every
 * request runs it: its SQL is written once, and each connection parses and plans it once.
 */
export function selectSession(database: Database) {
  return database
    .select({
      version: sessions.version,
      expiresAt: sessions.expiresAt,
      replacedAt: sessions.replacedAt,
      identityId: identities.id,
      subject: identities.subject,
      unionid: identities.unionid,
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

type SessionSelect = ReturnType<typeof selectSession>
type SessionRow = Awaited<ReturnType<SessionSelect['execute']>>[number]

export function createSessions(
  database: Database,
  { tokenTtl, userInfoPolicy, now }: SessionOptions,
): Sessions {
  const isLive = () => gt(sessions.expiresAt, new Date(now()))

  const select = selectSession(database)

  function sessionOf(accessToken: string, row: SessionRow): Session {
    const { nickname, phoneNumber, personId } = row
    const hasProfile = userInfoPolicy === 'unionid' || nickname !== null
    const hasUserInfo = row.unionid !== null && hasProfile
    return {
      accessToken,
      identityId: row.identityId,
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
    return row && sessionOf(accessToken, row)
  }

  /** Returns the lineage of the session that is replaced, if it is live. */
  async function replace(tx: Database, accessToken: string): Promise<string | undefined> {
    const end = new Date(now() + replacementGrace).toISOString()
    const [replaced] = await tx
      .update(sessions)
      .set({
        replacedAt: new Date(now()),
        expiresAt: sql`least(${sessions.expiresAt}, ${end}::timestamptz)`,
      })
      .where(and(eq(sessions.tokenHash, hash(accessToken)), isLive()))
      .returning({ lineage: sessions.lineage })
    return replaced?.lineage
  }

  async function clearDead(tx: Database): Promise<void> {
    const dead = tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(lt(sessions.expiresAt, new Date(now())))
      .limit(clearedPerLogin)
      .for('update', { skipLocked: true })
    await tx.delete(sessions).where(inArray(sessions.id, dead))
  }

  return {
    find: (accessToken) => read(select, accessToken),

    start: (identityId, replacedToken) =>
      database.transaction(async (tx) => {
        const own = tx.select().from(identities).where(eq(identities.id, identityId))
        const [identity] = await own.for('key share')
        if (!identity) return undefined
        const lineage = replacedToken && (await replace(tx, replacedToken))
        const accessToken = randomBytes(32).toString('base64url')
        await tx.insert(sessions).values({
          tokenHash: hash(accessToken),
          identityId,
          lineage: lineage ?? randomUUID(),
          expiresAt: new Date(now() + tokenTtl * 1000),
        })
        await clearDead(tx)
        return read(selectSession(tx), accessToken)
      }),

    async end({ accessToken }) {
      const lineage = database
        .select({ lineage: sessions.lineage })
        .from(sessions)
        .where(eq(sessions.tokenHash, hash(accessToken)))
      await database.delete(sessions).where(inArray(sessions.lineage, lineage))
    },
  }
}

/** Tokens are 256 random bits, so a plain hash cannot be guessed back. */
function hash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest('hex')
}
