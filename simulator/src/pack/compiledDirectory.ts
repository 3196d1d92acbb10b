import fs from 'node:fs'
import path from 'node:path'
import { PackError } from './packError'

/** A compiled directory, read once. File names are relative, with forward slashes. */
export interface CompiledDirectory {
  /** Names of all files. */
  files: ReadonlySet<string>
  /** A file's text; throws `PackError` if it is not there. */
  read(file: string): string
  /** A JSON file's object; throws `PackError` with the parser's remark. */
  readJson(file: string): Record<string, unknown>
}

/** An object as of a literal: no list, no null. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listFiles = (dist: string, folder = ''): string[] =>
  fs.readdirSync(path.join(dist, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder ? `${folder}/${entry.name}` : entry.name
    return entry.isDirectory() ? listFiles(dist, name) : [name]
  })

/** What a directory without app.json is instead, as far as it can be guessed. */
const withoutAppJson = (dist: string) => {
  const has = (file: string) => fs.existsSync(path.join(dist, file))
  if (has('pages.json') || has('src/pages.json'))
    return 'this is the source of a uni-app project: compile it for mp-weixin first'
  if (has('index.html')) return 'this was compiled for H5, not for mp-weixin'
  return 'this is no compiled mini-program'
}

/**
 * Lists a directory that uni-app (or WeChat's own tools) compiled for mp-weixin. Throws `PackError`
 * where there is no directory, or no app.json in it.
 */
export function openCompiledDirectory(dist: string): CompiledDirectory {
  if (!fs.statSync(dist, { throwIfNoEntry: false })?.isDirectory())
    throw new PackError(dist, 'there is no such directory')
  if (!fs.existsSync(path.join(dist, 'app.json')))
    throw new PackError('app.json', `not found in ${dist}: ${withoutAppJson(dist)}`)
  const files = new Set(listFiles(dist))
  const read = (file: string) => {
    if (!files.has(file)) throw new PackError(file, 'is not there')
    return fs.readFileSync(path.join(dist, file), 'utf8')
  }
  return {
    files,
    read,
    readJson(file) {
      let value: unknown
      try {
        value = JSON.parse(read(file))
      } catch (error) {
        if (error instanceof PackError) throw error
        const remark = (error as Error).message.replace(/\s+/g, ' ')
        throw new PackError(file, `is not JSON (${remark})`, { cause: error })
      }
      if (isObject(value)) return value
      throw new PackError(file, 'is JSON, but no object')
    },
  }
}

/** Resolves `target` against the file that names it; `/x` counts from the root. */
export const resolvePath = (from: string, target: string) =>
  target.startsWith('/')
    ? path.posix.normalize(target.slice(1))
    : path.posix.join(path.posix.dirname(from), target)
