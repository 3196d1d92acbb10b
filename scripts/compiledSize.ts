import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a compiled mini-program is made of, in bytes before WeChat compresses it. */
export interface CompiledSizes {
  whole: number
  /** The client core, its host and the store. */
  signIn: number
  /** The components and their texts. */
  components: number
}

/** @throws the system's error where nothing was compiled */
export async function sizesOf(app: string): Promise<CompiledSizes> {
  const all = async (...folders: string[]) => {
    const sizes = await Promise.all(folders.map((folder) => folderSize(join(app, folder))))
    return sizes.reduce((sum, size) => sum + size, 0)
  }
  return {
    whole: await all('.'),
    signIn: await all('src/auth', 'src/platform', 'src/store'),
    components: await all('src/components', 'src/locale'),
  }
}

async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(
    files.map((file) => stat(join(file.parentPath, file.name)).then(({ size }) => size)),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
