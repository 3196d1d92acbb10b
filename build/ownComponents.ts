import { posix } from 'node:path'
import type { Plugin, Rollup } from 'vite'

const { dirname, join, relative } = posix

/**
 * uni-app leaves each component where its source is, so in the main package, whoever uses it. With this a
 * component that only one subpackage uses is in that subpackage.
 * @param subpackages their roots
 */
export function ownComponents(subpackages: readonly string[]): Plugin {
  return {
    name: 'own-components',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        if (!process.env.UNI_PLATFORM?.startsWith('mp-')) return
        const files = Object.values(bundle)
        const moves = movesOf(files, subpackages)
        for (const file of files) move(file, moves)
      },
    },
  }
}

type File = Rollup.OutputAsset | Rollup.OutputChunk

/** `src/components/X` for each of its files. */
const baseOf = (path: string) => path.replace(/\.(js|json|wxml|wxss|js\.map)$/, '')

/** From where to where, without the ends of the files' names. */
function movesOf(files: readonly File[], subpackages: readonly string[]): Map<string, string> {
  const users = new Map<string, string[]>()
  const components: string[] = []
  for (const { fileName, content } of files.flatMap(jsonIn)) {
    const user = baseOf(fileName)
    if (content.component) components.push(user)
    for (const path of Object.values(content.usingComponents ?? {})) {
      const used = resolvePath(user, path)
      users.set(used, [...(users.get(used) ?? []), user])
    }
  }

  /** The packages that show a page or a component: `main`, or the roots of subpackages. */
  function packagesOf(base: string, seen = new Set<string>()): string[] {
    if (seen.has(base)) return []
    seen.add(base)
    const subpackage = subpackages.find((root) => base.startsWith(`${root}/`))
    if (subpackage) return [subpackage]
    if (!components.includes(base)) return ['main']
    return (users.get(base) ?? []).flatMap((user) => packagesOf(user, seen))
  }

  return new Map(
    components.flatMap((base) => {
      const [owner, ...others] = new Set(packagesOf(base))
      const isOwn = owner !== undefined && owner !== 'main' && others.length === 0
      return isOwn && !base.startsWith(`${owner}/`) ? [[base, `${owner}/${base}`]] : []
    }),
  )
}

interface Configuration {
  component?: boolean
  usingComponents?: Record<string, string>
}

function jsonIn(file: File): { fileName: string; content: Configuration }[] {
  if (file.type !== 'asset' || !file.fileName.endsWith('.json')) return []
  return [{ fileName: file.fileName, content: JSON.parse(String(file.source)) as Configuration }]
}

/** Against the file that names it; one that begins with / is of the root. */
const resolvePath = (from: string, path: string) =>
  path.startsWith('/') ? path.slice(1) : join(dirname(from), path)

/** Gives a file its new place, and names what it refers to from there. */
function move(file: File, moves: ReadonlyMap<string, string>): void {
  const old = file.fileName
  const base = baseOf(old)
  const next = (moves.get(base) ?? base) + old.slice(base.length)
  /** What was `path` as seen from the old place. */
  function moved(path: string): string {
    const target = resolvePath(old, path)
    const place = moves.get(baseOf(target))
    const to = place === undefined ? target : place + target.slice(baseOf(target).length)
    const found = relative(dirname(next), to)
    return found.startsWith('.') ? found : `./${found}`
  }

  if (file.type === 'chunk') {
    file.code = file.code.replaceAll(
      /"(\.{1,2}\/[^"]+\.js)"/g,
      (_, path: string) => `"${moved(path)}"`,
    )
  } else if (old.endsWith('.json')) {
    const content = JSON.parse(String(file.source)) as Configuration
    const { usingComponents } = content
    if (!usingComponents) return
    for (const [tag, path] of Object.entries(usingComponents)) usingComponents[tag] = moved(path)
    file.source = JSON.stringify(content, undefined, 2)
  } else if (old.endsWith('.map')) {
    const map = JSON.parse(String(file.source)) as { sources: string[] }
    map.sources = map.sources.map((source) => relative(dirname(next), join(dirname(old), source)))
    file.source = JSON.stringify(map)
  }
  file.fileName = next
}
