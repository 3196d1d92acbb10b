import { describe, expect, it } from 'vitest'
import { asking, givePhone } from '../../support/challenged'
import { hints } from '../../../src/auth/errors'
import { outcomeOf } from '../../support/outcome'
import { openClient, KEY, stateOf } from '../../support/client'

function circular(): unknown[] {
  const ring: unknown[] = []
  ring.push(ring)
  return ring
}

const UNSENDABLE: [string, () => unknown][] = [
  ['circular data', () => ({ ring: circular() })],
  ['a BigInt', () => ({ id: 1n })],
  [
    'a toJSON that throws',
    () => ({
      toJSON() {
        throw new Error('not today')
      },
    }),
  ],
]

describe('guarantee 23: a request is sent from a snapshot', () => {
  it('keeps data, headers and the call itself as they were, also in the replay', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const data = { list: [1], deep: { a: '搬家' } }
    const header: Record<string, string> = { 'X-A': '1' }
    const options = { url: '/a', method: 'POST' as const, data, header, timeout: 5_000 }
    const outcome = outcomeOf(auth.request(options))
    data.list.push(2)
    data.deep.a = 'changed'
    header['X-A'] = '2'
    header['X-B'] = '3'
    Object.assign(options, { url: '/b', method: 'DELETE', timeout: 1 })
    const first = await host.take('POST /a')
    await first.answer(401, {}, asking('getPhoneNumber'))
    data.deep.a = 'changed again'
    await givePhone(client)
    const second = await host.take('POST /a')
    for (const { call, body } of [first, second]) {
      expect(body).toEqual({ list: [1], deep: { a: '搬家' } })
      expect(call.timeout).toBe(5_000)
      expect(call.header).toEqual({
        'x-a': '1',
        'content-type': 'application/json',
        authorization: 'Bearer t',
      })
    }
    await second.answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
  })

  it('serialises JSON once', async () => {
    const { host, auth } = openClient({ token: 't' })
    let times = 0
    const data = { toJSON: () => ({ times: ++times }) }
    void auth.request({ url: '/a', method: 'PUT', data })
    await (await host.take('PUT /a')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect((await host.take('PUT /a')).body).toEqual({ times: 1 })
    expect(times).toBe(1)
  })

  it.each(['GET', 'HEAD'] as const)(
    'copies the query of a %s, which has no body',
    async (method) => {
      const { host, auth } = openClient({ token: 't' })
      const data = { page: 1 }
      void auth.request({ url: '/a', method, data })
      data.page = 2
      const { call } = await host.take(`${method} /a`)
      expect(call).toMatchObject({ data: { page: 1 } })
      expect(call.header).not.toHaveProperty('content-type')
    },
  )

  it('sends no content type without a body', async () => {
    const { host, auth } = openClient({ token: 't' })
    void auth.request({ url: '/a', method: 'POST' })
    const { call } = await host.take('POST /a')
    expect(call.header).toEqual({ authorization: 'Bearer t' })
    expect(call).not.toHaveProperty('data')
  })

  it('copies form fields given as an object', async () => {
    const { host, auth } = openClient({ token: 't' })
    const data = { name: '阿宁' }
    const header = { 'content-type': 'application/x-www-form-urlencoded' }
    void auth.request({ url: '/a', method: 'POST', data, header })
    data.name = 'changed'
    const { call, body } = await host.take('POST /a')
    expect(body).toEqual({ name: '阿宁' })
    expect(call.header['content-type']).toBe('application/x-www-form-urlencoded')
    expect(call.header).not.toHaveProperty('Content-Type')
  })

  it('copies bytes', async () => {
    const { host, auth } = openClient({ token: 't' })
    const data = new Uint8Array([1, 2, 3])
    const header = { 'Content-Type': 'application/octet-stream' }
    void auth.request({ url: '/a', method: 'POST', data: data.buffer, header })
    data.fill(0)
    const { call } = await host.take('POST /a')
    const sent = 'data' in call ? (call.data as ArrayBuffer) : new ArrayBuffer(0)
    expect([...new Uint8Array(sent)]).toEqual([1, 2, 3])
  })

  it.each([
    ['an ArrayBuffer', () => new Uint8Array([1, 2, 3]).buffer],
    ['a view of a part of one', () => new Uint8Array([0, 1, 2, 3, 4]).subarray(1, 4)],
  ])('sends %s as bytes, which carry no login', async (_, make) => {
    const { host, auth } = openClient()
    void auth.request({ url: '/a', method: 'POST', data: make() }).catch(() => {})
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    const { call } = await host.take('POST /a')
    expect(call.header['content-type']).toBe('application/octet-stream')
    const sent = 'data' in call ? (call.data as ArrayBuffer) : new ArrayBuffer(0)
    expect([...new Uint8Array(sent)]).toEqual([1, 2, 3])
  })

  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
  ])('refuses %s as data', async (_, data) => {
    const { host, auth } = openClient({ token: 't' })
    await expect(auth.request({ url: '/a', method: 'POST', data })).rejects.toMatchObject({
      code: 'protocol',
    })
    expect(host.sent).toEqual([])
  })

  it('copies the form data and the path of an upload, and a host may not spoil its replay', async () => {
    const { host, auth } = openClient({ token: 't' })
    const options = { url: '/u', filePath: 'wxfile://1', name: 'file', formData: { a: '1' } }
    void auth.upload(options)
    options.formData.a = '2'
    Object.assign(options, { filePath: 'wxfile://2', name: 'other' })
    const first = await host.take('UPLOAD')
    const expected = { filePath: 'wxfile://1', name: 'file', formData: { a: '1' } }
    expect(first.call).toMatchObject(expected)
    Object.assign(first.call, { formData: { a: '3' } })
    first.call.header['authorization'] = 'spoiled'
    await first.answer(401, '{}')
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    const second = await host.take('UPLOAD')
    expect(second.call).toMatchObject(expected)
    expect(second.authorization).toBe('Bearer n')
  })

  it.each(UNSENDABLE)('refuses %s, and sends nothing', async (_name, make) => {
    const { host, auth } = openClient({ token: 't' })
    for (const method of ['POST', 'GET'] as const) {
      const call = auth.request({ url: '/a', method, data: make() })
      await expect(call).rejects.toMatchObject({
        ...{ code: 'protocol', cause: expect.any(Error) as Error },
        message: expect.stringContaining(hints.data) as string,
      })
    }
    expect(host.sent).toHaveLength(0)
  })

  it.each([
    [undefined, undefined],
    [null, undefined],
    ['text', 'text'],
    ['', ''],
    [0, '0'],
    [false, 'false'],
    [[], '[]'],
  ])('sends %j as %j', async (data, sent) => {
    const { host, auth } = openClient({ token: 't' })
    const header = { 'Content-Type': 'text/json' }
    void auth.request({ url: '/a', method: 'POST', data, header })
    await new Promise(setImmediate)
    // The fake host reads JSON, which plain text is not.
    const [call] = host.onWire
    expect(call && 'data' in call.call ? call.call.data : undefined).toBe(sent)
  })
})

const DAMAGED: [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['an empty string', ''],
  ['cut JSON', '{"state":{"accessToken":"t","expi'],
  ['JSON null', 'null'],
  ['a JSON number', '7'],
  ['a JSON string', '"t"'],
  ['a JSON list', '[{"state":{}}]'],
  ['an object, not text', { state: stateOf('t'), at: 0 }],
  ['a number', 7],
  ['a bare token state', JSON.stringify(stateOf('t'))],
  ['no time', JSON.stringify({ state: stateOf('t') })],
  ['a time that is text', JSON.stringify({ state: stateOf('t'), at: '0' })],
  ['no token', JSON.stringify({ state: { expiresIn: 1 }, at: 0 })],
  ['a token that is a number', JSON.stringify({ state: { accessToken: 7, expiresIn: 1 }, at: 0 })],
  ['a token with a line break', JSON.stringify({ state: stateOf('t\r\nX: 1'), at: 0 })],
  ['a lifetime of zero', JSON.stringify({ state: { ...stateOf('t'), expiresIn: 0 }, at: 0 })],
  ['a version that is a word', JSON.stringify({ state: { ...stateOf('t'), version: 'a' }, at: 0 })],
  ['a mark that is text', JSON.stringify({ signedOut: 'yes' })],
  [
    'something oversized',
    JSON.stringify({ state: stateOf('t', { x: 'x'.repeat(70_000) }), at: 0 }),
  ],
  ['something deep', `{"state":${'['.repeat(30_000)}${']'.repeat(30_000)},"at":0}`],
  ['something deep in a token state', deepState()],
]

function deepState(): string {
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
  return `{"state":{"accessToken":"t","expiresIn":1,"x":${deep}},"at":0}`
}

describe('guarantee 24: storage that cannot be trusted', () => {
  it.each(DAMAGED)('%s means no session yet', async (_name, value) => {
    const client = openClient()
    client.host.storage.set(KEY, value)
    const { host, auth } = openClient({ host: client.host })
    expect(auth.tokenState).toBe(null)
    expect(auth.signedOut).toBe(false)
    const outcome = outcomeOf(auth.request('/a'))
    const carrier = await host.take('GET /a')
    expect(carrier.authorization).toBe('WxLogin code-1')
    await carrier.answer(200, { data: 1, tokenState: stateOf('n') })
    expect(outcome.value).toBe(1)
    expect(openClient({ host }).auth.tokenState?.accessToken).toBe('n')
  })

  it('takes a stored session as it was left', () => {
    const { auth } = openClient({ token: 't', state: { uid: 'u', version: 3, 城市: '杭州' } })
    expect(auth.tokenState).toEqual(stateOf('t', { uid: 'u', version: 3, 城市: '杭州' }))
  })

  it.each([
    [65_536, 't'],
    [65_537, undefined],
  ])('takes %i characters as if they held the token %j', (size, token) => {
    const { host } = openClient()
    const textOf = (x: string) => JSON.stringify({ state: stateOf('t', { x }), at: 0 })
    host.storage.set(KEY, textOf('x'.repeat(size - textOf('').length)))
    expect(openClient({ host }).auth.tokenState?.accessToken).toBe(token)
  })

  it('means no session yet when reading throws', async () => {
    const client = openClient({ token: 't' })
    client.host.broken.add('getItem')
    const { host, auth } = openClient({ host: client.host })
    expect(auth.tokenState).toBe(null)
    void auth.request('/a')
    expect((await host.take('GET /a')).authorization).toBe('WxLogin code-1')
  })

  it('lets the session live in memory when writing throws', async () => {
    const { host, auth, warnings } = openClient()
    host.broken.add('setItem')
    const login = auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect((await login).accessToken).toBe('n')
    expect(warnings.map(({ code }) => code)).toEqual(['storage_failed'])
    void auth.request('/a')
    expect((await host.take('GET /a')).authorization).toBe('Bearer n')
  })

  it('keeps what was stored when a new token cannot be written', async () => {
    const { host, auth } = openClient({ token: 't' })
    host.broken.add('setItem')
    const login = auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    await login
    expect(openClient({ host }).auth.tokenState?.accessToken).toBe('t')
  })

  it('ends a refused session in memory when removing throws', async () => {
    const { host, auth, warnings } = openClient({ token: 't' })
    host.broken.add('removeItem')
    const login = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(403)
    expect(login).toMatchObject({ error: { code: 'login_rejected' } })
    expect(auth.tokenState).toBe(null)
    expect(warnings.map(({ code }) => code)).toEqual(['storage_failed'])
  })

  it('signs out in memory when everything throws', async () => {
    const { host, auth } = openClient({ token: 't' })
    for (const name of ['getItem', 'setItem', 'removeItem'] as const) host.broken.add(name)
    await auth.logout()
    expect(auth.tokenState).toBe(null)
    expect(auth.signedOut).toBe(true)
  })

  it('warns when a second client uses the same key', () => {
    const { host, warnings } = openClient()
    expect(warnings).toEqual([])
    expect(openClient({ host }).warnings.map(({ code }) => code)).toEqual(['duplicate_storage_key'])
    expect(openClient({ host, storageKey: 'mine' }).warnings).toEqual([])
  })

  it('keeps clients of different backends apart', async () => {
    const { host } = openClient({ token: 't' })
    const other = openClient({ host, baseURL: 'https://other.example.com' })
    expect(other.auth.tokenState).toBe(null)
    await other.auth.logout()
    expect(openClient({ host }).auth.tokenState?.accessToken).toBe('t')
  })
})
