// The backend as processes of their own. It is bundled once: tsx would compile it anew for each.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** A program that logs `listening` with its address. */
export interface ServerProgram {
  /** Starts a process of it; `options` are node's. */
  launch(env: Record<string, string>, options?: string[]): Promise<ServerProcess>
  remove(): Promise<void>
}

/** A process that listens at `url`. */
export interface ServerProcess {
  url: string
  /** What it has used so far, in a heap that holds no garbage. */
  measure(): Promise<Measured>
  end(signal: NodeJS.Signals): Promise<void>
}

/** Of the processor in µs, of the heap in bytes. */
export interface Measured {
  cpu: number
  heap: number
}

/** Lets the process that started it ask what it has used, and ends with that. */
const meter = `
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    globalThis.gc?.()
    process.send({ cpu: user + system, heap: process.memoryUsage().heapUsed })
  })
  process.on('disconnect', () => process.exit())
  process.channel.unref()
`

/** The reference backend, or another program that listens. */
export async function bundleProgram(entry = pathOf('../../src/main.ts')): Promise<ServerProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'watchword-program-'))
  // As deep as the source: it finds its migrations from where it is.
  const file = join(folder, 'src/db/main.mjs')
  await build({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  await symlink(pathOf('../../drizzle'), join(folder, 'drizzle'))
  await symlink(pathOf('../../../node_modules'), join(folder, 'node_modules'))
  return {
    launch: (env, options = []) => launch([...options, file], env),
    remove: () => rm(folder, { recursive: true }),
  }
}

async function launch(args: string[], env: Record<string, string>): Promise<ServerProcess> {
  const preload = `data:text/javascript,${encodeURIComponent(meter)}`
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const exited = once(child, 'exit')
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error('the child has no output')
  const complaint = text(stderr)
  return {
    url: await addressIn(stdout).catch(async () => Promise.reject(new Error(await complaint))),
    async measure() {
      const measured = once(child, 'message')
      child.send('measure')
      return (await measured)[0] as Measured
    },
    async end(signal) {
      child.kill(signal)
      await exited
    },
  }
}

/** The address in the log of a backend that begins; rejects if it ends instead. */
async function addressIn(log: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input: log })
  for await (const line of lines) {
    const { msg, url } = JSON.parse(line) as { msg: string; url: string }
    if (msg === 'listening') {
      // Nobody reads on, and it must not wait for that.
      log.resume()
      return url
    }
  }
  throw new Error('it has ended')
}
