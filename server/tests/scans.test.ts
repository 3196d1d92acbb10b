import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { events, scans, sessions } from '../src/db/schema'
import { openTestBackend, type TestBackend } from './support/backend'
import { createScanning, png, scanCode, type CreatedScan, type Scanning } from './support/scanning'

let backend: TestBackend
let scanning: Scanning
let draining: AbortController

async function open(options: Parameters<typeof openTestBackend>[0] = {}) {
  draining = new AbortController()
  backend = await openTestBackend({ scanCode, draining: draining.signal, ...options })
  scanning = createScanning(backend)
}
afterEach(() => backend.close())

describe('a code to scan', () => {
  beforeEach(() => open())

  it('is a picture that opens the mini-program, with 128 random bits as its scene', async () => {
    backend.wechat.script('token', { access_token: 'the-token', expires_in: 7200 })
    backend.wechat.script('draw', png)
    const { status, headers, body } = await backend.send('POST', '/auth/scans')
    expect(status).toBe(201)
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(body).toEqual({
      data: {
        id: expect.stringMatching(/^[\w-]{22}$/),
        secret: expect.stringMatching(/^[\w-]{43}$/),
        expiresIn: 120,
        image: `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
      },
    })
    const { id, secret } = body.data as CreatedScan
    const drawn = { scene: id, page: 'pages/scan', check_path: false, env_version: 'trial' }
    expect(backend.wechat.calls.at(-1)).toMatchObject({
      path: '/wxa/getwxacodeunlimit',
      query: { access_token: 'the-token' },
      body: drawn,
    })
    const [stored] = await backend.database.select().from(scans)
    expect(JSON.stringify(stored)).not.toContain(secret)
    expect(backend.log.join()).not.toMatch(new RegExp(`${secret}|${id}`))
  })

  it('is not there when WeChat draws none', async () => {
    backend.wechat.script('token', { access_token: 't', expires_in: 7200 })
    backend.wechat.script('draw', { errcode: 41030, errmsg: 'invalid page' })
    const { status, body } = await backend.send('POST', '/auth/scans')
    expect({ status, type: body.type }).toEqual({
      status: 503,
      type: '/problems/wechat-unavailable',
    })
    expect(await backend.database.$count(scans)).toBe(0)
  })

  it('is for the phone that scans it first', async () => {
    const [first, second] = [await scanning.signIn(), await scanning.signIn()]
    const scan = await scanning.create()
    expect((await scanning.act('scanned', scan, first)).status).toBe(200)
    for (const what of ['scanned', 'confirm', 'decline']) {
      const { status, body } = await scanning.act(what, scan, second)
      expect({ status, type: body.type }).toEqual({ status: 410, type: '/problems/scan-over' })
    }
    expect((await scanning.act('confirm', scan, first)).status).toBe(200)
  })

  it('is scanned by one phone only of two at once', async () => {
    const [first, second] = [await scanning.signIn(), await scanning.signIn()]
    const scan = await scanning.create()
    const answers = await Promise.all([
      scanning.act('scanned', scan, first),
      scanning.act('scanned', scan, second),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410])
  })

  it('takes the same from its phone twice, but nothing else after it', async () => {
    const token = await scanning.signIn()
    const [confirmed, declined] = [await scanning.create(), await scanning.create()]
    const statuses = async (scan: CreatedScan, ...acts: string[]) => {
      const all = []
      for (const what of acts) all.push((await scanning.act(what, scan, token)).status)
      return all
    }
    const beforehand = await statuses(confirmed, 'confirm', 'decline')
    expect(beforehand).toEqual([410, 410])
    const kept = await statuses(confirmed, 'scanned', 'scanned', 'confirm', 'confirm', 'decline')
    expect(kept).toEqual([200, 200, 200, 200, 410])
    const left = await statuses(declined, 'scanned', 'decline', 'decline', 'confirm', 'scanned')
    expect(left).toEqual([200, 200, 200, 410, 410])
    const kinds = (await backend.database.select().from(events)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'scan')).toHaveLength(1)
  })

  it('is not confirmed by a session that needs a second proof itself', async () => {
    const token = await scanning.signIn()
    await backend.database.update(sessions).set({ needsSecondProof: true })
    const scan = await scanning.create()
    expect((await scanning.act('scanned', scan, token)).status).toBe(200)
    const { status, body } = await scanning.act('confirm', scan, token)
    expect([status, body.type]).toEqual([403, '/problems/second-proof-needed'])
    await scanning.expectRefused(scan)
  })

  it('is over after two minutes', async () => {
    const token = await scanning.signIn()
    const [unseen, scanned] = [await scanning.create(), await scanning.create()]
    await scanning.act('scanned', scanned, token)
    backend.pass(120)
    expect((await scanning.act('scanned', unseen, token)).status).toBe(410)
    expect((await scanning.act('confirm', scanned, token)).status).toBe(410)
    expect(await scanning.statusOf(unseen)).toEqual({ status: 'expired' })
    expect(await scanning.statusOf(scanned)).toEqual({ status: 'expired' })
  })

  it('is forgotten some minutes later, when there is another one', async () => {
    const scan = await scanning.create()
    backend.pass(120 + 601)
    await scanning.create()
    expect((await scanning.poll(scan)).status).toBe(404)
    expect(await backend.database.$count(scans)).toBe(1)
  })

  it.each(['scanned', 'confirm', 'decline'])(
    'lets nobody without a session say %s',
    async (what) => {
      const scan = await scanning.create()
      const { status, headers } = await backend.send('POST', `/auth/scans/${scan.id}/${what}`)
      expect(status).toBe(401)
      expect(headers.get('WWW-Authenticate')).toContain('methods="sms password scan"')
    },
  )

  it.each(['%00', 'x', 'x'.repeat(22), 'x'.repeat(10_000), '..%2f..'])(
    'is not there by the id %j',
    async (id) => {
      const token = await scanning.signIn()
      const scan = { id, secret: 'x'.repeat(43) }
      expect((await scanning.poll(scan)).status).toBe(404)
      expect((await scanning.act('scanned', scan, token)).status).toBe(410)
      expect([401, 422]).toContain((await scanning.logIn(scan)).status)
    },
  )

  it('may be asked for by pages of any origin, with its secret in a header', async () => {
    const { headers } = await backend.send('OPTIONS', '/auth/scans/x')
    expect(headers.get('Access-Control-Allow-Headers')).toContain('Scan-Secret')
  })
})

describe.each([1, 2])('a poll, with %i processes', (instances) => {
  beforeEach(() => open({ instances }))

  it('is answered once the phone has scanned, and the next one once it has confirmed', async () => {
    const [scan, token] = [await scanning.create(), await scanning.signIn()]
    const first = scanning.poll(scan)
    await scanning.act('scanned', scan, token)
    expect((await first).body).toEqual({ data: { status: 'scanned' } })
    const second = scanning.poll(scan, 'scanned')
    await scanning.act('confirm', scan, token)
    expect((await second).body).toEqual({ data: { status: 'confirmed' } })
  })

  it('is answered at once what the browser does not know yet', async () => {
    const [scan, token] = [await scanning.create(), await scanning.signIn()]
    await scanning.act('scanned', scan, token)
    expect((await scanning.poll(scan)).body.data).toEqual({ status: 'scanned' })
    expect((await scanning.poll(scan, 'nonsense')).body.data).toEqual({ status: 'scanned' })
  })

  it('is answered when the backend begins to close', async () => {
    const scan = await scanning.create()
    const answer = scanning.poll(scan)
    draining.abort()
    expect((await answer).body.data).toEqual({ status: 'waiting' })
    expect((await scanning.poll(scan)).body.data).toEqual({ status: 'waiting' })
  })
})

describe('polls that wait', () => {
  it('are 500 in a process; a further one is refused for now', async () => {
    await open()
    const { id, secret } = await scanning.create()
    const [row] = await backend.database.select().from(scans)
    // Another poll of the same scan would end the one before.
    const ids = Array.from({ length: 500 }, (_, at) => `${at}`.padStart(id.length, '0'))
    await backend.database.insert(scans).values(ids.map((own) => ({ ...row!, id: own })))
    const waiting = ids.map((own) => scanning.poll({ id: own, secret }))
    const { status, headers, body } = await scanning.poll({ id, secret })
    expect([status, body.type]).toEqual([503, '/problems/overloaded'])
    expect(headers.get('Retry-After')).toBe('1')
    draining.abort()
    const answers = await Promise.all(waiting)
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]))
    expect((await scanning.poll({ id, secret })).status).toBe(200)
  })
})

describe('the limits of scans', () => {
  it('are those of the browser’s address, and of the phone', async () => {
    await open({ limits: { scans: { count: 2, seconds: 60 }, scanned: { count: 1, seconds: 60 } } })
    const [scan, other] = [await scanning.create(), await scanning.create()]
    const tooMany = await backend.send('POST', '/auth/scans')
    expect({ status: tooMany.status, after: tooMany.headers.get('Retry-After') }).toEqual({
      status: 429,
      after: '60',
    })
    const token = await scanning.signIn()
    expect((await scanning.act('scanned', scan, token)).status).toBe(200)
    expect((await scanning.act('scanned', other, token)).status).toBe(429)
    expect((await scanning.act('confirm', scan, token)).status).toBe(200)
  })
})

describe('a backend without a page for codes', () => {
  it('serves no scans, takes none for a login, and names no such way', async () => {
    await open({ scanCode: undefined })
    expect((await backend.send('POST', '/auth/scans')).status).toBe(404)
    const { status, body } = await scanning.logIn({ id: 'x'.repeat(22), secret: 'x' })
    expect(status).toBe(422)
    expect(body.errors).toEqual([{ pointer: '#/scan', detail: 'is no way to sign in here' }])
    const guest = await backend.send('GET', '/auth/token-state')
    expect(guest.headers.get('WWW-Authenticate')).toContain('methods="sms password"')
  })
})
