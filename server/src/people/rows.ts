import { eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../db/open'
import { identities, people, sessions } from '../db/schema'

export type Identity = typeof identities.$inferSelect
export type Person = typeof people.$inferSelect

/** The sender of the request has deleted their account since it came in. */
export class PersonGoneError extends Error {
  override readonly name = 'PersonGoneError'
  constructor() {
    super('the person has been deleted')
  }
}

/**
 * Only one transaction at a time changes which identity belongs to which person: two that join
 * crosswise would deadlock, two first logins of one user would make two people.
 */
export async function lockPeople(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(1)`)
}

export async function findByOpenid(tx: Database, openid: string, lock?: 'update') {
  const query = tx.select().from(identities).where(eq(identities.openid, openid))
  const [identity] = await (lock ? query.for(lock) : query)
  return identity
}

export async function findByUnionid(tx: Database, unionid: string) {
  const [identity] = await tx.select().from(identities).where(eq(identities.unionid, unionid))
  return identity
}

/** @throws PersonGoneError */
export async function findById(tx: Database, id: string): Promise<Identity> {
  const [identity] = await tx.select().from(identities).where(eq(identities.id, id))
  if (!identity) throw new PersonGoneError()
  return identity
}

export async function personOf(tx: Database, { personId }: Identity): Promise<Person> {
  return onlyRow(await tx.select().from(people).where(eq(people.id, personId)))
}

/** The token states of all of the person's sessions have changed. */
export async function raiseVersions(tx: Database, personId: string): Promise<void> {
  const own = tx.select({ id: identities.id }).from(identities)
  await tx
    .update(sessions)
    .set({ version: sql`${sessions.version} + 1` })
    .where(inArray(sessions.identityId, own.where(eq(identities.personId, personId))))
}

/** The first of the rows, where there must be one. */
export function onlyRow<T>(rows: T[]): T {
  const [row] = rows
  if (!row) throw new Error('a row that must exist is missing')
  return row
}
