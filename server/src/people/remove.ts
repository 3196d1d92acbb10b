import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Database } from '../db/database'
import { avatars, bookings, coupons, identities, people, sessions } from '../db/schema'
import { removeEvents } from '../eventLog'
import type { Identity } from './rows'

/**
 * Deletes a person whom the transaction holds, and everything of theirs. A login holds only the
 * identity it starts a session for: this waits for those under way, and no other can follow.
 */
export async function removePerson(tx: Database, personId: string): Promise<void> {
  const own = eq(identities.personId, personId)
  const held = await tx.select().from(identities).where(own).for('update')
  const ids = held.map(({ id }) => id)
  const holders = held.flatMap(({ id, unionid }) => (unionid ? [id, unionid] : id))
  await tx.delete(sessions).where(inArray(sessions.identityId, ids))
  await removeEvents(tx, personId)
  await tx.delete(coupons).where(inArray(coupons.holder, holders))
  await tx.delete(bookings).where(eq(bookings.personId, personId))
  await tx.delete(avatars).where(eq(avatars.personId, personId))
  await tx.delete(identities).where(own)
  await tx.delete(people).where(eq(people.id, personId))
}

/**
 * Deletes an identity, and with their last one the person, whom the transaction holds.
 * @returns whether the person is gone
 */
export async function removeIdentity(tx: Database, identity: Identity): Promise<boolean> {
  const { id, personId, unionid } = identity
  const own = eq(identities.personId, personId)
  const others = await tx
    .select()
    .from(identities)
    .where(and(own, ne(identities.id, id)))
  if (others.length === 0) {
    await removePerson(tx, personId)
    return true
  }
  const it = eq(identities.id, id)
  // A login under way holds it, and starts its session first.
  await tx.select().from(identities).where(it).for('update')
  await tx.delete(sessions).where(eq(sessions.identityId, id))
  const isLast = !others.some((other) => other.unionid === unionid)
  const holders = unionid !== null && isLast ? [id, unionid] : [id]
  await tx.delete(coupons).where(inArray(coupons.holder, holders))
  await tx.delete(identities).where(it)
  return false
}
