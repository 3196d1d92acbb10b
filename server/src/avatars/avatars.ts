import { and, desc, eq, inArray, isNull, lt, ne } from 'drizzle-orm'
import type { Database } from '../db/database'
import { avatars } from '../db/schema'
import { transact } from '../db/transact'
import { holdPerson } from '../people/hold'
import type { AvatarFiles } from './files'
import type { ImageType } from './imageType'

/** How many uploads a person may have that are not their picture; the oldest goes first. */
const unusedPerPerson = 4
/** How long an upload waits to be used, in ms. */
const unusedLife = 60 * 60_000
/**
 * How many expired uploads a new one clears away: more than it adds, but few enough to be quick.
 */
const clearedPerUpload = 20

/** A picture as it is served. */
export interface Picture {
  bytes: Buffer<ArrayBuffer>
  type: string
}

/** The pictures people have uploaded. A file without a row counts as none. */
export interface Avatars {
  /** Stores an upload of the identity's person; its name, or rejects with PersonGoneError. */
  issue(identityId: string, bytes: Buffer, type: ImageType): Promise<string>
  find(name: string): Promise<Picture | undefined>
}

export function createAvatars(database: Database, files: AvatarFiles, now: () => number): Avatars {
  /** Returns the names of the rows it deleted: the caller removes their files after the commit. */
  async function clear(tx: Database, personId: string, latest: string): Promise<string[]> {
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
    const gone = [...new Set([...surplus, ...forgotten].map(({ name }) => name))]
    if (gone.length > 0) await tx.delete(avatars).where(inArray(avatars.name, gone))
    return gone
  }

  return {
    async issue(identityId, bytes, type) {
      const name = await files.write(bytes)
      try {
        const gone = await transact(database, async (tx) => {
          const { person } = await holdPerson(tx, identityId, 'update')
          const personId = person.id
          await tx.insert(avatars).values({ name, personId, type, createdAt: new Date(now()) })
          return clear(tx, personId, name)
        })
        await files.remove(gone)
      } catch (error) {
        await files.remove([name])
        throw error
      }
      return name
    },

    async find(name) {
      const [row] = await database.select().from(avatars).where(eq(avatars.name, name))
      const bytes = row && (await files.read(name))
      return bytes && { bytes, type: row.type }
    },
  }
}

/** Removes the files that a crash has left without a row. Only while nothing is uploaded. */
export async function sweepAvatars(database: Database, files: AvatarFiles): Promise<void> {
  const rows = await database.select({ name: avatars.name }).from(avatars)
  const names = new Set(rows.map(({ name }) => name))
  await files.remove((await files.list()).filter((name) => !names.has(name)))
}
