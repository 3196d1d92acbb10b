import { and, desc, eq, inArray, isNull, lt, ne } from 'drizzle-orm'
import type { Database } from '../db/database'
import { avatars } from '../db/schema'
import { transact } from '../db/transact'
import { holdPerson } from '../people/hold'
import { newAvatarName } from './name'

/** How many uploads a person may have that are not their picture; the oldest goes first. */
const unusedPerPerson = 4
/** How long an upload waits to be used, in ms. */
const unusedLife = 60 * 60_000
/**
 * How many expired uploads a new one clears away: more than it adds, but few enough to be quick.
 */
const clearedPerUpload = 20

/** The pictures people have uploaded. */
export interface Avatars {
  /** Stores an upload of the identity's person; its name, or rejects with PersonGoneError. */
  issue(identityId: string, bytes: Uint8Array): Promise<string>
  find(name: string): Promise<Uint8Array | undefined>
}

export function createAvatars(database: Database, now: () => number): Avatars {
  async function clear(tx: Database, personId: string, latest: string): Promise<void> {
    const surplus = await tx
      .select({ name: avatars.name })
      .from(avatars)
      .where(and(eq(avatars.personId, personId), isNull(avatars.usedAt), ne(avatars.name, latest)))
      .orderBy(desc(avatars.createdAt))
      .offset(unusedPerPerson - 1)
      .for('update', { skipLocked: true })
    const forgotten = await tx
      .select({ name: avatars.name })
      .from(avatars)
      .where(and(isNull(avatars.usedAt), lt(avatars.createdAt, new Date(now() - unusedLife))))
      .limit(clearedPerUpload)
      .for('update', { skipLocked: true })
    const gone = [...surplus, ...forgotten].map(({ name }) => name)
    if (gone.length > 0) await tx.delete(avatars).where(inArray(avatars.name, gone))
  }

  return {
    issue: (identityId, bytes) =>
      transact(database, async (tx) => {
        const name = newAvatarName()
        const { person } = await holdPerson(tx, identityId, 'update')
        const row = { name, personId: person.id, bytes, createdAt: new Date(now()) }
        await tx.insert(avatars).values(row)
        await clear(tx, person.id, name)
        return name
      }),

    async find(name) {
      const found = database.select({ bytes: avatars.bytes }).from(avatars)
      const [row] = await found.where(eq(avatars.name, name))
      return row?.bytes ?? undefined
    },
  }
}
