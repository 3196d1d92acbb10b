import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bundleCore, createAuthOnly } from './coreBundle'

/** The modules of src/auth by what they do; `host` is src/uni. */
const PARTS: Record<string, string[]> = {
  requests: [
    'request',
    'dispatch',
    'conclude',
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
    'attempts',
    'loginAttempt',
    'loginSteps',
    'carriedLogin',
    'loginCalls',
    'loginCode',
    'backoff',
    'background',
  ],
  prompts: ['prompts', 'promptState', 'submissions', 'submit', 'submitCalls', 'ensure'],
  session: ['session', 'stored', 'tokenState', 'verify'],
  challenge: ['challenge'],
  errors: ['errors', 'warnings'],
  host: [],
  'put together': ['createAuth', 'client', 'backend', 'changes'],
}

/** What the client core costs an app, in bytes. */
export interface CoreSize {
  whole: number
  gzipped: number
  /** Minified bytes by part; a module that no part names is its own part. */
  parts: Map<string, number>
}

export async function measureCore(mode: 'production' | 'development'): Promise<CoreSize> {
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
