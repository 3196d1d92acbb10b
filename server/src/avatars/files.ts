import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../log'

/** 256 random bits: nobody guesses a name. */
const nameForm = /^[\w-]{43}$/

/** The files of the pictures, each under a name nobody can guess. */
export interface AvatarFiles {
  /** Writes a new file and returns its name. */
  write(bytes: Buffer): Promise<string>
  /** Undefined if the file does not exist. */
  read(name: string): Promise<Buffer<ArrayBuffer> | undefined>
  /** Never rejects: what cannot be removed is logged, and swept at the next start. */
  remove(names: string[]): Promise<void>
  /** The names of all files. */
  list(): Promise<string[]>
}

/** Whether the text has the form of a picture's name, which makes it safe as a path. */
export function isAvatarName(text: string): boolean {
  return nameForm.test(text)
}

/** Keeps the files in `avatars` of the data directory, which is made with the first of them. */
export function createAvatarFiles(dataDir: string, log: Logger): AvatarFiles {
  const directory = join(dataDir, 'avatars')

  async function remove(name: string): Promise<void> {
    try {
      await rm(join(directory, name), { force: true })
    } catch (error) {
      log.warn({ error }, 'a picture could not be removed')
    }
  }

  return {
    async write(bytes) {
      const name = randomBytes(32).toString('base64url')
      await mkdir(directory, { recursive: true, mode: 0o700 })
      try {
        await writeFile(join(directory, name), bytes, { flag: 'wx', mode: 0o600 })
      } catch (error) {
        // A full disk leaves half of it.
        await remove(name)
        throw error
      }
      return name
    },
    read: (name) => readFile(join(directory, name)).catch(undefinedIfMissing),
    async remove(names) {
      await Promise.all(names.map(remove))
    },
    async list() {
      const entries = (await readdir(directory).catch(undefinedIfMissing)) ?? []
      return entries.filter(isAvatarName)
    },
  }
}

function undefinedIfMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
