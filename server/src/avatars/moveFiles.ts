// Pictures were files of the data directory once. This moves them into their rows.
import { readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../db/database'
import { avatars } from '../db/schema'
import { isAvatarName } from './name'
import { rewritePicture, UnsupportedPictureError } from './rewrite'

/**
 * Moves each picture in `avatars` of the data directory to where all instances see it. Of files that
 * no row is of, those beside a PGlite are left behind and go. With `databaseUrl` they stay: they are
 * of the PGlite that was used before, and its only copies.
 */
export async function moveAvatarFiles(
  database: Database,
  { dataDir, databaseUrl }: { dataDir: string; databaseUrl?: string | undefined },
): Promise<void> {
  const directory = join(dataDir, 'avatars')
  const files = await readdir(directory).catch(emptyIfMissing)
  for (const name of files.filter(isAvatarName)) {
    const path = join(directory, name)
    const isKnown = await moveFile(database, name, path)
    if (isKnown || databaseUrl === undefined) await rm(path, { force: true })
  }
  if (files.length > 0 && (await readdir(directory)).length === 0) await rmdir(directory)
}

/**
 * Returns whether there is a row of it. The file is to go after its picture has come into the row: a
 * kill in between loses nothing.
 */
async function moveFile(database: Database, name: string, path: string): Promise<boolean> {
  const known = eq(avatars.name, name)
  const waiting = and(known, isNull(avatars.bytes))
  if ((await database.$count(avatars, waiting)) === 0) {
    return (await database.$count(avatars, known)) > 0
  }
  const bytes = await rewritePicture(await readFile(path)).catch(undefinedIfUnsupported)
  await (bytes
    ? database.update(avatars).set({ bytes }).where(waiting)
    : database.delete(avatars).where(waiting))
  return true
}

function emptyIfMissing(error: unknown): [] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
  throw error
}

function undefinedIfUnsupported(error: unknown): undefined {
  if (error instanceof UnsupportedPictureError) return undefined
  throw error
}
