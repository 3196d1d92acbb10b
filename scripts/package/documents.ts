import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path/posix'

/** Writes what explains the package. Links to what only the repository has become plain text. */
export async function writeDocuments(folder: string): Promise<void> {
  const recipes = await readdir('docs/backends')
  const documents = new Set([
    'README.md',
    'README.zh-CN.md',
    'CHANGELOG.md',
    'LICENSE',
    ...['backend', 'client', 'errors', 'guarantees', 'protocol'].map((name) => `docs/${name}.md`),
    ...recipes.map((name) => `docs/backends/${name}`),
  ])
  for (const document of documents) {
    const isPacked = (link: string) =>
      /^(#|[a-z]+:)/.test(link) || documents.has(targetOf(link, document))
    const text = await readFile(document, 'utf8')
    await mkdir(dirname(join(folder, document)), { recursive: true })
    await writeFile(join(folder, document), keepLinks(text, isPacked))
  }
}

function targetOf(link: string, document: string): string {
  return normalize(join(dirname(document), link.split('#')[0]!))
}

/** A picture has no text to become: its paragraph goes. */
function keepLinks(text: string, isKept: (link: string) => boolean): string {
  return text
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (whole, title: string, link: string) =>
      isKept(link) ? whole : title,
    )
    .replace(/^(?:<img src="([^"]+)"[^>]*> ?)+\n\n/gm, (whole, picture: string) =>
      isKept(picture) ? whole : '',
    )
}
