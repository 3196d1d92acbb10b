import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStack } from '../../scripts/stack'

/** A data directory of the development backend that knows nobody yet; to be copied. */
export interface FreshData {
  folder: string
  remove(): Promise<void>
}

/** To make an empty database takes seconds of the processor, to copy one next to nothing. */
export async function makeFreshData(): Promise<FreshData> {
  const parent = await mkdtemp(join(tmpdir(), 'watchword-data-'))
  const folder = join(parent, 'data')
  const stack = await startStack({ port: 0, wechatPort: 0, dataDir: folder, logLevel: 'silent' })
  await stack.close()
  return { folder, remove: () => rm(parent, { recursive: true }) }
}
