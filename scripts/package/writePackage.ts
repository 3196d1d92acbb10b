import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeCommand } from './command'
import { writeComponents } from './components'
import { writeDeclarations } from './declarations'
import { findPackageDocuments, writeDocuments } from './documents'
import { writeJavaScript } from './javascript'
import { writeManifest } from './manifest'

/** Makes the folder what npm is to publish. */
export async function writePackage(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const internals = await writeComponents(folder)
  await Promise.all([
    writeJavaScript(folder, internals),
    writeDeclarations(folder),
    writeManifest(folder),
    findPackageDocuments().then((documents) => writeDocuments(folder, documents)),
    writeCommand(join(folder, 'bin/watchword.mjs')),
  ])
}
