import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { events, scans, sessions } from '../src/db/schema'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson } from './support/people'

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])
const scanCode = { page: 'pages/scan', checkPath: false, envVersion: 'trial' } as const
const edge =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0'

let backend: TestBackend
let draining: AbortController
/** Codes are drawn with the token of the first time. */
let isFirst: boolean

async function open(options: Parameters<typeof openTestBackend>[0] = {}) {
  draining = new AbortController()
  isFirst = true
  backend = await openTestBackend({ scanCode, draining: draining.signal, ...options })
}
afterEach(() => backend.close())

interface Created {
  id: string
  secret: string
}

/** The code of a browser. */
async function create(headers: Record<string, string> = {}): Promise<Created> {
  if (isFirst) backend.wechat.script('token', { access_token: 't', expires_in: 7200 })
  isFirst = false
  backend.wechat.script('draw', png)
  const { status, body } = await backend.send('POST', '/auth/scans', { headers })
  expect(status).toBe(201)
  return body.data as Created
}

const poll = ({ id, secret }: Created, known = '') =>
  backend.send('GET', `/auth/scans/${id}${known && `?known=${known}`}`, {
    headers: { 'Scan-Secret': secret },
  })
/** As the browser knows it without waiting: nothing is ever `expired` before it is created. */
const statusOf = async (scan: Created) => (await poll(scan, 'expired')).body.data
const act = (what: string, { id }: Created, token: string) =>
  backend.send('POST', `/auth/scans/${id}/${what}`, { token })
const logIn = (scan: object, headers: Record<string, string> = {}) =>
  backend.send('POST', '/auth/login', { json: { scan }, headers })
const signIn = async (person = makePerson()) => (await backend.signIn(person)).accessToken
const personOf = async (token: string) =>
  (await backend.send('GET', '/auth/token-state', { token })).status

/** Scanned and confirmed by somebody. */
async function confirm(scan: Created, token: string): Promise<void> {
  expect((await act('scanned', scan, token)).status).toBe(200)
  expect((await act('confirm', scan, token)).status).toBe(200)
}

async function expectRefused(answer: ReturnType<typeof logIn>) {
  const { status, headers, body } = await answer
  expect(status).toBe(401)
  expect(headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_credentials"')
  expect(body.type).toBe('/problems/invalid-credentials')
}

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
    const { id, secret } = body.data as Created
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

  it('signs the browser in as the person who confirms, for as long as it is used', async () => {
    const phone = await backend.signIn(makePerson())
    const scan = await create({ 'User-Agent': edge })
    expect(await statusOf(scan)).toEqual({ status: 'waiting' })
    const scanned = await act('scanned', scan, phone.accessToken)
    const at = new Date(backend.now()).toISOString()
    expect(scanned.body.data).toEqual({ browser: { system: 'Edge, Windows', at } })
    expect(await statusOf(scan)).toEqual({ status: 'scanned' })
    expect((await act('confirm', scan, phone.accessToken)).status).toBe(200)
    const confirmed = await poll(scan)
    // An answer to a poll cannot begin a session.
    expect(confirmed.body).toEqual({ data: { status: 'confirmed' } })
    const state = stateOf(await logIn(scan))
    expect(state.expiresIn).toBe(30 * 86_400)
    expect(state.accessToken).not.toBe(phone.accessToken)
    const listed = await backend.send('GET', '/auth/sessions', { token: state.accessToken })
    expect(listed.body.data).toHaveLength(2)
  })

  it('can be exchanged again for 60 s, which ends the session whose answer was lost', async () => {
    const scan = await create()
    await confirm(scan, await signIn())
    const lost = stateOf(await logIn(scan))
    backend.pass(59)
    const { accessToken } = stateOf(await logIn(scan))
    expect(await personOf(lost.accessToken)).toBe(401)
    expect(await personOf(accessToken)).toBe(200)
    backend.pass(1)
    await expectRefused(logIn(scan))
    expect(await personOf(accessToken)).toBe(200)
  })

  it('cannot be exchanged again once somebody has ended the session', async () => {
    const phone = await signIn()
    const scan = await create()
    await confirm(scan, phone)
    const { accessToken } = stateOf(await logIn(scan))
    await backend.send('POST', '/auth/logout', { token: accessToken })
    await expectRefused(logIn(scan))
  })

  it('has to be exchanged within 60 s of the confirmation', async () => {
    const [inTime, late] = [await create(), await create()]
    const token = await signIn()
    await confirm(inTime, token)
    await confirm(late, token)
    backend.pass(59)
    stateOf(await logIn(inTime))
    backend.pass(1)
    await expectRefused(logIn(late))
    expect(await statusOf(late)).toEqual({ status: 'expired' })
  })

  it('replaces the session that the browser had', async () => {
    const guest = await signIn()
    const scan = await create()
    await confirm(scan, await signIn())
    const { accessToken } = stateOf(await logIn(scan, { 'Replaces-Token': guest }))
    backend.pass(60)
    expect(await personOf(guest)).toBe(401)
    expect(await personOf(accessToken)).toBe(200)
  })

  it('is only for who has its secret', async () => {
    const [scan, other] = [await create(), await create()]
    await confirm(scan, await signIn())
    for (const secret of [other.secret, 'x', scan.secret.toLowerCase()]) {
      await expectRefused(logIn({ ...scan, secret }))
      expect((await poll({ ...scan, secret })).status).toBe(404)
    }
    expect((await backend.send('GET', `/auth/scans/${scan.id}`)).status).toBe(404)
    stateOf(await logIn(scan))
  })

  it.each(['waiting', 'scanned', 'declined'])('signs nobody in while it is %s', async (status) => {
    const [scan, token] = [await create(), await signIn()]
    if (status !== 'waiting') await act('scanned', scan, token)
    if (status === 'declined') await act('decline', scan, token)
    expect(await statusOf(scan)).toEqual({ status })
    await expectRefused(logIn(scan))
  })

  it('is for the phone that scans it first', async () => {
    const [first, second] = [await signIn(), await signIn()]
    const scan = await create()
    expect((await act('scanned', scan, first)).status).toBe(200)
    for (const what of ['scanned', 'confirm', 'decline']) {
      const { status, body } = await act(what, scan, second)
      expect({ status, type: body.type }).toEqual({ status: 410, type: '/problems/scan-over' })
    }
    expect((await act('confirm', scan, first)).status).toBe(200)
  })

  it('is scanned by one phone only of two at once', async () => {
    const [first, second] = [await signIn(), await signIn()]
    const scan = await create()
    const answers = await Promise.all([act('scanned', scan, first), act('scanned', scan, second)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410])
  })

  it('takes the same from its phone twice, but nothing else after it', async () => {
    const token = await signIn()
    const [confirmed, declined] = [await create(), await create()]
    const statuses = async (scan: Created, ...acts: string[]) => {
      const all = []
      for (const what of acts) all.push((await act(what, scan, token)).status)
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
    const token = await signIn()
    await backend.database.update(sessions).set({ needsSecondProof: true })
    const scan = await create()
    expect((await act('scanned', scan, token)).status).toBe(200)
    const { status, body } = await act('confirm', scan, token)
    expect([status, body.type]).toEqual([403, '/problems/second-proof-needed'])
    await expectRefused(logIn(scan))
  })

  it('is over after two minutes', async () => {
    const token = await signIn()
    const [unseen, scanned] = [await create(), await create()]
    await act('scanned', scanned, token)
    backend.pass(120)
    expect((await act('scanned', unseen, token)).status).toBe(410)
    expect((await act('confirm', scanned, token)).status).toBe(410)
    expect(await statusOf(unseen)).toEqual({ status: 'expired' })
    expect(await statusOf(scanned)).toEqual({ status: 'expired' })
  })

  it('is forgotten some minutes later, when there is another one', async () => {
    const scan = await create()
    backend.pass(120 + 601)
    await create()
    expect((await poll(scan)).status).toBe(404)
    expect(await backend.database.$count(scans)).toBe(1)
  })

  it('ends with the account of who confirmed it', async () => {
    const scan = await create()
    const token = await signIn()
    await confirm(scan, token)
    await backend.send('DELETE', '/auth/account', { token })
    await expectRefused(logIn(scan))
    expect((await poll(scan)).status).toBe(404)
  })

  it.each(['scanned', 'confirm', 'decline'])(
    'lets nobody without a session say %s',
    async (what) => {
      const scan = await create()
      const { status, headers } = await backend.send('POST', `/auth/scans/${scan.id}/${what}`)
      expect(status).toBe(401)
      expect(headers.get('WWW-Authenticate')).toContain('methods="sms password scan"')
    },
  )

  it.each(['%00', 'x', 'x'.repeat(22), 'x'.repeat(10_000), '..%2f..'])(
    'is not there by the id %j',
    async (id) => {
      const token = await signIn()
      const scan = { id, secret: 'x'.repeat(43) }
      expect((await poll(scan)).status).toBe(404)
      expect((await act('scanned', scan, token)).status).toBe(410)
      expect([401, 422]).toContain((await logIn(scan)).status)
    },
  )

  it('takes a login whose secret is any text', async () => {
    const { id } = await create()
    for (const secret of ['', 5, null, 'x'.repeat(65), '\u0000', '😀']) {
      expect([401, 422]).toContain((await logIn({ id, secret })).status)
    }
  })

  it('may be asked for by pages of any origin, with its secret in a header', async () => {
    const { headers } = await backend.send('OPTIONS', '/auth/scans/x')
    expect(headers.get('Access-Control-Allow-Headers')).toContain('Scan-Secret')
  })
})

describe.each([1, 2])('a poll, with %i processes', (instances) => {
  beforeEach(() => open({ instances }))

  it('is answered once the phone has scanned, and the next one once it has confirmed', async () => {
    const [scan, token] = [await create(), await signIn()]
    const first = poll(scan)
    await act('scanned', scan, token)
    expect((await first).body).toEqual({ data: { status: 'scanned' } })
    const second = poll(scan, 'scanned')
    await act('confirm', scan, token)
    expect((await second).body).toEqual({ data: { status: 'confirmed' } })
  })

  it('is answered at once what the browser does not know yet', async () => {
    const [scan, token] = [await create(), await signIn()]
    await act('scanned', scan, token)
    expect((await poll(scan)).body.data).toEqual({ status: 'scanned' })
    expect((await poll(scan, 'nonsense')).body.data).toEqual({ status: 'scanned' })
  })

  it('is answered when the backend begins to close', async () => {
    const scan = await create()
    const answer = poll(scan)
    draining.abort()
    expect((await answer).body.data).toEqual({ status: 'waiting' })
    expect((await poll(scan)).body.data).toEqual({ status: 'waiting' })
  })
})

describe('the limits of scans', () => {
  it('are those of the browser’s address, and of the phone', async () => {
    await open({ limits: { scans: { count: 2, seconds: 60 }, scanned: { count: 1, seconds: 60 } } })
    const [scan, other] = [await create(), await create()]
    const tooMany = await backend.send('POST', '/auth/scans')
    expect({ status: tooMany.status, after: tooMany.headers.get('Retry-After') }).toEqual({
      status: 429,
      after: '60',
    })
    const token = await signIn()
    expect((await act('scanned', scan, token)).status).toBe(200)
    expect((await act('scanned', other, token)).status).toBe(429)
    expect((await act('confirm', scan, token)).status).toBe(200)
  })
})

describe('a backend without a page for codes', () => {
  it('serves no scans, takes none for a login, and names no such way', async () => {
    await open({ scanCode: undefined })
    expect((await backend.send('POST', '/auth/scans')).status).toBe(404)
    const { status, body } = await logIn({ id: 'x'.repeat(22), secret: 'x' })
    expect(status).toBe(422)
    expect(body.errors).toEqual([{ pointer: '#/scan', detail: 'is no way to sign in here' }])
    const guest = await backend.send('GET', '/auth/token-state')
    expect(guest.headers.get('WWW-Authenticate')).toContain('methods="sms password"')
  })
})
