import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { inArray } from 'drizzle-orm'
import sharp from 'sharp'
import { afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import { moveAvatarFiles } from '../../src/avatars/moveFiles'
import { readConfig } from '../../src/readConfig'
import { DirectoryInUseError } from '../../src/db/lock'
import { openDatabase } from '../../src/db/open'
import { openPglite } from '../../src/db/pglite'
import { avatars } from '../../src/db/schema'
import { createLogger } from '../../src/log'
import { startServer } from '../../src/server'
import { readAnswer, stateOf } from '../support/backend'
import { addressOf, backendCommand } from '../support/backendProcess'
import { dayInChina } from '../support/days'
import { startFakeWeChat, type FakeWeChat } from '../support/fakeWeChat'
import { draw, formWith, pictures } from '../support/pictures'
import { appId, loginReply, makePerson, makePhoneNumber, sealedPhone } from '../support/people'
import { createDatabase } from '../support/testDatabase'

const log = createLogger('silent')

let wechat: FakeWeChat
/** Where the database is a directory, which one process has. */
const isInDirectory = inject('postgresUrl') === undefined

let dataDir = ''
let databaseUrl: string | undefined
let children: ChildProcess[] = []

/** A data directory as a backend leaves it: making one takes seconds, a copy does not. */
let made = ''
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'watchword-'))
  if (isInDirectory) await (await openPglite({ dataDir: made, appId })).close()
  return () => rm(made, { recursive: true, force: true })
})

beforeEach(async () => {
  wechat = await startFakeWeChat()
  dataDir = await mkdtemp(join(tmpdir(), 'watchword-'))
  await cp(made, dataDir, { recursive: true })
  databaseUrl = await createDatabase()
  return async () => {
    await wechat.close()
    await rm(dataDir, { recursive: true, force: true })
  }
})
afterEach(async () => {
  for (const child of children) await kill(child)
  children = []
})

function environment(more: Record<string, string> = {}) {
  return {
    PORT: '0',
    DATA_DIR: dataDir,
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    WECHAT_API_BASE: wechat.url,
    WECHAT_APP_ID: appId,
    WECHAT_APP_SECRET: 'a-secret',
    WECHAT_TIMEOUT: '60000',
    SESSION_KEY_SECRET: Buffer.alloc(32, 1).toString('base64'),
    ...more,
  }
}

function launch(env: Record<string, string> = {}): ChildProcess {
  const [program, ...options] = backendCommand
  const child = spawn(program, options, {
    env: { PATH: process.env.PATH, ...environment(env) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}

async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL') {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

/** How a backend ended that could not start: its exit code and the lines it complained in. */
async function failureOf(child: ChildProcess) {
  if (!child.stderr) throw new Error('the child has no output')
  const [complaint] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { code: child.exitCode, lines: complaint.trimEnd().split('\n') }
}

const nameIn = (path: string) => path.slice(-43)

async function send(url: string, token: string, body?: unknown) {
  const headers = {
    ...(token && { Authorization: `Bearer ${token}` }),
    'Content-Type': 'application/json',
  }
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  return readAnswer(await fetch(url, { headers, ...init }))
}

it('killed in mid-login and started again on the same data, has lost nobody and answers on', async () => {
  const first = launch()
  const url = await addressOf(first)
  const people = Array.from({ length: 8 }, (_, number) => ({
    code: `c${number}`,
    ...makePerson(),
  }))
  for (const person of people) wechat.script(`login ${person.code}`, loginReply(person))
  const held = makePerson()
  wechat.script('login held', new Promise<object>(() => {}))

  const [person] = people
  if (!person) throw new Error('nobody')
  const { accessToken } = stateOf(await send(`${url}/auth/login`, '', { code: person.code }))
  const phone = sealedPhone(person, makePhoneNumber())
  const bound = stateOf(await send(`${url}/auth/phone-number`, accessToken, phone))
  const inMidLogin = send(`${url}/auth/login`, '', { code: 'held' }).catch(() => 'cut off')
  const logins = people.slice(1).map(({ code }) => send(`${url}/auth/login`, '', { code }))
  const settled = Promise.allSettled(logins)
  await Promise.race(logins)
  await kill(first)

  const answered = (await settled).flatMap((login) =>
    login.status === 'fulfilled' ? [stateOf(login.value).accessToken] : [],
  )
  expect(answered.length).toBeGreaterThan(0)
  expect(await inMidLogin).toBe('cut off')

  const again = await addressOf(launch())
  const state = stateOf(await send(`${again}/auth/token-state`, accessToken))
  expect(state).toMatchObject({ uid: bound.uid, version: bound.version, hasPhoneNumber: true })
  for (const token of answered) {
    expect((await send(`${again}/me`, token)).status).toBe(200)
  }
  wechat.script('login again', loginReply(held))
  expect((await send(`${again}/auth/login`, '', { code: 'again' })).status).toBe(200)
  const json = { serviceId: 'family', name: '林', phone: '13800138000', address: '杭州' }
  const booked = await send(`${again}/bookings`, accessToken, {
    ...json,
    date: dayInChina(Date.now(), 1),
  })
  expect(booked.status).toBe(201)
})

it.runIf(isInDirectory)(
  'one process at a time has the data directory; a second one says so in one line',
  async () => {
    const first = launch()
    await addressOf(first)
    expect(await failureOf(launch())).toEqual({
      code: 1,
      lines: [`${dataDir} is in use by process ${first.pid}: stop it, or choose another DATA_DIR`],
    })

    await kill(first, 'SIGTERM')
    expect(first.exitCode).toBe(0)
    expect(await readdir(dataDir)).toEqual(['postgres'])
  },
)

it.runIf(isInDirectory)(
  'starts on a directory whose making was cut off, and on the lock of a process long gone',
  async () => {
    await rm(join(dataDir, 'postgres'), { recursive: true })
    await mkdir(join(dataDir, 'postgres.draft'))
    await writeFile(join(dataDir, 'postgres.draft', 'PG_VERSION'), '18\n')
    // A process of this number lives, but it started at another time.
    await writeFile(join(dataDir, `lock.${process.pid}.1`), '')
    const server = await startServer(readConfig(environment({ LOG_LEVEL: 'silent' })))
    expect((await send(`${server.url}/services`, '')).status).toBe(200)
    await server.close()
  },
)

it('runs inside another process too, once on a directory, and gives everything back when closed', async () => {
  const config = readConfig(environment({ LOG_LEVEL: 'silent' }))
  const server = await startServer(config)
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
  expect((await send(`${server.url}/services`, '')).status).toBe(200)
  if (isInDirectory) await expect(startServer(config)).rejects.toBeInstanceOf(DirectoryInUseError)
  await server.close()
  await expect(fetch(server.url)).rejects.toThrow()

  const again = await startServer(config)
  expect((await send(`${again.url}/services`, '')).status).toBe(200)
  await again.close()
})

it('answers the polls that wait when it closes, before it cuts anything off', async () => {
  wechat.script('token', { access_token: 't', expires_in: 7200 })
  wechat.script('draw', Uint8Array.from([0x89, 0x50, 0x4e, 0x47]))
  const server = await startServer(
    readConfig(environment({ LOG_LEVEL: 'silent', WECHAT_SCAN_PAGE: 'pages/scan' })),
  )
  const created = await fetch(`${server.url}/auth/scans`, { method: 'POST' })
  const { data } = (await created.json()) as { data: { id: string; secret: string } }
  const headers = { 'Scan-Secret': data.secret }
  const poll = fetch(`${server.url}/auth/scans/${data.id}`, { headers })
  // Of the same connection as the poll, or one that is accepted after it.
  await fetch(`${server.url}/services`)
  await server.close()
  expect(await (await poll).json()).toEqual({ data: { status: 'waiting' } })
})

it('moves pictures that were files into the database when it starts, and leaves young uploads alone', async () => {
  const config = readConfig(environment({ LOG_LEVEL: 'silent' }))
  const first = await startServer(config)
  wechat.script('login c', loginReply(makePerson()))
  const { accessToken } = stateOf(await send(`${first.url}/auth/login`, '', { code: 'c' }))
  const headers = { Authorization: `Bearer ${accessToken}` }
  async function upload() {
    const body = formWith({ file: pictures['image/webp'] })
    const uploaded = await fetch(`${first.url}/auth/avatar`, { method: 'POST', headers, body })
    const { data } = (await readAnswer(uploaded)).body as { data: { avatarUrl: string } }
    return data.avatarUrl.slice(first.url.length)
  }
  const [young, photo, broken] = [await upload(), await upload(), await upload()]
  await first.close()

  // As a backend has left it that kept files.
  const directory = join(dataDir, 'avatars')
  await mkdir(directory)
  const camera = await draw(800, 600)
    .jpeg()
    .withExif({ IFD0: { Make: 'Camera' } })
    .toBuffer()
  for (const [name, bytes] of [
    [nameIn(photo), camera],
    [nameIn(broken), 'no picture'],
    ['x'.repeat(43), 'left behind'],
    ['README', "somebody's own"],
  ] as const) {
    await writeFile(join(directory, name), bytes)
  }
  const opened = await openDatabase({ ...config, appId, log: log })
  const files = inArray(avatars.name, [nameIn(photo), nameIn(broken)])
  await opened.database.update(avatars).set({ bytes: null }).where(files)
  await opened.close()

  const again = await startServer(config)
  // Left behind beside PGlite, it is nobody's; beside PostgreSQL, it may be of a former PGlite.
  const unknown = isInDirectory ? [] : ['x'.repeat(43)]
  expect((await readdir(directory)).sort()).toEqual(['README', ...unknown])
  const served = Buffer.from(await (await fetch(again.url + photo)).arrayBuffer())
  expect(await sharp(served).metadata()).toMatchObject({ format: 'webp', width: 512, height: 384 })
  expect(served.includes('Camera')).toBe(false)
  expect((await fetch(again.url + young)).status).toBe(200)
  expect((await fetch(again.url + broken)).status).toBe(404)
  await again.close()

  await rm(join(directory, 'README'))
  await writeFile(join(directory, 'y'.repeat(43)), 'left behind')
  await (await startServer(config)).close()
  expect((await readdir(dataDir)).includes('avatars')).toBe(!isInDirectory)
})

it('makes a PGlite lose no pictures when it is started on PostgreSQL beside it', async () => {
  const directory = join(dataDir, 'avatars')
  await mkdir(directory, { recursive: true })
  const name = 'z'.repeat(43)
  await writeFile(join(directory, name), 'a picture of somebody in PGlite')
  const { database, close } = await openDatabase({ ...readConfig(environment()), appId, log })
  const config = { dataDir, databaseUrl: 'postgresql://elsewhere/' }
  await moveAvatarFiles(database, config)
  await close()
  expect(await readdir(directory)).toEqual([name])
})

it('closes while WeChat is being asked about a session key, and nothing runs after', async () => {
  const log: string[] = []
  const server = await startServer(readConfig(environment()), {
    logDestination: { write: (line) => void log.push((JSON.parse(line) as { msg: string }).msg) },
  })
  const person = makePerson()
  wechat.script('login c', loginReply(person))
  wechat.script('token', { access_token: 'wechat-token', expires_in: 7200 })
  const check = wechat.hold('check')
  const { accessToken } = stateOf(await send(`${server.url}/auth/login`, '', { code: 'c' }))
  const foul = sealedPhone(makePerson(), makePhoneNumber())
  const answer = await send(`${server.url}/auth/phone-number`, accessToken, foul)
  expect(answer.status).toBe(409)
  await check.arrived

  await server.close()
  await check.ended
  expect(log).toEqual(['listening', 'answered', 'answered', 'closed'])
})

it('names all faults of its configuration and ends', async () => {
  const faults = await failureOf(launch({ PORT: 'x', WECHAT_APP_ID: '' }))
  expect(faults).toEqual({
    code: 1,
    lines: ['PORT must be a whole number from 0 to 65535', 'WECHAT_APP_ID is missing'],
  })
})

it('says in one line that PostgreSQL cannot be reached, and by which variable', async () => {
  const { code, lines } = await failureOf(
    launch({ DATABASE_URL: 'postgresql://user:a-password@localhost:1/app' }),
  )
  expect(code).toBe(1)
  expect(lines).toEqual([expect.stringMatching(/^DATABASE_URL: .*ECONNREFUSED/)])
})

it('says in one line that the port is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  expect(await failureOf(launch({ PORT: String(port) }))).toEqual({
    code: 1,
    lines: [`port ${port} is taken: stop what uses it, or choose another`],
  })
  other.close()
})
