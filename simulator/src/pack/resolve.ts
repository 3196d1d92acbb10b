/** How an app's paths are found: `resolveAlias` of app.json (`"~/*": "/*"`). */
export type Aliases = Readonly<Record<string, string>>

const normalize = (path: string): string => {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

const folderOf = (file: string) => file.split('/').slice(0, -1).join('/')

/** `target` with the longest alias that fits it replaced (WeChat: 全局配置, resolveAlias). */
function unalias(target: string, aliases: Aliases): string | undefined {
  const [key, value] =
    Object.entries(aliases)
      .filter(([key]) => key.endsWith('/*') && target.startsWith(key.slice(0, -1)))
      .sort(([a], [b]) => b.length - a.length)[0] ?? []
  if (key === undefined || value === undefined) return undefined
  return `${value.replace(/\*$/, '')}${target.slice(key.length - 1)}`
}

/**
 * What `target`, written in the file `from`, may mean, without a file's ending, the first first: an
 * alias, a path from the root, a path from that file, a package in a `miniprogram_npm` of that
 * folder or one around it (WeChat: npm 支持).
 */
export function readings(from: string, target: string, aliases: Aliases): string[] {
  const aliased = unalias(target, aliases)
  if (aliased !== undefined) return [normalize(aliased)]
  if (target.startsWith('/')) return [normalize(target)]
  const relative = normalize(`${folderOf(from)}/${target}`)
  if (/^\.\.?(\/|$)/.test(target)) return [relative]
  const packages: string[] = []
  for (let folder = folderOf(from); ; folder = folderOf(folder)) {
    packages.push(normalize(`${folder}/miniprogram_npm/${target}`))
    if (folder === '') return [relative, ...packages]
  }
}

/**
 * The file with this ending (`.js`) that `target` means, with the ending as written, added, or of the
 * folder's `index`; undefined where none is there.
 */
export function resolveFile(
  files: { has(file: string): boolean },
  from: string,
  target: string,
  ending: string,
  aliases: Aliases = {},
): string | undefined {
  return readings(from, target, aliases)
    .flatMap((path) => [
      ...(path.endsWith(ending) ? [path] : []),
      `${path}${ending}`,
      `${path}/index${ending}`.replace(/^\//, ''),
    ])
    .find((file) => files.has(file))
}
