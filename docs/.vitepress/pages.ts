import { readdirSync } from 'node:fs'

/** Pages whose file is not in docs/. */
const outside: Record<string, string> = {
  'project/changes.md': 'CHANGELOG.md',
  'project/contributing.md': 'CONTRIBUTING.md',
  'project/security.md': 'SECURITY.md',
  'project/simulator.md': 'simulator/README.md',
}

/** What the site says instead of a file that is no page of it. */
const replaced: Record<string, string> = {
  'README.md': 'docs/guide/start.md',
  'README.zh-CN.md': 'docs/zh/guide/start.md',
}

const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /^(?!\.)[^[]+\.md$/.test(file))

/** The pages of the English site, by their path; a folder's README is its index. */
const english = new Map([
  ...inDocs.filter((file) => !file.startsWith('zh/')).map(asPage),
  ...Object.entries(outside),
])

/** Those of the Chinese one; English pages that nobody has translated are among them. */
const chinese = new Map([
  ...[...english].map(([page, file]) => [`zh/${page}`, file] as const),
  ...inDocs.filter((file) => file.startsWith('zh/')).map(asPage),
])

const files = new Map([...english, ...chinese])

/** All of the site, e.g. `zh/client.md`. */
export const pages = [...files.keys()]

function asPage(file: string): [string, string] {
  return [file.replace(/README\.md$/, 'index.md'), `docs/${file}`]
}

/** The file of the repository that a page shows. */
export function fileOf(page: string): string {
  const file = files.get(page)
  if (file === undefined) throw new Error(`${page} is no page of the site`)
  return file
}

/** The page that shows a file, in the reader's language; `undefined` if none does. */
export function pageOf(file: string, language: 'en' | 'zh'): string | undefined {
  const wanted = replaced[file] ?? file
  const [page] = [...files].find(([, shown]) => shown === wanted) ?? []
  return language === 'zh' && page?.startsWith('zh/') === false ? `zh/${page}` : page
}

/** `backends/README.md` → `backends/index.md`, for VitePress. */
export const renamed = Object.fromEntries(
  inDocs.filter((file) => file.endsWith('README.md')).map((file) => [file, asPage(file)[0]]),
)

/** The pages that VitePress does not find in docs/ by itself. */
export const added = [...files].filter(
  ([page, file]) => !inDocs.some((one) => file === `docs/${one}` && asPage(one)[0] === page),
)
