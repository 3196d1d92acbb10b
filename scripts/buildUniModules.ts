// `npm run build:uni-modules`: the plugin for HBuilderX projects in dist/uni_modules/watchword.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePackage } from './package/writePackage'
import { MODULE_ID, writeModule } from './uniModules/writeModule'

const folder = `dist/uni_modules/${MODULE_ID}`
const made = await mkdtemp(join(tmpdir(), 'watchword-package-'))
try {
  await writePackage(made)
  await writeModule(made, folder)
} finally {
  await rm(made, { recursive: true })
}
console.log(`${folder}: copy it into the folder uni_modules of your project`)
