import { and, eq, gt, isNotNull, sql } from 'drizzle-orm'
import type { UserInfoPolicy } from './config'
import type { Database } from './db/database'
import { avatars, identities, people, sessions } from './db/schema'
import { transact } from './db/transact'
import type { EventLog } from './eventLog'
import { holdPerson } from './people/hold'
import type { Identify, ProvedIdentity } from './people/identify'
import { createStart, hashOf } from './startSession'

const dayLength = 24 * 60 * 60_000

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
  /** The mini-program it is of. */
  appId: string
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

/** The sessions and their access tokens, of which only hashes are stored. */
export interface Sessions {
  /**
   * Starts a session with a token of its own, of somebody new if the identity is; the one of
   * `replacedToken` ends in 60 s, and the person's oldest at once if they have too many.
   */
  start(login: ProvedIdentity, origin: Origin, replacedToken?: string): Promise<Session>
  /** The live session of a token as it is now. */
  find(accessToken: string): Promise<Session | undefined>
  /** Ends the session at once, and those it replaced or was replaced by. */
  end(session: Session, address: string | undefined): Promise<void>
}

/** `tokenTtl` in seconds, `now` in ms since 1970. */
export interface SessionOptions {
  tokenTtl: number
  userInfoPolicy: UserInfoPolicy
  identify: Identify
  eventLog: EventLog
  now: () => number
}

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
      version: sessions.version,
      expiresAt: sessions.expiresAt,
      replacedAt: sessions.replacedAt,
      identityId: identities.id,
      appId: identities.appId,
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

/** What is stored of a session, with what its requests need of its person. */
export type SessionRow = Awaited<ReturnType<ReturnType<typeof selectSession>['execute']>>[number]

export function createSessions(
  database: Database,
  { tokenTtl, userInfoPolicy, identify, eventLog, now }: SessionOptions,
): Sessions {
  const select = selectSession(database)
  const start = createStart(database, { tokenTtl, identify, eventLog, now })

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
      appId: row.appId,
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

  /** Once a day: a request that only reads does not write. */
  async function markSeen({ id, seenAt }: SessionRow): Promise<void> {
    if (now() - seenAt.getTime() < dayLength) return
    await database
      .update(sessions)
      .set({ seenAt: new Date(now()) })
      .where(eq(sessions.id, id))
  }

  return {
    async find(accessToken) {
      const [row] = await select.execute({
        tokenHash: hashOf(accessToken),
        now: new Date(now()),
      })
      if (!row) return undefined
      await markSeen(row)
      return sessionOf(accessToken, row)
    },

    async start(login, origin, replacedToken) {
      const { accessToken, row } = await start(login, origin, replacedToken)
      return sessionOf(accessToken, row)
    },

    end: ({ identityId, lineage }, address) =>
      transact(database, async (tx) => {
        const { person } = await holdPerson(tx, identityId, 'share')
        await tx.delete(sessions).where(eq(sessions.lineage, lineage))
        await eventLog.record(tx, { kind: 'logout', personId: person.id, address })
      }),
  }
}
