import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { findComponents, findEntries } from './entries'
import { importByOwnName } from './ownName'

/**
 * Writes components and pages as sources, with their styles, and the types of their tags.
 * @returns what the scripts must export for them, by module of `src`
 */
export async function writeComponents(folder: string): Promise<Map<string, Set<string>>> {
  const specifiers = await readExportedTypes()
  const internals = new Map<string, Set<string>>()
  for (const { source, path } of findComponents()) {
    const text = await readFile(source, 'utf8')
    const { code, values } = importByOwnName(source, text, (type) => specifiers.get(type))
    for (const [module, names] of values)
      internals.set(module, new Set([...(internals.get(module) ?? []), ...names]))
    await write(join(folder, path), code)
  }
  for (const file of await readdir('src', { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.css'))
      await write(join(folder, file), await readFile(join('src', file), 'utf8'))
  }
  await write(join(folder, 'global.d.ts'), tagTypes())
  return internals
}

/** By which specifier to import each type; the entries' sources do nothing but export by name. */
async function readExportedTypes(): Promise<Map<string, string>> {
  const types = new Map<string, string>()
  for (const { specifier, source } of findEntries()) {
    const text = await readFile(source, 'utf8')
    for (const [, names = ''] of text.matchAll(/^export type \{([^}]+)\}/gm))
      for (const [name] of names.matchAll(/\w+/g)) types.set(name, specifier)
  }
  return types
}

/** What Vue's language tools read the types of tags from. By a path, some would read the sources. */
function tagTypes(): string {
  const members = findComponents().map(
    ({ name, path }) => `    ${name}: (typeof import('watchword/${path}'))['default']\n`,
  )
  return `export {}

declare module 'vue' {
  export interface GlobalComponents {
${members.join('')}  }
}
`
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
