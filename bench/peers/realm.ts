// A contender as an app would carry it: bundled for WeChat, in production, minified. Each run opens it
// in globals of its own, with a clock that moves only on request: nothing is left over from the run
// before, and timers take no time.
import { build, type Plugin } from 'esbuild'
import { resolve } from 'node:path'
import { createContext, Script } from 'node:vm'
import type { Clock } from '../../tests/support/clock'
import type { Contender, Create } from './contender'
import type { FakeUni } from './fakeUni'

const scripts = new Map<string, Promise<Script>>()

/** @param format `iife` leaves its exports in the global `contender` */
export async function bundle({ module }: Contender, format: 'iife' | 'esm'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [resolve(import.meta.dirname, `contenders/${module}.ts`)],
    bundle: true,
    minify: true,
    format,
    ...(format === 'iife' && { globalName: 'contender' }),
    target: 'es2022',
    plugins: [axiosModules],
    define: {
      'process.env.UNI_PLATFORM': '"mp-weixin"',
      'process.env.NODE_ENV': '"production"',
    },
    write: false,
  })
  return outputFiles[0]!.text
}

/** @uni-helper/axios-adapter imports modules of axios without their extension, which Vite finds. */
const axiosModules: Plugin = {
  name: 'axios-modules',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^axios\/unsafe\/\w+\/\w+$/ }, ({ path, resolveDir, kind }) =>
      resolve(`${path}.js`, { resolveDir, kind }),
    )
  },
}

export async function openContender(
  contender: Contender,
  clock: Clock,
  { uni }: FakeUni,
): Promise<{ create: Create }> {
  const { module } = contender
  const script = scripts.get(module) ?? bundle(contender, 'iife').then((code) => new Script(code))
  scripts.set(module, script)
  const pages = [{ route: 'pages/a' }]
  const globals = { uni, wx: uni, getCurrentPages: () => pages, console: silent }
  const context = createContext({ ...globals, ...timersOf(clock) })
  ;(await script).runInContext(context)
  return context.contender as { create: Create }
}

/** They write every failed login there. */
const silent = { log() {}, info() {}, warn() {}, error() {} }

function timersOf(clock: Clock) {
  class VirtualDate extends Date {
    constructor(value: string | number = clock.now()) {
      super(value)
    }
    static override now = () => clock.now()
  }
  return {
    Date: VirtualDate,
    setTimeout: (callback: () => void, ms = 0) => clock.after(ms, callback),
    clearTimeout: (cancel: (() => void) | undefined) => cancel?.(),
  }
}
