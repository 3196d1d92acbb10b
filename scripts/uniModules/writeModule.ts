import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { findReference, writeDocuments } from '../package/documents'
import { moveReferences, placeOf, renamePackage } from './layout'
import { writeModuleManifest, writePages } from './manifest'

/** The module's folder, which DCloud calls its id. */
export const MODULE_ID = 'watchword'

/** Makes a folder DCloud's uni_modules plugin of the package that `writePackage` wrote. */
export async function writeModule(builtPackage: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await Promise.all([
    moveSources(builtPackage, folder),
    writeModuleManifest(folder, MODULE_ID),
    writePages(folder, MODULE_ID),
    writeModuleDocuments(folder),
  ])
}

async function moveSources(builtPackage: string, folder: string): Promise<void> {
  const files = await readdir(builtPackage, { recursive: true, encoding: 'utf8' })
  const paths = files.map((file) => file.replaceAll('\\', '/')).filter(isSource)
  await Promise.all(
    paths.map(async (path) => {
      const target = join(folder, placeOf(path))
      await mkdir(dirname(target), { recursive: true })
      if (!/\.(vue|d\.ts)$/.test(path)) return copyFile(join(builtPackage, path), target)
      const source = renamePackage(await readFile(join(builtPackage, path), 'utf8'), MODULE_ID)
      const text = moveReferences(path, source)
      await writeFile(target, path.endsWith('.vue') ? unchecked(text) : text)
    }),
  )
}

/** Everything but the package's command, its package.json and its documents. */
function isSource(path: string): boolean {
  return /\.(js|js\.map|ts|vue|css)$/.test(path)
}

/**
 * An app checks the types of all components in its folder. These import what the entries export, but not
 * declare as API; they are checked in their own repository.
 */
function unchecked(component: string): string {
  return component.replace(/^<script[^>]*>\n/m, '$&// @ts-nocheck\n')
}

async function writeModuleDocuments(folder: string): Promise<void> {
  const reference = await findReference()
  await writeDocuments(
    folder,
    new Map([
      ...reference.map((path) => [path, path] as const),
      ['docs/zh/guide/uni-modules.md', 'readme.md'],
      ['docs/guide/uni-modules.md', 'readme.en.md'],
      ['CHANGELOG.md', 'changelog.md'],
      ['LICENSE', 'license.md'],
    ]),
  )
  const changelog = join(folder, 'changelog.md')
  await writeFile(changelog, asChangelog(await readFile(changelog, 'utf8')))
}

/** As the market shows it: versions as headings, with the date in full-width brackets. */
function asChangelog(text: string): string {
  return text.slice(text.indexOf('\n## ') + 1).replace(/^(## \S+) \((.+)\)$/gm, '$1（$2）')
}
