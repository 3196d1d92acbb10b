// Who may change what at the same time, on however many machines. A transaction first takes the keys
// it decides on, then the people it changes, in the order of their ids; identities, sessions and what
// people have change only under the hold of their person.
import { createHash } from 'node:crypto'
import { asc, inArray, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../db/database'
import { people } from '../db/schema'
import { findById, onlyRow, type Identity, type IdentityKey, type Person } from './rows'

/** What at most one person may have. */
export type Key =
  readonly ['identity', IdentityKey] | readonly ['unionid', string] | readonly ['phone', string]

/** `share`: something is added to the person; `update`: the person changes, or goes. */
type Strength = 'share' | 'update'

/** Waits until no other transaction decides who has one of these keys, and holds them to its end. */
export async function holdKeys(tx: Database, ...keys: Key[]): Promise<void> {
  await tx.execute(sql`select ${keysHeld(...keys)}`)
}

/**
 * An expression that waits and holds as `holdKeys` does. What the keys decide on is to be read by
 * the next statement: this one sees what was there before it waited.
 */
export function keysHeld(...keys: Key[]): SQL {
  const numbers = [...new Set(keys.map(lockOf))].sort()
  const list = `{${numbers.join()}}`
  // Rows of `unnest` come in the order of the array: two that need the same keys, in whichever order,
  // take them in the same one, and do not deadlock.
  return sql`(select count(pg_advisory_xact_lock(key)) from unnest(${list}::bigint[]) as key)`
}

/** Unrelated keys share a number about never, and then only wait for each other. */
function lockOf([kind, key]: Key): bigint {
  const text = typeof key === 'string' ? key : `${key.provider} ${key.appId} ${key.subject}`
  return createHash('sha256').update(`${kind} ${text}`).digest().readBigInt64BE()
}

/**
 * Holds the identity's person to the end of the transaction.
 * @throws PersonGoneError
 */
export async function holdPerson(
  tx: Database,
  identityId: string,
  strength: Strength,
): Promise<{ identity: Identity; person: Person }> {
  const { identity, held } = await holdPeople(tx, identityId, async () => undefined, strength)
  return { identity, person: onlyRow(held) }
}

/**
 * Holds the identity's person, and the one that `findOther` finds, if that is another.
 * @throws PersonGoneError
 */
export async function holdBoth(
  tx: Database,
  identityId: string,
  findOther: () => Promise<string | undefined>,
): Promise<{ identity: Identity; person: Person; other: Person | undefined }> {
  const { identity, held } = await holdPeople(tx, identityId, findOther, 'update')
  const person = onlyRow(held.filter(({ id }) => id === identity.personId))
  return { identity, person, other: held.find(({ id }) => id !== person.id) }
}

/** Somebody may have been joined with another, or be gone, by the time they can be held. */
async function holdPeople(
  tx: Database,
  identityId: string,
  findOther: () => Promise<string | undefined>,
  strength: Strength,
): Promise<{ identity: Identity; held: Person[] }> {
  const find = async () => {
    const identity = await findById(tx, identityId)
    const ids = new Set([identity.personId, (await findOther()) ?? identity.personId])
    return { identity, ids }
  }
  let found = await find()
  for (;;) {
    const query = tx
      .select()
      .from(people)
      .where(inArray(people.id, [...found.ids]))
    const held = await query.orderBy(asc(people.id)).for(strength)
    const current = await find()
    const isHeld = [...current.ids].every((id) => held.some((person) => person.id === id))
    if (isHeld) {
      const wanted = held.filter(({ id }) => current.ids.has(id))
      return { identity: current.identity, held: wanted }
    }
    found = current
  }
}
