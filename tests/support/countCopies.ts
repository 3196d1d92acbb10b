import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How often a compiled app has the package: its plugin's key is in it once a copy. */
export async function countCopies(dist: string): Promise<number> {
  const files = await readdir(dist, { recursive: true })
  const scripts = await Promise.all(
    files.filter((file) => file.endsWith('.js')).map((file) => readFile(join(dist, file), 'utf8')),
  )
  return scripts.join('\n').match(/Symbol\(["'`]watchword["'`]\)/g)?.length ?? 0
}
