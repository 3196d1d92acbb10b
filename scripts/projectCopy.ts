import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** This project in a folder of its own, whose sources can be changed. */
export interface ProjectCopy {
  folder: string
  change(source: string, edit: (text: string) => string): Promise<void>
  /** Makes all sources again what they were. */
  restore(): Promise<void>
  remove(): Promise<void>
}

const linked = ['node_modules', 'server', 'simulator']
const leftOut = ['.git', '.data', 'dist', 'docs']

export async function copyProject(): Promise<ProjectCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'watchword-project-'))
  for (const name of await readdir('.')) {
    if (leftOut.includes(name)) continue
    if (linked.includes(name)) await symlink(resolve(name), join(folder, name))
    else await cp(name, join(folder, name), { recursive: true })
  }
  const originals = new Map<string, string>()
  return {
    folder,
    async change(source, edit) {
      const file = join(folder, source)
      const text = await readFile(file, 'utf8')
      const changed = edit(text)
      if (changed === text) throw new Error(`${source} was not changed`)
      if (!originals.has(file)) originals.set(file, text)
      await writeFile(file, changed)
    },
    async restore() {
      for (const [file, text] of originals) await writeFile(file, text)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
