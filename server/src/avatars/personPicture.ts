// The pictures of a person, as parts of a transaction on people.
import { and, eq, isNotNull, ne } from 'drizzle-orm'
import type { Database } from '../db/database'
import { avatars } from '../db/schema'

/** Whether the picture was issued to this person; holds it until the transaction ends. */
export async function isIssuedTo(tx: Database, personId: string, name: string): Promise<boolean> {
  const own = and(eq(avatars.name, name), eq(avatars.personId, personId))
  const found = tx.select({ name: avatars.name }).from(avatars).where(own)
  return (await found.for('update')).length > 0
}

/** The picture a person has now. */
export async function pictureOf(tx: Database, personId: string): Promise<string | undefined> {
  const used = and(eq(avatars.personId, personId), isNotNull(avatars.usedAt))
  const [row] = await tx.select({ name: avatars.name }).from(avatars).where(used)
  return row?.name
}

/** Makes an upload of the person their picture; the former one goes. */
export async function setPicture(
  tx: Database,
  personId: string,
  name: string,
  usedAt: Date,
): Promise<void> {
  const former = and(
    eq(avatars.personId, personId),
    isNotNull(avatars.usedAt),
    ne(avatars.name, name),
  )
  await tx.delete(avatars).where(former)
  await tx.update(avatars).set({ usedAt }).where(eq(avatars.name, name))
}

/**
 * Moves the younger person's pictures to the elder. If both have one, the younger's becomes an
 * unused upload, and is cleared away as such.
 */
export async function joinPictures(tx: Database, elder: string, younger: string): Promise<void> {
  const move = { personId: elder, ...((await pictureOf(tx, elder)) && { usedAt: null }) }
  await tx.update(avatars).set(move).where(eq(avatars.personId, younger))
}
