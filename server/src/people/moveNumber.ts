import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../db/database'
import { identities, people, sessions } from '../db/schema'
import type { Note } from '../eventLog'
import { raiseVersions, type Person } from './rows'

const dayLength = 24 * 60 * 60_000

/** Whether a number may have been given to somebody else since the person has proved it. */
export type IsYoung = (holder: Person) => boolean

/** `proofDays`: how soon carriers may give out again a number that was given up. */
export function createIsYoung(proofDays: number, now: () => number): IsYoung {
  return ({ numberProvedAt }) =>
    numberProvedAt !== null && now() - numberProvedAt.getTime() < proofDays * dayLength
}

/** The person, whom the transaction holds, has proved the number that they have, then if not later. */
export async function renewProof(tx: Database, personId: string, provedAt: Date): Promise<void> {
  const time = provedAt.toISOString()
  const newest = sql<Date>`greatest(${people.numberProvedAt}, ${time}::timestamptz)`
  await tx.update(people).set({ numberProvedAt: newest }).where(eq(people.id, personId))
}

/**
 * Takes the number from a person whom the transaction holds, as somebody else has it in their hands.
 * They keep all other ways in: for their password, it still is their name.
 */
export async function takeNumberFrom(tx: Database, holder: Person, note: Note): Promise<void> {
  const { id, phoneNumber } = holder
  const gone = { phoneNumber: null, numberProvedAt: null, formerNumber: phoneNumber }
  await tx.update(people).set(gone).where(eq(people.id, id))
  await endSessionsOnWord(tx, id)
  await raiseVersions(tx, id)
  await note('number-moved', id)
}

/**
 * Ends the sessions that began on the word of those who had the number, which is the person's no
 * longer: they would see the next one.
 */
export async function endSessionsOnWord(tx: Database, personId: string): Promise<void> {
  const identity = tx.select({ id: identities.id }).from(identities)
  const own = inArray(sessions.identityId, identity.where(eq(identities.personId, personId)))
  await tx.delete(sessions).where(and(own, eq(sessions.needsSecondProof, true)))
}
