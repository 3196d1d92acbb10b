import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { createWechat, type Wechat } from '@watchword/simulator/wechat'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { LockedPackages } from '../../scripts/server/lockfile'
import { writeServer } from '../../scripts/server/writeServer'
import { anyFreePort } from '../support/ports'

const run = promisify(execFile)
const appId = 'wx0123456789abcdef'
const appSecret = 'the secret of the app'
const hasDocker = spawnSync('docker', ['info']).status === 0

let folder: string
let built: string
let wechat: Wechat
let wechatUrl: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchword-server-'))
  built = join(folder, 'server')
  await writeServer(built)
  wechat = createWechat({ appId, appSecret })
  wechatUrl = await wechat.start(0)
})
afterAll(async () => {
  await wechat?.close()
  await rm(folder, { recursive: true, force: true })
})

function environment(port: number): Record<string, string> {
  return {
    PORT: String(port),
    WECHAT_API_BASE: wechatUrl,
    WECHAT_APP_ID: appId,
    WECHAT_APP_SECRET: appSecret,
    SESSION_KEY_SECRET: Buffer.alloc(32, 1).toString('base64'),
    PUBLIC_URL: 'https://api.example',
  }
}

/** What `npm ci --omit=dev` installs from the built lockfile, without asking a registry. */
async function install(): Promise<void> {
  const { packages } = JSON.parse(await readFile(join(built, 'package-lock.json'), 'utf8')) as {
    packages: LockedPackages
  }
  // One after the other: some are inside others. Those of other systems are not installed here.
  for (const place of Object.keys(packages).filter(Boolean).sort()) {
    if (!existsSync(place)) continue
    await cp(place, join(built, place), {
      recursive: true,
      filter: (path) => !path.slice(place.length).includes('node_modules'),
    })
  }
}

async function logIn(url: string): Promise<number> {
  const post = (address: string, body: object) =>
    fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  const issued = await post(`${wechatUrl}/_control/login-code`, { person: 'lin' })
  const { code } = (await issued.json()) as { code: string }
  return (await post(`${url}/auth/login`, { code })).status
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: stdout! })) {
    const { msg, url } = JSON.parse(line) as { msg: string; url: string }
    if (msg === 'listening') {
      stdout!.resume()
      return url
    }
  }
  throw new Error('the backend has ended')
}

/** The command by which a container finds out how it is. */
async function healthCheck(port: number): Promise<number | null> {
  const text = await readFile(join(built, 'Dockerfile'), 'utf8')
  const [, command] = /HEALTHCHECK [^]*?CMD (\[.*\])/.exec(text)!
  const [, ...options] = JSON.parse(command!) as string[]
  const check = spawn(process.execPath, options, { env: { PORT: String(port) } })
  const [code] = (await once(check, 'exit')) as [number | null]
  return code
}

test('the built backend runs on its own dependencies, in a folder of its own', async () => {
  await install()
  // Fails for a package that is missing, of another version, or superfluous.
  await run('npm', ['ls', '--all', '--omit=dev'], {
    cwd: built,
    shell: process.platform === 'win32',
  })

  const dataDir = join(folder, 'data')
  await cp(join(inject('freshData'), 'server'), dataDir, { recursive: true })
  const port = await anyFreePort()
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: built,
    env: { ...environment(port), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const url = await addressOf(child)
    expect(await logIn(url)).toBe(200)
    expect((await fetch(`${url}/health/ready`)).status).toBe(200)
    expect(await healthCheck(port)).toBe(0)
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    expect(await healthCheck(port)).toBe(1)
  } finally {
    child.kill('SIGKILL')
  }
})

test('it has a file for each of the sources, and no types', async () => {
  const list = async (directory: string) =>
    (await readdir(directory, { recursive: true, encoding: 'utf8' })).sort()
  const sources = await list('server/src')
  expect(await list(join(built, 'dist'))).toEqual(
    sources.map((file) => file.replace(/\.ts$/, '.js')),
  )
})

test.skipIf(!hasDocker)('the image of it is healthy, and runs as nobody special', async () => {
  const image = `watchword-test-${process.pid}`
  await rm(join(built, 'node_modules'), { recursive: true, force: true })
  await run('docker', ['build', '--tag', image, built])
  const port = await anyFreePort()
  const variables = Object.entries({ ...environment(port), HOST: '127.0.0.1' })
  const env = variables.flatMap(([name, value]) => ['--env', `${name}=${value}`])
  // The stand-in for WeChat listens on this machine.
  await run('docker', ['run', '--detach', '--network=host', '--name', image, ...env, image])
  try {
    const inspect = async (format: string) =>
      (await run('docker', ['inspect', '--format', format, image])).stdout.trim()
    await expect.poll(() => inspect('{{.State.Health.Status}}')).toBe('healthy')
    expect(await logIn(`http://127.0.0.1:${port}`)).toBe(200)
    expect((await run('docker', ['exec', image, 'id', '-un'])).stdout.trim()).toBe('node')
    await run('docker', ['stop', image])
    expect(await inspect('{{.State.ExitCode}}')).toBe('0')
  } finally {
    await run('docker', ['rm', '--force', '--volumes', image])
    await run('docker', ['rmi', image])
  }
})
