import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { Pool } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { socketWithin, surviveLostConnections } from '../src/db/lostConnections'
import { isDatabaseUnavailable } from '../src/db/unavailable'
import { TooManyWaitingError } from '../src/places'
import { openTestBackend, readAnswer, type TestBackend } from './support/backend'
import { listen } from './support/listen'
import { makePerson } from './support/people'

/** A message of PostgreSQL's protocol (section 55.7): its type, its length, its content. */
function message(type: string, content: Buffer | string): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(Buffer.byteLength(content) + 4)
  return Buffer.concat([Buffer.from(type), length, Buffer.from(content)])
}

const refusal = (state: string) => message('E', `SFATAL\0C${state}\0Mnot now\0\0`)
const welcome = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', 'I')])

describe('an error of node-postgres says that the database is away', () => {
  let server: Server | undefined
  let pool: Pool | undefined
  afterEach(async () => {
    await pool?.end()
    server?.close()
    server = undefined
  })

  async function failureOf(
    answer: ((socket: Socket) => void) | 'nobody listens',
    { limit = 60_000, silence = 60_000 } = {},
  ) {
    const sockets: Socket[] = []
    server = createServer((socket) => {
      sockets.push(socket.on('error', () => undefined))
      if (answer !== 'nobody listens') answer(socket)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    if (answer === 'nobody listens') await once(server.close(), 'close')
    pool = new Pool({
      connectionString: `postgresql://user@127.0.0.1:${port}/database`,
      connectionTimeoutMillis: limit,
      stream: () => socketWithin(silence),
    }).on('error', () => undefined)
    surviveLostConnections(pool)
    const database = drizzle({ client: pool })
    const [query, transaction] = await Promise.allSettled([
      database.execute(sql`select 1`),
      database.transaction((tx) => tx.execute(sql`select 1`)),
    ])
    // None keeps its place in the pool.
    await expect.poll(() => pool?.totalCount).toBe(0)
    for (const socket of sockets) socket.destroy()
    return [query, transaction].map((one) => {
      if (one.status === 'fulfilled') throw new Error('the query did not fail')
      return one.reason as unknown
    })
  }

  it.each<[string, Parameters<typeof failureOf>[0]]>([
    ['when nobody listens', 'nobody listens'],
    ['when the connection is cut', (socket) => socket.end()],
    ['when the connection is reset', (socket) => socket.resetAndDestroy()],
    ['while PostgreSQL starts or recovers', (socket) => socket.end(refusal('57P03'))],
    ['when it refuses the password', (socket) => socket.end(refusal('28P01'))],
    ['when it refuses the user', (socket) => socket.end(refusal('28000'))],
    ['when it has no such database', (socket) => socket.end(refusal('3D000'))],
    ['when it has no more connections', (socket) => socket.end(refusal('53300'))],
    ['when a statement takes too long', (socket) => socket.end(refusal('57014'))],
    ['when a transaction does nothing for too long', (socket) => socket.end(refusal('25P03'))],
    [
      'when it ends the connection of a query',
      (socket) => {
        socket.once('data', () => {
          socket.write(welcome)
          socket.once('data', () => socket.end(refusal('57P01')))
        })
      },
    ],
    [
      'when the connection of a query is lost',
      (socket) => {
        socket.once('data', () => {
          socket.write(welcome)
          socket.once('data', () => socket.destroy())
        })
      },
    ],
  ])('%s', async (_, answer) => {
    const failures = await failureOf(answer)
    expect(failures.map(isDatabaseUnavailable)).toEqual([true, true])
  })

  it('when nothing answers within the time limit', async () => {
    const failures = await failureOf(() => undefined, { limit: 100 })
    expect(failures.map(isDatabaseUnavailable)).toEqual([true, true])
  })

  it('when a query is not answered, nor is its connection ended', async () => {
    const failures = await failureOf((socket) => socket.once('data', () => socket.write(welcome)), {
      silence: 1000,
    })
    expect(failures.map(isDatabaseUnavailable)).toEqual([true, true])
  })

  it.each(['23505', '42P01', '40001'])('not for SQLSTATE %s', async (state) => {
    const failures = await failureOf((socket) => socket.end(refusal(state)))
    expect(failures.map(isDatabaseUnavailable)).toEqual([false, false])
  })
})

describe('while the database is away', () => {
  let backend: TestBackend
  let served: Awaited<ReturnType<typeof listen>>
  let token = ''
  beforeAll(async () => {
    backend = await openTestBackend()
    served = await listen(backend)
    token = (await backend.signIn(makePerson())).accessToken
  })
  afterAll(async () => {
    await served.close()
    await backend.close()
  })

  const get = async (path: string, headers: Record<string, string> = {}) =>
    readAnswer(await fetch(served.url + path, { headers }))

  it('a request gets 503 with Retry-After, and its session is kept', async () => {
    const headers = { Authorization: `Bearer ${token}` }
    backend.before('select', () => Promise.reject(shutdown()))
    const answer = await get('/me', headers)
    expect(answer.status).toBe(503)
    expect(answer.body).toEqual({
      type: '/problems/database-unavailable',
      title: 'The database cannot be reached.',
      status: 503,
    })
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect(answer.headers.get('Retry-After')).toBe('2')
    expect(answer.headers.has('WWW-Authenticate')).toBe(false)
    expect((await get('/me', headers)).status).toBe(200)
  })

  it('the process is live, but not ready', async () => {
    const dead = { Authorization: 'Bearer of-nobody' }
    expect((await get('/health/live', dead)).body).toEqual({ status: 'live' })
    const ready = await get('/health/ready', dead)
    expect(ready).toMatchObject({ status: 200, body: { status: 'ready' } })
    expect(ready.headers.get('Cache-Control')).toBe('no-store')

    backend.before('select 1', () => Promise.reject(shutdown()))
    const away = await get('/health/ready', dead)
    expect(away.status).toBe(503)
    expect(away.headers.get('Retry-After')).toBe('2')
    expect((await get('/health/live', dead)).status).toBe(200)
  })

  it('the log has no line for what is well, and one for what is not', async () => {
    const lines = () => backend.log.map((line) => JSON.parse(line) as Record<string, unknown>)
    const before = lines().length
    await get('/health/ready')
    backend.before('select 1', () => Promise.reject(shutdown()))
    const away = await get('/health/ready')
    await get('/services')
    const [well, warning, answered, other] = lines().slice(before)
    expect(well).toMatchObject({ level: 20, route: '/health/ready', status: 200 })
    expect(warning).toMatchObject({
      level: 40,
      msg: 'the database is away',
      requestId: away.headers.get('X-Request-Id'),
      error: { cause: { code: '57P01' } },
    })
    expect(other).toMatchObject({ level: 30, route: '/services', status: 200 })
    expect(answered).toMatchObject({ level: 30, route: '/health/ready', status: 503 })
  })
})

it('a request that would wait behind too many gets 503 with Retry-After', async () => {
  const backend = await openTestBackend()
  try {
    backend.app.get('/waits', () => {
      throw new TooManyWaitingError()
    })
    const { status, headers, body } = await backend.send('GET', '/waits')
    expect([status, headers.get('Retry-After')]).toEqual([503, '1'])
    expect(body.type).toBe('/problems/overloaded')
    expect(backend.log.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'answered',
    ])
  } finally {
    await backend.close()
  }
})

/** As node-postgres passes on what PostgreSQL says when it is stopped. */
function shutdown(): Error {
  return Object.assign(new Error('terminating connection'), { code: '57P01' })
}
