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

export function createSessions(
  database: Database,
  { tokenTtl, userInfoPolicy, now }: SessionOptions,
): Sessions {
  const isLive = () => gt(sessions.expiresAt, new Date(now()))

  async function read(from: Database, accessToken: string): Promise<Session | undefined> {
    const [row] = await from
      .select({ session: sessions, identity: identities, person: people, avatar: avatars.name })
      .from(sessions)
      .innerJoin(identities, eq(identities.id, sessions.identityId))
      .innerJoin(people, eq(people.id, identities.personId))
      .leftJoin(avatars, and(eq(avatars.personId, people.id), isNotNull(avatars.usedAt)))
      .where(and(eq(sessions.tokenHash, hash(accessToken)), isLive()))
    if (!row) return undefined
    const { session, identity, person, avatar } = row
    const hasUserInfo =
      (userInfoPolicy === 'profile-only' || identity.unionid !== null) &&
      (userInfoPolicy === 'unionid' || person.nickname !== null)
    return {
      accessToken,
      identityId: identity.id,
      subject: identity.subject,
      unionid: identity.unionid,
      nickname: person.nickname,
      avatar,
      hasUserInfo,
      personId: person.id,
      phoneNumber: person.phoneNumber,
      tokenState() {
        if (session.replacedAt) return undefined
        return {
          accessToken,
          expiresIn: Math.max(0, Math.floor((session.expiresAt.getTime() - now()) / 1000)),
          hasUserInfo,
          hasPhoneNumber: person.phoneNumber !== null,
          ...(person.phoneNumber !== null && { uid: person.id }),
          version: session.version,
        }
      },
    }
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
    find: (accessToken) => read(database, accessToken),

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
        return read(tx, accessToken)
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
