import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, normalize, relative } from 'node:path/posix'

/** Paths of documents as a folder has them, by their paths in the repository. */
export type Documents = ReadonlyMap<string, string>

/** What explains the npm package: every document where the repository has it. */
export async function findPackageDocuments(): Promise<Documents> {
  const documents = ['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'LICENSE']
  return new Map([...documents, ...(await findReference())].map((path) => [path, path]))
}

/** The reference, without what explains the repository itself. */
export async function findReference(): Promise<string[]> {
  const recipes = await readdir('docs/backends')
  return [
    ...['backend', 'client', 'errors', 'guarantees', 'protocol'].map((name) => `docs/${name}.md`),
    ...recipes.map((name) => `docs/backends/${name}`),
  ]
}

/** Writes documents that link to each other. Links to what only the repository has become plain text. */
export async function writeDocuments(folder: string, documents: Documents): Promise<void> {
  for (const [source, target] of documents) {
    const text = await readFile(source, 'utf8')
    await mkdir(dirname(join(folder, target)), { recursive: true })
    await writeFile(
      join(folder, target),
      replaceLinks(text, (link) => linkIn(documents, source, link)),
    )
  }
}

/** The link as the written document has it, if it leads somewhere. */
function linkIn(documents: Documents, source: string, link: string): string | undefined {
  if (/^(#|[a-z]+:)/.test(link)) return link
  const [path = '', ...anchor] = link.split(/(?=#)/)
  const target = documents.get(normalize(join(dirname(source), path)))
  return target && relative(dirname(documents.get(source)!), target) + anchor.join('')
}

/** A picture has no text to become: its paragraph goes. */
function replaceLinks(text: string, replacement: (link: string) => string | undefined): string {
  return text
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, title: string, link: string) => {
      const replaced = replacement(link)
      return replaced === undefined ? title : `[${title}](${replaced})`
    })
    .replace(/^(?:<img src="([^"]+)"[^>]*> ?)+\n\n/gm, (whole, picture: string) =>
      replacement(picture) === undefined ? '' : whole,
    )
}
