import fs from 'node:fs'
import path from 'node:path'
import { PackError } from './packError'

/** A compiled directory, read once. File names are relative, with forward slashes. */
export interface CompiledDirectory {
  /** Names of all files. */
  files: Set<string>
  /** A file's text; throws `PackError` when `from` names a file that is not there. */
  read(file: string, from?: string): string
  /** A JSON file's value; throws `PackError` with the parser's remark. */
  readJson(file: string): unknown
}

/** Lists a directory that uni-app (or WeChat's own tools) compiled for mp-weixin. */
export function openCompiledDirectory(dist: string): CompiledDirectory {
  const files = new Set(
    fs.existsSync(dist)
      ? fs
          .readdirSync(dist, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) =>
            path.relative(dist, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
          )
      : [],
  )
  if (!files.has('app.json')) {
    throw new PackError('app.json', `not found in ${dist}: this is no compiled mini-program`)
  }
  const read = (file: string, from = file) => {
    if (!files.has(file)) throw new PackError(from, `"${file}" is not there`)
    return fs.readFileSync(path.join(dist, file), 'utf8')
  }
  return {
    files,
    read,
    readJson(file) {
      try {
        return JSON.parse(read(file)) as unknown
      } catch (error) {
        if (error instanceof PackError) throw error
        throw new PackError(file, `is not JSON (${(error as Error).message})`, { cause: error })
      }
    },
  }
}

/** Resolves `target` against the file that names it; `/x` counts from the root. */
export const resolvePath = (from: string, target: string) =>
  target.startsWith('/')
    ? path.posix.normalize(target.slice(1))
    : path.posix.join(path.posix.dirname(from), target)
