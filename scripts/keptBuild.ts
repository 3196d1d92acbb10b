import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A build that is kept until its inputs change. */
export interface KeptBuild {
  /** Of this build alone. Two processes may not use it at the same time. */
  folder: string
  /** A digest of all that the output depends on. */
  digestInputs(): string
  /** Fills an empty folder; rejects where that fails. */
  build(folder: string): Promise<void>
}

/** Holds the digest of what the folder was made from. */
const record = 'inputs.sha256'

/** Fills the folder, unless it was filled from the same inputs. Rejects with what `build` says. */
export async function keepBuild({ folder, digestInputs, build }: KeptBuild): Promise<void> {
  const inputs = digestInputs()
  if ((await readRecord(folder)) === inputs) return
  await mkdir(dirname(folder), { recursive: true })
  await removeDrafts(folder)
  // Made beside its place and moved there whole: what fails, or is killed, leaves no record. The
  // name is new each time, as the compiler of a killed process may live on and write.
  const draft = await mkdtemp(draftsOf(folder))
  try {
    await build(draft)
    // A source that was saved meanwhile is in the output or not: the next start has to build again.
    if (digestInputs() === inputs) await writeFile(join(draft, record), inputs)
  } catch (error) {
    await remove(draft)
    throw error
  }
  await remove(folder)
  await rename(draft, folder)
}

const readRecord = (folder: string) => readFile(join(folder, record), 'utf8').catch(() => undefined)

const draftsOf = (folder: string) => `${folder}.draft-`

async function removeDrafts(folder: string): Promise<void> {
  const prefix = basename(draftsOf(folder))
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(prefix)) await remove(join(dirname(folder), name))
  }
}

/** Tries again where a compiler that lives on writes into it. */
const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 5 })
