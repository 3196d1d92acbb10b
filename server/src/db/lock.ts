// One process at a time has the database's directory. PGlite itself does not check, and two
// processes on one directory damage it.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Another process, or another part of this one, has the directory open. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError'
  constructor(directory: string, pid: number) {
    super(`${directory} is in use by process ${pid}: stop it, or choose another DATA_DIR`)
  }
}

/**
 * Locks a directory until the given function is called or the process ends, however it ends: the
 * lock is an empty file named after the process, and counts only while that process lives. Each
 * process writes its own before it looks for others, so of two at the same moment never both get
 * in (both may be refused).
 * @throws DirectoryInUseError
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const own = `lock.${process.pid}.${await startOf(process.pid)}`
  const unlock = () => rm(join(directory, own), { force: true })
  await writeFile(join(directory, own), '', { flag: 'wx' }).catch((error: unknown) => {
    throw isFault(error, 'EEXIST') ? new DirectoryInUseError(directory, process.pid) : error
  })
  for (const other of await readdir(directory)) {
    const [, pid, startedAt = ''] = /^lock\.(\d+)\.(\d*)$/.exec(other) ?? []
    if (other === own || !pid) continue
    if (await isAlive(Number(pid), startedAt)) {
      await unlock()
      throw new DirectoryInUseError(directory, Number(pid))
    }
    await rm(join(directory, other), { force: true })
  }
  return unlock
}

async function isAlive(pid: number, startedAt: string): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives and belongs to another user.
    if (!isFault(error, 'EPERM')) return false
  }
  return (await startOf(pid)) === startedAt
}

/**
 * When a process started, in clock ticks since boot; empty on systems without /proc. It
 * distinguishes a process from a later one with the same number: containers reuse small numbers
 * after a restart.
 */
async function startOf(pid: number): Promise<string> {
  try {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8')
    // proc(5): fields 3 and 22; the second field, in brackets, may itself hold blanks and brackets.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
    // Killed, and only not yet collected by its parent.
    if (fields[0] === 'Z' || fields[0] === 'X') return 'ended'
    return fields[19] ?? ''
  } catch {
    return ''
  }
}

function isFault(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
