// Prints what the client core costs an app, part by part, and fails when it has grown.
import { sizesOf } from './compiledSize'
import { measureCore, type CoreSize } from './coreParts'
import { CORE, limitOf } from './recordedSizes'
import { printTable } from './table'

const production = await measureCore('production')
const development = await measureCore('development')
printTable([
  ['bytes', 'production', 'development'],
  ...[...production.parts.keys()].map((part) => row(part, ({ parts }) => parts.get(part) ?? 0)),
  row('createAuth and all it needs', ({ whole }) => whole),
  row('gzipped', ({ gzipped }) => gzipped),
])

const sizes = await sizesOf('dist/build/mp-weixin').catch(() => undefined)
if (!sizes) console.log('the mini-program: not built (npm run build:mp-weixin)')
else {
  const { whole, main, client, components } = sizes
  console.log(`the compiled mini-program: ${whole} bytes, its main package ${main},`)
  console.log(`  of it client, navigation, permissions and store ${client},`)
  console.log(`  components, forms and their texts ${components}`)
}

if (production.gzipped > limitOf(CORE)) {
  console.error(`the client core has grown over ${limitOf(CORE)} bytes gzipped (${CORE} and 5 %)`)
  process.exitCode = 1
}

function row(name: string, pick: (measured: CoreSize) => number): string[] {
  return [name, ...[production, development].map((one) => pick(one).toLocaleString('en'))]
}
