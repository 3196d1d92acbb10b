// `npm run bench [-- burst largeBurst events coldStart requests waiting bytes]`: watchword beside what apps would use
// instead, all parts or those that are named. Prints tables, and writes bench/results.json and the picture
// of the READMEs. See "Beside other libraries" in docs/commands.md.
import { readFile, writeFile } from 'node:fs/promises'
import { format } from 'prettier'
import manifest from '../package.json'
import { CONTENDERS } from './peers/contender'
import { parts } from './peers/parts'
import { drawBurst, type BurstRows } from './peers/picture'

const RESULTS = 'bench/results.json'

// Some contenders reject promises that nobody has: in an app that is an error in the console.
process.on('unhandledRejection', () => {})

const named = process.argv.slice(2)
const isNamed = (name: string) => named.length === 0 || named.includes(name)
const unknown = named.filter((name) => !(name in parts))
if (unknown.length > 0) throw new Error(`no part is called ${unknown.join(', ')}`)

const versions: Record<string, string> = manifest.devDependencies
const contenders = CONTENDERS.map(({ module, name, package: from, source }) => ({
  ...{ module, name, source },
  ...(from !== undefined && { version: versions[from] }),
}))

const measured: Record<string, unknown> = {}
for (const [name, measure] of Object.entries(parts)) {
  if (isNamed(name)) measured[name] = await measure()
}

const known = JSON.parse(await readFile(RESULTS, 'utf8').catch(() => '{}')) as object
const results = { ...known, node: process.version, contenders, ...measured }
await writeFile(RESULTS, await format(JSON.stringify(results), { parser: 'json', printWidth: 100 }))
for (const [language, picture] of Object.entries(drawBurst(results as unknown as BurstRows))) {
  await writeFile(`docs/screens/burst.${language}.svg`, picture)
}
// Requests that were left waiting keep timers.
process.exit()
