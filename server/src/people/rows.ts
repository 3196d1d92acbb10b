import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../db/database'
import { identities, sessions, type people, type providers } from '../db/schema'

export type Identity = typeof identities.$inferSelect
export type Person = typeof people.$inferSelect

/** What nobody shares: which app of which provider, and its id of the user. */
export interface IdentityKey {
  provider: (typeof providers)[number]
  appId: string
  subject: string
}

/** The sender of the request has deleted their account since it came in. */
export class PersonGoneError extends Error {
  override readonly name = 'PersonGoneError'
  constructor() {
    super('the person has been deleted')
  }
}

/** For what there is nothing left to do for. */
export function nothingIfGone(error: unknown): undefined {
  if (!(error instanceof PersonGoneError)) throw error
  return undefined
}

/** The condition that an identity is the one of this key. */
export function isKeyed({ provider, appId, subject }: IdentityKey) {
  return and(
    eq(identities.provider, provider),
    eq(identities.appId, appId),
    eq(identities.subject, subject),
  )
}

export async function findByKey(tx: Database, key: IdentityKey) {
  const [identity] = await tx.select().from(identities).where(isKeyed(key))
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
