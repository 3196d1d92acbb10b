import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'

/** What the package exports to scripts. */
export interface Entry {
  /** Its file at the root of the package, without an extension, e.g. `forms`. */
  name: string
  /** As apps import it, e.g. `watchword/forms`. */
  specifier: string
  /** E.g. `src/forms/index.ts`. */
  source: string
}

/** Those that the repository itself exports, as sources. */
export function findEntries(): Entry[] {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Record<string, string>
  }
  return Object.entries(exports)
    .filter(([, source]) => source.endsWith('.ts'))
    .map(([path, source]) => ({
      name: path === '.' ? 'index' : path.slice('./'.length),
      specifier: `watchword${path.slice('.'.length)}`,
      source: source.slice('./'.length),
    }))
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
