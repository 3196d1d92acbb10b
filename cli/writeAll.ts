import { randomBytes } from 'node:crypto'
import { chmod, mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Change } from './change'
import { InitError } from './errors'
import { readText } from './readProject'

/**
 * Writes all changes, or none: each beside its file first, then into its place. If one cannot be put
 * there, the others become again what they were. @throws InitError
 */
export async function writeAll(root: string, changes: readonly Change[]): Promise<void> {
  const undo: (() => Promise<unknown>)[] = []
  let path = ''
  try {
    const moves: { change: Change; from: string; to: string }[] = []
    for (const change of changes) {
      path = change.path
      const to = await placeOf(join(root, path), change)
      const made = await mkdir(dirname(to), { recursive: true })
      if (made) undo.unshift(() => rm(made, { recursive: true }))
      const from = besides(to)
      undo.unshift(() => rm(from, { force: true }))
      await writeFile(from, change.after, { flag: 'wx' })
      if (change.before !== undefined) await chmod(from, (await stat(to)).mode)
      moves.push({ change, from, to })
    }
    for (const { change, from, to } of moves) {
      path = change.path
      await rename(from, to)
      undo.unshift(() => restore(to, change.before))
    }
  } catch (error) {
    for (const step of undo) await step()
    if (error instanceof InitError) throw error
    throw new InitError({ code: 'not_written', path }, { cause: error })
  }
}

/** The file itself, also if a link leads to it. @throws InitError if it is not as it was read */
async function placeOf(file: string, { path, before }: Change): Promise<string> {
  const found = await realpath(file).catch(() => undefined)
  const now = found === undefined ? undefined : await readText(found)
  const isSame = now === before && (found === undefined) === (before === undefined)
  if (!isSame) throw new InitError({ code: 'changed_meanwhile', path })
  return found ?? file
}

async function restore(file: string, text: string | undefined): Promise<void> {
  if (text === undefined) return rm(file)
  const copy = besides(file)
  await writeFile(copy, text, { flag: 'wx' })
  await chmod(copy, (await stat(file)).mode)
  await rename(copy, file)
}

const besides = (file: string) => `${file}.${randomBytes(6).toString('hex')}.tmp`
