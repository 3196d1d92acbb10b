// Pictures were files of the data directory once. This moves them into their rows.
import { readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../db/database'
import { avatars } from '../db/schema'
import { isAvatarName } from './name'
import { rewritePicture, UnsupportedPictureError } from './rewrite'

/** Moves each picture in `avatars` of the data directory to where all instances see it. */
export async function moveAvatarFiles(database: Database, dataDir: string): Promise<void> {
  const directory = join(dataDir, 'avatars')
  const files = await readdir(directory).catch(emptyIfMissing)
  for (const name of files.filter(isAvatarName)) {
    await moveFile(database, name, join(directory, name))
  }
  if (files.length > 0 && files.every(isAvatarName)) await rmdir(directory)
}

/** A file goes after its picture has come into the row: a kill in between loses nothing. */
async function moveFile(database: Database, name: string, path: string): Promise<void> {
  const waiting = and(eq(avatars.name, name), isNull(avatars.bytes))
  if ((await database.$count(avatars, waiting)) > 0) {
    const bytes = await rewritePicture(await readFile(path)).catch(undefinedIfUnsupported)
    await (bytes
      ? database.update(avatars).set({ bytes }).where(waiting)
      : database.delete(avatars).where(waiting))
  }
  await rm(path, { force: true })
}

function emptyIfMissing(error: unknown): [] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
  throw error
}

function undefinedIfUnsupported(error: unknown): undefined {
  if (error instanceof UnsupportedPictureError) return undefined
  throw error
}
