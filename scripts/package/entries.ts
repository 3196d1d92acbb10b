import { readdirSync } from 'node:fs'
import { basename } from 'node:path'

/** What the package exports to scripts: the name of the file at its root, and the source. */
export const ENTRIES = {
  index: 'src/index.ts',
  adapters: 'src/adapters/index.ts',
  forms: 'src/forms/index.ts',
  host: 'src/host/index.ts',
} as const

export type Entry = keyof typeof ENTRIES

/** The specifier by which apps import an entry, e.g. `watchword/forms`. */
export function specifierOf(entry: Entry): string {
  return entry === 'index' ? 'watchword' : `watchword/${entry}`
}

/** A component or page: its name as a tag, its source, and where the package has it. */
export interface PackedComponent {
  name: string
  source: string
  path: string
}

/** All of them. Those of `src/forms` are components as well. */
export function findComponents(): PackedComponent[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  return files
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((source) => source.endsWith('.vue'))
    .map((source) => {
      const folder = source.startsWith('src/pages/') ? 'pages' : 'components'
      return { name: basename(source, '.vue'), source, path: `${folder}/${basename(source)}` }
    })
    .sort((a, b) => a.path.localeCompare(b.path))
}
