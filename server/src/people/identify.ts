import { randomUUID } from 'node:crypto'
import { and, eq, or, sql, type WithSubquery } from 'drizzle-orm'
import type { Database } from '../db/database'
import { identities, people } from '../db/schema'
import type { Vault } from '../vault'
import type { EventLog, Note } from '../eventLog'
import { holdPerson, keysHeld } from './hold'
import { setUnionid } from './join'
import { isKeyed, nothingIfGone, raiseVersions, type IdentityKey } from './rows'

/** What a provider says of a user who logs in. */
export interface ProvedIdentity extends IdentityKey {
  unionid?: string | undefined
  sessionKey?: string | undefined
}

/** The identity of a login, which nobody else changes or removes before the transaction's end. */
export interface HeldIdentity extends IdentityKey {
  id: string
  /** Of the identity; of one without, any of the person's. */
  unionid: string | null
  personId: string
  /** Whether the person is made by `writes`. */
  isNewPerson: boolean
  /** What is still to be written: parts of the statement that goes on with the login. */
  writes: WithSubquery[]
}

/** Finds or makes the identity of a login within its transaction, and stores its session key. */
export type Identify = (
  tx: Database,
  login: ProvedIdentity,
  address: string | undefined,
) => Promise<HeldIdentity>

/** `now` is in ms since 1970. */
export interface IdentifyOptions {
  vault: Vault
  eventLog: EventLog
  now: () => number
}

export function createIdentify({ vault, eventLog, now }: IdentifyOptions): Identify {
  type Known = Awaited<ReturnType<typeof holdKnown>>

  function keepSessionKey(tx: Database, known: NonNullable<Known>, login: ProvedIdentity) {
    const { subject, sessionKey } = login
    const { id, sessionKey: newest } = known
    // WeChat sends the same key again while it is valid: it must not push the older one out.
    if (!sessionKey || (newest && vault.open(newest, subject) === sessionKey)) return []
    const keys = { sessionKey: vault.seal(sessionKey, subject), previousSessionKey: newest }
    const update = tx.update(identities).set(keys).where(eq(identities.id, id))
    return [tx.$with('kept_key').as(update)]
  }

  /** Makes the identity, of `relative` or of a new person, whom nobody else makes meanwhile. */
  function make(tx: Database, login: ProvedIdentity, relative: string | undefined): HeldIdentity {
    const { provider, appId, subject, unionid = null, sessionKey } = login
    const id = randomUUID()
    const personId = relative ?? randomUUID()
    const sealed = sessionKey ? vault.seal(sessionKey, subject) : null
    const identity = { id, provider, appId, subject, unionid, personId, sessionKey: sealed }
    const person = { id: personId, createdAt: new Date(now()) }
    // Foreign keys are checked when the whole statement has run.
    const writes = [
      ...(relative ? [] : [tx.$with('new_person').as(tx.insert(people).values(person))]),
      tx.$with('new_identity').as(tx.insert(identities).values(identity)),
    ]
    const key = { provider, appId, subject }
    return { id, ...key, unionid, personId, isNewPerson: !relative, writes }
  }

  return async function identify(tx, login, address): Promise<HeldIdentity> {
    const { unionid } = login
    const known = await holdKnown(tx, login)
    if (known) {
      const { id, personId } = known
      const { provider, appId, subject } = login
      const key = { provider, appId, subject }
      const writes = keepSessionKey(tx, known, login)
      return { id, ...key, unionid: known.unionid, personId, isNewPerson: false, writes }
    }
    const { own, relative } = await findAgain(tx, login)
    if (!own) return make(tx, login, relative && (await holdRelative(tx, relative)))
    if (unionid !== undefined && unionid !== own.unionid) {
      const note: Note = (kind, personId) => eventLog.record(tx, { kind, personId, address })
      // Deleted since it was found, it is now a new one.
      const person = await setUnionid(tx, own.id, unionid, note).catch(nothingIfGone)
      if (person) await raiseVersions(tx, person.id)
    }
    return identify(tx, login, address)
  }
}

/**
 * The identity of the login, held until the transaction ends. Where there is none, or its unionid
 * is still to be stored, it is undefined, and the transaction holds the keys of the login. Both in
 * one statement: most logins need nothing else, and those of new people not much more.
 */
async function holdKnown(tx: Database, login: ProvedIdentity) {
  const { unionid = null } = login
  const hasUnionid = sql`(${unionid}::text is null or ${identities.unionid} = ${unionid})`
  const { id, personId, unionid: ownUnionid, sessionKey } = identities
  const query = tx
    .select({ id, personId, unionid: ownUnionid, sessionKey })
    .from(identities)
    .where(and(isKeyed(login), hasUnionid))
  const known = tx.$with('known').as(query.for('no key update'))
  const keys = keysHeld(['identity', login], ...(unionid ? [['unionid', unionid] as const] : []))
  const [row] = await tx
    .with(known)
    .select({
      known: {
        id: known.id,
        personId: known.personId,
        unionid: known.unionid,
        sessionKey: known.sessionKey,
      },
      keys: sql`case when ${known.id} is null then ${keys} end`,
    })
    .from(sql`(values (1)) as login`)
    .leftJoin(known, sql`true`)
    .prepare('known identity')
    .execute()
  return row?.known ?? undefined
}

/** What others may have made before the transaction held the keys of the login. */
async function findAgain(tx: Database, login: ProvedIdentity) {
  const { provider, appId, subject, unionid = null } = login
  const found = await tx
    .select()
    .from(identities)
    .where(or(isKeyed(login), sql`${identities.unionid} = ${unionid}`))
    .prepare('identities of a login')
    .execute()
  const own = found.find(
    (one) => one.provider === provider && one.appId === appId && one.subject === subject,
  )
  return { own, relative: found.find((one) => one !== own)?.id }
}

/** The person who has the unionid in another app, unless they are gone. */
async function holdRelative(tx: Database, identityId: string): Promise<string | undefined> {
  return (await holdPerson(tx, identityId, 'share').catch(nothingIfGone))?.person.id
}
