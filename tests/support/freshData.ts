import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { startStack } from '../../scripts/stack'

const kept = 'node_modules/.cache/watchword'

/**
 * A data directory of the development backend that knows nobody yet. To make one takes seconds of
 * the processor, to copy one next to nothing: copy it, and leave it to the next test run.
 */
export async function makeFreshData(): Promise<string> {
  const folder = join(kept, `data-${await digestInputs()}`)
  const exists = () => stat(folder).then(Boolean, () => false)
  if (await exists()) return folder
  await mkdir(kept, { recursive: true })
  const draft = await mkdtemp(join(kept, 'draft-'))
  const stack = await startStack({ port: 0, wechatPort: 0, dataDir: draft, logLevel: 'silent' })
  await stack.close()
  try {
    await rename(draft, folder)
  } catch (error) {
    // Another process was faster.
    if (!(await exists())) throw error
    await rm(draft, { recursive: true })
  }
  return folder
}

/** Of the tables, of how the database is made, and of its version. */
async function digestInputs(): Promise<string> {
  const migrations = await readdir('server/drizzle', { recursive: true, withFileTypes: true })
  const files = [
    ...migrations
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
    ...['server/src/db/open.ts', 'scripts/stack.ts'],
    'node_modules/@electric-sql/pglite/package.json',
  ]
  const hash = createHash('sha256')
  for (const file of files.sort()) hash.update(file).update(await readFile(file))
  return hash.digest('hex').slice(0, 16)
}
