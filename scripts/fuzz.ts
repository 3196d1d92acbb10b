// `npm run fuzz -- <minutes>`: the inputs of tests/properties/fuzz, other ones each time, for so long. What fails
// is reported as small as it can be made, with its seed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

const minutes = Number(process.argv[2] ?? 10)
if (!(minutes > 0)) {
  console.error('npm run fuzz -- <minutes>: how long, shared by all targets; 10 if not given')
  process.exit(2)
}

const child = spawn(
  'npx',
  [
    'vitest',
    'run',
    '--project',
    'properties',
    'tests/properties/fuzz.test.ts',
    '--reporter=verbose',
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_MINUTES: String(minutes) },
    shell: process.platform === 'win32',
  },
)
const [code] = (await once(child, 'close')) as [number | null]
process.exitCode = code ?? 1
