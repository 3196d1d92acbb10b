import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a compiled mini-program is made of, in bytes before WeChat compresses it. */
export interface CompiledSizes {
  whole: number
  /** What WeChat loads first: all but the subpackages. */
  main: number
  /** The client core, all of its host (navigation, permissions, facts of the phone) and the store. */
  client: number
  /** The components and their texts, and of the forms what the main package uses. */
  components: number
}

/** @throws the system's error where nothing was compiled; vite.config.ts says what is in which folder */
export async function sizesOf(app: string): Promise<CompiledSizes> {
  const whole = await folderSize(app)
  const { subPackages = [] } = JSON.parse(await readFile(join(app, 'app.json'), 'utf8')) as {
    subPackages?: { root: string }[]
  }
  const others = await Promise.all(subPackages.map(({ root }) => folderSize(join(app, root))))
  return {
    whole,
    main: others.reduce((rest, size) => rest - size, whole),
    client: await folderSize(join(app, 'src/auth')),
    components: await folderSize(join(app, 'src/components')),
  }
}

/** Of all files in it, in bytes. */
export async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map((file) => stat(join(file.parentPath, file.name)).then(({ size }) => size)),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
