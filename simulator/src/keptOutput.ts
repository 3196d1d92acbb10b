import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { digestFile, digestFiles } from './digestFiles'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/**
 * What `make` returned, in this process or an earlier one, for the same sources and packages; calls
 * it only where there is no such output. What it returns has to survive JSON.
 */
export async function keptOutput<Output>(
  name: string,
  make: () => Promise<Output>,
): Promise<Output> {
  const file = path(`../dist/${name}.json`)
  const inputs = digestInputs()
  const kept = await read<Output>(file)
  if (kept?.inputs === inputs) return kept.output
  const output = await make()
  // A source that was saved meanwhile is in the output or not: such an output is not kept.
  if (digestInputs() === inputs) await write(file, { inputs, output })
  return output
}

interface Kept<Output> {
  inputs: string
  output: Output
}

/** Everything here, though no output needs all of it: too much costs time, too little is stale. */
function digestInputs(): string {
  const settings = ['../package.json', '../tsconfig.json', '../../tsconfig.base.json']
  // npm's record of what is installed; package-lock.json is ahead of it until `npm install`.
  const packages = '../../node_modules/.package-lock.json'
  const files = [...settings, packages].map((file) => digestFile(path(file)))
  return [process.version, digestFiles(path('.')), ...files].join(' ')
}

async function read<Output>(file: string): Promise<Kept<Output> | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept<Output>
  } catch {
    return undefined
  }
}

/** Whole or not at all, whoever writes at the same time. Where nothing can be written, nothing is kept. */
async function write<Output>(file: string, kept: Kept<Output>): Promise<void> {
  const draft = `${file}.${process.pid}`
  try {
    await mkdir(path('../dist'), { recursive: true })
    await writeFile(draft, JSON.stringify(kept))
    await rename(draft, file)
  } catch {
    // The next process makes it again.
  }
}
