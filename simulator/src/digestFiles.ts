import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A digest of the files in a folder, by name and content: a checkout changes times, not contents.
 * `isIncluded` decides by the path from the folder, with slashes and, for folders, one at its end.
 */
export function digestFiles(
  root: string,
  isIncluded: (path: string) => boolean = () => true,
): string {
  const hash = createHash('sha256')
  const addFolder = (folder: string): void => {
    for (const name of readdirSync(join(root, folder)).sort()) {
      const path = folder + name
      // Follows links, as compilers do; some editors leave links to nowhere beside an open file.
      const stat = statSync(join(root, path), { throwIfNoEntry: false })
      if (stat?.isDirectory() && isIncluded(`${path}/`)) addFolder(`${path}/`)
      if (!stat?.isFile() || !isIncluded(path)) continue
      hash.update(`${JSON.stringify(path)} ${digestFile(join(root, path))}\n`)
    }
  }
  addFolder('')
  return hash.digest('hex')
}

/** A digest of one file's content; empty where there is no such file. */
export function digestFile(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
