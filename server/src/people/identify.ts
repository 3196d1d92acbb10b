import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../db/database'
import { identities, people } from '../db/schema'
import { transact } from '../db/transact'
import type { Vault } from '../vault'
import type { EventLog, Note } from '../eventLog'
import { holdKeys, holdPerson, type Key } from './hold'
import { setUnionid } from './join'
import {
  findByKey,
  findByUnionid,
  onlyRow,
  PersonGoneError,
  raiseVersions,
  type Identity,
  type IdentityKey,
} from './rows'

/** What a provider says of a user who logs in. */
export interface ProvedIdentity extends IdentityKey {
  unionid?: string | undefined
  sessionKey?: string | undefined
}

/**
 * Finds or makes the identity of a login, stores its session key, and returns the identity's id.
 */
export type Identify = (login: ProvedIdentity, address: string | undefined) => Promise<string>

/** `now` is in ms since 1970. */
export interface IdentifyOptions {
  vault: Vault
  eventLog: EventLog
  now: () => number
}

export function createIdentify(
  database: Database,
  { vault, eventLog, now }: IdentifyOptions,
): Identify {
  /** Returns the identity's id. */
  async function create(tx: Database, { sessionKey, unionid, ...key }: ProvedIdentity) {
    const personId = (unionid && (await holdRelative(tx, unionid))) ?? (await createPerson(tx))
    const sealed = sessionKey && vault.seal(sessionKey, key.subject)
    const identity = { ...key, unionid, personId, sessionKey: sealed }
    return onlyRow(await tx.insert(identities).values(identity).returning()).id
  }

  /** The person who has the unionid in another app, unless they are gone. */
  async function holdRelative(tx: Database, unionid: string): Promise<string | undefined> {
    const relative = await findByUnionid(tx, unionid)
    if (!relative) return undefined
    try {
      return (await holdPerson(tx, relative.id, 'share')).person.id
    } catch (error) {
      if (error instanceof PersonGoneError) return undefined
      throw error
    }
  }

  async function createPerson(tx: Database): Promise<string> {
    const createdAt = new Date(now())
    return onlyRow(await tx.insert(people).values({ createdAt }).returning()).id
  }

  /** Returns false where another login has stored a key, or the identity is gone, meanwhile. */
  async function keepSessionKey(known: Identity, sessionKey: string | undefined) {
    const { id, subject, sessionKey: newest } = known
    // WeChat sends the same key again while it is valid: it must not push the older one out.
    if (!sessionKey || (newest && vault.open(newest, subject) === sessionKey)) return true
    const keys = { sessionKey: vault.seal(sessionKey, subject), previousSessionKey: newest }
    const isUnchanged = newest ? eq(identities.sessionKey, newest) : isNull(identities.sessionKey)
    const own = and(eq(identities.id, id), isUnchanged)
    return (await database.update(identities).set(keys).where(own).returning()).length > 0
  }

  async function identify(login: ProvedIdentity, address: string | undefined): Promise<string> {
    const { unionid, sessionKey } = login
    const known = await findByKey(database, login)
    if (known && (unionid === undefined || unionid === known.unionid)) {
      return (await keepSessionKey(known, sessionKey)) ? known.id : identify(login, address)
    }
    const created = await transact(database, async (tx) => {
      await holdKeys(tx, ['identity', login], ...(unionid ? [['unionid', unionid] as Key] : []))
      const found = await findByKey(tx, login)
      if (!found) return create(tx, login)
      if (unionid && unionid !== found.unionid) {
        const note: Note = (kind, personId) => eventLog.record(tx, { kind, personId, address })
        await raiseVersions(tx, (await setUnionid(tx, found.id, unionid, note)).id)
      }
      return undefined
    })
    // The session key of a known one is still to be kept, or it has been deleted since.
    return created ?? identify(login, address)
  }

  return identify
}
