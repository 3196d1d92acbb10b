import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { packFolder, type Packed } from '../../../scripts/package/packFolder'
import { writePackage } from '../../../scripts/package/writePackage'
import { makeFreshData } from '../../support/freshData'

declare module 'vitest' {
  interface ProvidedContext {
    /** See `makeFreshData`. */
    freshData: string
    /** The package as it is published: its folder, and the path of what npm packs of it. */
    built: { folder: string; tarball: string; packed: Packed }
  }
}

/** Makes, once for all tests of the commands, a database and the package. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'watchword-built-'))
  const made = join(folder, 'package')
  const [data] = await Promise.all([makeFreshData(), writePackage(made)])
  const packed = await packFolder(made, folder)
  provide('freshData', data)
  provide('built', { folder: made, tarball: join(folder, packed.filename), packed })
  return () => rm(folder, { recursive: true })
}
