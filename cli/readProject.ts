import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProjectFiles } from './project'

/** What is made, downloaded, or not source. */
const skipped = new Set(['node_modules', 'dist', 'unpackage', 'static', 'uni_modules', 'uniCloud'])

const isRead = /\.([cm]?[tj]s|vue|nvue|json)$|^\.env(\.\w+)*$/
/** Only that they are is of interest. */
const isLockfile = /^(pnpm-lock\.yaml|yarn\.lock)$/

/** Reads the project in a folder: its root, `env/`, and its sources. */
export async function readProject(root: string): Promise<ProjectFiles> {
  const files = new Map<string, string | undefined>()
  const folders = await sourceFolders(root)
  const isWanted = (path: string) => !folders || folders.includes(path.split('/')[0]!)

  async function readFolder(folder: string): Promise<void> {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (entry.isDirectory()) {
        const isSkipped = skipped.has(entry.name) || entry.name.startsWith('.')
        if (!isSkipped && isWanted(path)) await readFolder(path)
      } else if (isLockfile.test(entry.name)) files.set(path, '')
      else if (isRead.test(entry.name)) files.set(path, await readText(join(root, path)))
    }
  }
  await readFolder('')
  return files
}

/** Undefined: as in HBuilderX, the sources are in the root itself. */
async function sourceFolders(root: string): Promise<readonly string[] | undefined> {
  const hasMain = async (folder: string) => {
    const names = await readdir(folder).catch((): string[] => [])
    return names.some((name) => /^main\.[tj]s$/.test(name))
  }
  if (await hasMain(join(root, 'src'))) return ['src', 'env']
  return (await hasMain(root)) ? undefined : []
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text with its byte order mark, byte for byte; undefined if it is not UTF-8. */
export async function readText(path: string): Promise<string | undefined> {
  const bytes = await readFile(path)
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
