import { and, desc, eq, gt, inArray, isNull, lte } from 'drizzle-orm'
import type { Database } from '../db/database'
import { avatars } from '../db/schema'
import { transact } from '../db/transact'
import { holdPerson } from '../people/hold'
import { newAvatarName } from './name'

/** How many uploads a person may have that wait to be used. */
const unusedPerPerson = 4
/** How long an upload waits to be used, in ms. */
const unusedLife = 60 * 60_000
/**
 * How many expired uploads a new one clears away: more than it adds, but few enough to be quick.
 */
const clearedPerUpload = 20

/** What became of an upload: `seconds` until the person may have another one. */
export type Issued = { is: 'issued'; name: string } | { is: 'refused'; seconds: number }

/** The pictures people have uploaded. */
export interface Avatars {
  /**
   * Stores an upload of the identity's person, unless too many of theirs wait to be used: a client
   * may still send the address of each. Rejects with PersonGoneError.
   */
  issue(identityId: string, bytes: Uint8Array): Promise<Issued>
  find(name: string): Promise<Uint8Array | undefined>
}

export function createAvatars(database: Database, now: () => number): Avatars {
  const forgottenBefore = () => new Date(now() - unusedLife)

  /** When the first of the person's uploads is forgotten that keep them from another one. */
  async function fullUntil(tx: Database, personId: string): Promise<number | undefined> {
    const own = and(eq(avatars.personId, personId), isNull(avatars.usedAt))
    const [last] = await tx
      .select({ createdAt: avatars.createdAt })
      .from(avatars)
      .where(and(own, gt(avatars.createdAt, forgottenBefore())))
      .orderBy(desc(avatars.createdAt))
      .offset(unusedPerPerson - 1)
      .limit(1)
    return last && last.createdAt.getTime() + unusedLife
  }

  async function clearForgotten(tx: Database): Promise<void> {
    const forgotten = tx
      .select({ name: avatars.name })
      .from(avatars)
      .where(and(isNull(avatars.usedAt), lte(avatars.createdAt, forgottenBefore())))
      .limit(clearedPerUpload)
      .for('update', { skipLocked: true })
    await tx.delete(avatars).where(inArray(avatars.name, forgotten))
  }

  return {
    issue: (identityId, bytes) =>
      transact(database, async (tx) => {
        const { person } = await holdPerson(tx, identityId, 'update')
        const end = await fullUntil(tx, person.id)
        if (end !== undefined) return { is: 'refused', seconds: Math.ceil((end - now()) / 1000) }
        const name = newAvatarName()
        const row = { name, personId: person.id, bytes, createdAt: new Date(now()) }
        await tx.insert(avatars).values(row)
        await clearForgotten(tx)
        return { is: 'issued', name }
      }),

    async find(name) {
      const found = database.select({ bytes: avatars.bytes }).from(avatars)
      const [row] = await found.where(eq(avatars.name, name))
      return row?.bytes ?? undefined
    },
  }
}
