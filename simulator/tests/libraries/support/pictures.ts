import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { encodePng } from '../../../src/wechat/png'

const names = ['a.png', 'b.png', 'static/a.png', 'static/b.png']

/** Puts the pictures that samples show into an app: one that is not there is a problem. */
export async function writePictures(dist: string): Promise<void> {
  const picture = encodePng([
    [true, false],
    [false, true],
  ])
  for (const name of names) {
    await mkdir(dirname(join(dist, name)), { recursive: true })
    await writeFile(join(dist, name), picture)
  }
}
