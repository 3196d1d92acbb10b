import { and, eq, isNull } from 'drizzle-orm'
import type { UserInfoPolicy } from './config'
import type { Database } from './db/database'
import { sessions } from './db/schema'
import { transact } from './db/transact'
import type { EventLog } from './eventLog'
import { holdPerson } from './people/hold'
import type { HeldIdentity, Identify, ProvedIdentity } from './people/identify'
import type { IdentityKey } from './people/rows'
import { createStartIn, type Login } from './startSession'
import { hashOf, selectSession, type SessionRow } from './storedSession'

const dayLength = 24 * 60 * 60_000
/** How old the login may be of somebody who changes what signs in, or deletes the account, in seconds. */
export const freshness = 600

/** What the client may know of its session; see "The token state" in docs/protocol.md. */
export interface TokenState {
  accessToken: string
  /** Seconds from the sending of the answer. */
  expiresIn: number
  hasUserInfo: boolean
  hasPhoneNumber: boolean
  uid?: string
  /** The session shows little, and changes nothing of the account; missing where it is whole. */
  needsSecondProof?: true
  version: number
}

/** A live session, as it was when it was read. */
export interface Session {
  accessToken: string
  /** Shared with the sessions that it replaced. */
  lineage: string
  /** How long ago the user logged in for it, in seconds. */
  loginAge: number
  /** Whether a later login has replaced it. */
  isReplaced: boolean
  /** Whether only its user can begin another one. */
  isLasting: boolean
  identityId: string
  provider: IdentityKey['provider']
  /** The mini-program it is of, where WeChat is the provider. */
  appId: string
  /** WeChat's openid, where WeChat is the provider. */
  subject: string
  unionid: string | null
  /** Null also where a second proof is needed to see it, as are the picture and the unionid. */
  nickname: string | null
  /** The name of the person's picture. */
  avatar: string | null
  /** Whether the user has given all that the policy asks for. */
  hasUserInfo: boolean
  personId: string
  /** In E.164. */
  phoneNumber: string | null
  /**
   * Whether it began on a text code and the user's word, long after the number was proved: what the
   * person had before is hidden from it.
   */
  needsSecondProof: boolean
  /** Undefined when the session is replaced. */
  tokenState(): TokenState | undefined
}

/** The sessions and their access tokens, of which only hashes are stored. */
export interface Sessions {
  /**
   * Starts a session with a token of its own, of somebody new if the identity is; the one of
   * `replacedToken` ends in 60 s, and the person's oldest at once if they have too many.
   */
  start(proved: ProvedIdentity, login: Login): Promise<Session>
  /** The same within a transaction, which holds the identity. */
  startIn(tx: Database, identity: HeldIdentity, login: Login): Promise<Session>
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
  identify: Identify
  eventLog: EventLog
  now: () => number
}

const hidden = { unionid: null, nickname: null, avatar: null }

export function createSessions(
  database: Database,
  { tokenTtl, idleDays, userInfoPolicy, identify, eventLog, now }: SessionOptions,
): Sessions {
  const select = selectSession(database)
  const idleEnd = () => new Date(now() + idleDays * dayLength)
  const start = createStartIn({ tokenTtl, idleEnd, eventLog, now })

  function sessionOf(accessToken: string, row: SessionRow): Session {
    const { phoneNumber, personId, needsSecondProof } = row
    const { unionid, nickname, avatar } = needsSecondProof ? hidden : row
    const hasUserInfo =
      (userInfoPolicy === 'profile-only' || row.unionid !== null) &&
      (userInfoPolicy === 'unionid' || row.nickname !== null)
    return {
      accessToken,
      lineage: row.lineage,
      loginAge: (now() - row.loggedInAt.getTime()) / 1000,
      isReplaced: row.replacedAt !== null,
      isLasting: row.isLasting,
      identityId: row.identityId,
      provider: row.provider,
      appId: row.appId,
      subject: row.subject,
      unionid,
      nickname,
      avatar,
      hasUserInfo,
      personId,
      phoneNumber,
      needsSecondProof,
      tokenState() {
        if (row.replacedAt) return undefined
        return {
          accessToken,
          expiresIn: Math.max(0, Math.floor((row.expiresAt.getTime() - now()) / 1000)),
          hasUserInfo,
          hasPhoneNumber: phoneNumber !== null,
          ...(phoneNumber !== null && { uid: personId }),
          ...(needsSecondProof && { needsSecondProof }),
          version: row.version,
        }
      },
    }
  }

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

  async function startIn(tx: Database, identity: HeldIdentity, login: Login): Promise<Session> {
    const { accessToken, row } = await start(tx, identity, login)
    return sessionOf(accessToken, row)
  }

  return {
    async find(accessToken) {
      const [row] = await select.execute({
        tokenHash: hashOf(accessToken),
        now: new Date(now()),
      })
      return row && sessionOf(accessToken, await markSeen(row))
    },

    start: (proved, login) =>
      transact(database, async (tx) => {
        const identity = await identify(tx, proved, login.origin.address)
        return startIn(tx, identity, login)
      }),
    startIn,

    end: ({ identityId, lineage }, address) =>
      transact(database, async (tx) => {
        const { person } = await holdPerson(tx, identityId, 'share')
        await tx.delete(sessions).where(eq(sessions.lineage, lineage))
        await eventLog.record(tx, { kind: 'logout', personId: person.id, address })
      }),
  }
}
