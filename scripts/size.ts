// Prints what the client core costs an app, part by part, and fails when it has grown.
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { sizesOf } from './compiledSize'
import { bundleCore, createAuthOnly } from './coreBundle'
import { CORE, limitOf } from './recordedSizes'
import { printTable } from './table'

/** The modules of src/auth by what they do; `host` is src/uni. */
const PARTS: Record<string, string[]> = {
  requests: [
    'request',
    'transfer',
    'stream',
    'run',
    'nextStep',
    'unauthorized',
    'queue',
    'snapshot',
    'header',
    'wire',
    'answer',
    'address',
  ],
  login: [
    'login',
    'loginAttempt',
    'carriedLogin',
    'loginCalls',
    'loginCode',
    'backoff',
    'background',
  ],
  prompts: ['prompts', 'promptState', 'submissions', 'submit', 'ensure'],
  session: ['session', 'stored', 'tokenState', 'verify'],
  challenge: ['challenge'],
  errors: ['errors', 'warnings'],
  host: [],
  'put together': ['createAuth', 'client', 'backend', 'changes'],
}

interface Measured {
  whole: number
  gzipped: number
  /** Minified bytes by part; a module that no part names is its own part. */
  parts: Map<string, number>
}

const production = await measure('production')
const development = await measure('development')
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

async function measure(mode: 'production' | 'development'): Promise<Measured> {
  const { code, metafile } = await bundleCore(createAuthOnly, mode)
  const parts = new Map(Object.keys(PARTS).map((part) => [part, 0]))
  const [output] = Object.values(metafile.outputs)
  for (const [file, { bytesInOutput }] of Object.entries(output!.inputs)) {
    if (bytesInOutput === 0) continue
    const part = partOf(file)
    parts.set(part, (parts.get(part) ?? 0) + bytesInOutput)
  }
  const bytes = Buffer.from(code)
  return { whole: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length, parts }
}

function partOf(file: string): string {
  if (file.startsWith('src/uni/')) return 'host'
  const name = basename(file, '.ts')
  return Object.keys(PARTS).find((part) => PARTS[part]!.includes(name)) ?? file
}

function row(name: string, pick: (measured: Measured) => number): string[] {
  return [name, ...[production, development].map((one) => pick(one).toLocaleString('en'))]
}
