import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

/** What `npm pack` says of a tarball. */
export interface Packed {
  filename: string
  /** In bytes. */
  size: number
  files: { path: string }[]
}

/** Packs a package's folder. */
export async function packFolder(folder: string, destination: string): Promise<Packed> {
  const { stdout } = await promisify(execFile)(
    'npm',
    ['pack', resolve(folder), '--json', '--pack-destination', destination],
    { shell: process.platform === 'win32' },
  )
  return (JSON.parse(stdout) as Packed[])[0]!
}
