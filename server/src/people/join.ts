import { eq } from 'drizzle-orm'
import { joinPictures } from '../avatars/personPicture'
import type { Database } from '../db/open'
import { bookings, identities, people } from '../db/schema'
import { findByUnionid, personOf, type Identity, type Person } from './rows'

/**
 * Notes the identity's unionid and gives its person, joined with the one who has the same unionid
 * on another platform.
 */
export async function setUnionid(
  tx: Database,
  identity: Identity,
  unionid: string,
): Promise<Person> {
  const relative = await findByUnionid(tx, unionid)
  await tx.update(identities).set({ unionid }).where(eq(identities.id, identity.id))
  const person = await personOf(tx, identity)
  const isSame = !relative || relative.personId === person.id
  return isSame ? person : join(tx, person, await personOf(tx, relative))
}

/**
 * Makes one person of two and gives the one that stays: who has had a uid for longer. Their own
 * profile stays too; the other's fills what it lacks.
 */
export async function join(tx: Database, one: Person, other: Person): Promise<Person> {
  const [elder, younger] = isElder(one, other) ? [one, other] : [other, one]
  const nickname = elder.nickname ?? younger.nickname
  const move = { personId: elder.id }
  await tx.update(identities).set(move).where(eq(identities.personId, younger.id))
  await tx.update(bookings).set(move).where(eq(bookings.personId, younger.id))
  await joinPictures(tx, elder.id, younger.id)
  await tx.delete(people).where(eq(people.id, younger.id))
  await tx.update(people).set({ nickname }).where(eq(people.id, elder.id))
  return { ...elder, nickname }
}

function isElder(one: Person, other: Person): boolean {
  const uidSince = (person: Person) => person.registeredAt?.getTime() ?? Infinity
  return uidSince(one) === uidSince(other)
    ? one.createdAt <= other.createdAt
    : uidSince(one) < uidSince(other)
}
