// Starts a PostgreSQL for tests and measurements, on a directory that is gone afterwards.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL for these tests, which may create databases there; PGlite is tested without. */
    postgresUrl: string | undefined
  }
}

const run = promisify(execFile)
/** As long as a hang of apt, in ms. */
const installLimit = 600_000
const debian = '/usr/lib/postgresql'

/** Uses the server at TEST_DATABASE_URL, or starts one; as root on Debian it installs it first. */
export async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_DATABASE_URL
  if (given) {
    provide('postgresUrl', given)
    return undefined
  }
  const server = await startPostgres()
  provide('postgresUrl', server.url)
  return server.stop
}

/** A PostgreSQL of its own, at an address that stays the same. */
export interface OwnPostgres {
  url: string
  /** The folder of its programs, `pgbench` among them. */
  programs: string
  /** Stops it with all its connections, and starts it again on the same data. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/**
 * The folder of `initdb` and `postgres`: that of the newest version, or the one that `pg_config` names. It names one
 * where only the client is installed, too.
 */
async function findPrograms(): Promise<string | undefined> {
  const versions = await readdir(debian).catch(() => [])
  const folders = versions
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(debian, version, 'bin'))
  const config = await run('pg_config', ['--bindir']).catch(() => undefined)
  if (config) folders.push(config.stdout.trim())
  return folders.find((folder) => existsSync(join(folder, 'initdb')))
}

async function installPrograms(): Promise<string> {
  process.stderr.write('Installing postgresql with apt.\n')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // One process after the other: apt gives up at once where another installs something.
  const apt = (...args: string[]) =>
    run('flock', ['--no-fork', '/var/lib/apt', 'apt-get', ...args], { env, timeout: installLimit })
  try {
    await apt('update')
    await apt('install', '--yes', '--no-install-recommends', 'postgresql')
  } catch (cause) {
    throw new Error('no PostgreSQL was found: install it, or set TEST_DATABASE_URL', { cause })
  }
  const programs = await findPrograms()
  if (!programs) throw new Error(`apt has installed no PostgreSQL in ${debian}`)
  return programs
}

/** `more` are settings of the server beyond those that make it quick. */
export async function startPostgres(more: Record<string, string> = {}): Promise<OwnPostgres> {
  const programs = (await findPrograms()) ?? (await installPrograms())
  const folder = await mkdtemp(join(tmpdir(), 'watchword-postgres-'))
  const user = await unprivilegedUser()
  if (user) await chown(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  await run(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-N'], user)
  const port = await anyFreePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    max_connections: 300,
    ...more,
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const start = () => listening(join(programs, 'postgres'), ['-D', data, ...options], user)
  let server = await start()
  const end = async (signal: NodeJS.Signals) => {
    const ended = once(server, 'close')
    server.kill(signal)
    await ended
  }
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    programs,
    async restart() {
      await end('SIGINT')
      server = await start()
    },
    async stop() {
      // Ends the sessions that are left, without a checkpoint.
      await end('SIGQUIT')
      await rm(folder, { recursive: true })
    },
  }
}

/** The process, once it takes connections. */
async function listening(program: string, options: string[], user: Ids | undefined) {
  const server = spawn(program, options, { ...user, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(server, 'close')
  const lines: string[] = []
  const ready = new Promise<true>((resolve) => {
    createInterface({ input: server.stderr }).on('line', (line) => {
      lines.push(line)
      if (line.includes('ready to accept connections')) resolve(true)
    })
  })
  if ((await Promise.race([ready, ended])) !== true)
    throw new Error(`PostgreSQL did not start:\n${lines.join('\n')}`)
  return server
}

interface Ids {
  uid: number
  gid: number
}

/** PostgreSQL refuses to run as root; Debian's package makes a user for it. */
async function unprivilegedUser(): Promise<Ids | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (which) => Number((await run('id', [which, 'postgres'])).stdout)),
  )
  return { uid: uid!, gid: gid! }
}

async function anyFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await once(probe.close(), 'close')
  return port
}
