import { eq } from 'drizzle-orm'
import { joinPictures } from '../avatars/personPicture'
import type { Database } from '../db/database'
import { bookings, identities, people } from '../db/schema'
import { moveEvents, type Note } from '../eventLog'
import { holdBoth } from './hold'
import { endSessionsOnWord } from './moveNumber'
import { findByUnionid, type Person } from './rows'

/**
 * Stores the identity's unionid and returns its person, joined with the one who has the same
 * unionid in another app. The transaction holds the unionid.
 */
export async function setUnionid(
  tx: Database,
  identityId: string,
  unionid: string,
  note: Note,
): Promise<Person> {
  const { person, other } = await holdBoth(tx, identityId, () => personOfUnionid(tx, unionid))
  await tx.update(identities).set({ unionid }).where(eq(identities.id, identityId))
  if (!other) return person
  const joined = await join(tx, person, other, note)
  const { phoneNumber } = joined.id === person.id ? person : other
  if (joined.phoneNumber !== phoneNumber) await note('number-moved', joined.id)
  return joined
}

async function personOfUnionid(tx: Database, unionid: string): Promise<string | undefined> {
  return (await findByUnionid(tx, unionid))?.personId
}

/**
 * Makes one person of two that the transaction holds, and returns the one that stays: the
 * one who has had a uid for longer. That person's nickname stays, too; the other's fills the gap. Of
 * two numbers, the one stays that was proved last.
 */
export async function join(tx: Database, one: Person, other: Person, note: Note): Promise<Person> {
  const [elder, younger] = isElder(one, other) ? [one, other] : [other, one]
  const profile = { nickname: elder.nickname ?? younger.nickname, ...numberOf(elder, younger) }
  for (const { id, phoneNumber } of [elder, younger])
    if (phoneNumber !== profile.phoneNumber) await endSessionsOnWord(tx, id)
  const move = { personId: elder.id }
  await tx.update(identities).set(move).where(eq(identities.personId, younger.id))
  await tx.update(bookings).set(move).where(eq(bookings.personId, younger.id))
  await moveEvents(tx, younger.id, elder.id)
  await note('join', elder.id)
  await joinPictures(tx, elder.id, younger.id)
  await tx.delete(people).where(eq(people.id, younger.id))
  await tx.update(people).set(profile).where(eq(people.id, elder.id))
  return { ...elder, ...profile }
}

/**
 * The number that was proved last, as the other may have been given up since, with the password that
 * goes with it. The other one is a name for the password from now on, as after a move: who signs in
 * with both has not asked to become one.
 */
function numberOf(elder: Person, younger: Person) {
  const provedAt = ({ numberProvedAt }: Person) => numberProvedAt?.getTime() ?? 0
  const withNumber = [elder, younger].filter(({ phoneNumber }) => phoneNumber !== null)
  const [kept = elder, dropped] = withNumber.sort((one, two) => provedAt(two) - provedAt(one))
  const another = kept === elder ? younger : elder
  const { phoneNumber, numberProvedAt } = kept
  const left = dropped?.numberProvedAt ? dropped.phoneNumber : null
  const names = [left, kept.formerNumber, another.formerNumber]
  const formerNumber = names.find((name) => name !== null && name !== phoneNumber) ?? null
  return { phoneNumber, numberProvedAt, formerNumber, password: kept.password ?? another.password }
}

function isElder(one: Person, other: Person): boolean {
  const uidSince = (person: Person) => person.registeredAt?.getTime() ?? Infinity
  return uidSince(one) === uidSince(other)
    ? one.createdAt <= other.createdAt
    : uidSince(one) < uidSince(other)
}
