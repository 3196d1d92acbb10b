import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf, type Client } from '../../../support/client'

const phone = { 'WWW-Authenticate': 'getPhoneNumber' }
const info = { 'WWW-Authenticate': 'getUserInfo' }

/** Logins and submits succeed; whatever else is asked gets 401 with these headers. */
function refuseAll({ host }: Client, headers: Record<string, unknown> = {}) {
  let issued = 0
  host.serve = ({ line }) =>
    line.startsWith('POST /auth/')
      ? { status: 200, data: { tokenState: stateOf(`t${++issued}`) } }
      : { status: 401, data: {}, headers }
}

describe('guarantee 8: a backend that always answers 401 costs a bounded number of requests', () => {
  it('a request: sent, a login, sent again, and login_rejected', async () => {
    const client = openClient({ token: 'dead' })
    refuseAll(client)
    await expect(client.auth.request('/a')).rejects.toMatchObject({
      code: 'login_rejected',
      status: 401,
    })
    expect(client.host.sent.map(({ line }) => line)).toEqual([
      'GET /a',
      'POST /auth/login',
      'GET /a',
    ])
  })

  it('an upload and a download likewise', async () => {
    const client = openClient({ token: 'dead' })
    refuseAll(client)
    const { auth, host } = client
    const upload = auth.upload({ url: '/a', filePath: 'wxfile://a', name: 'f' })
    await expect(upload).rejects.toMatchObject({ code: 'login_rejected' })
    await expect(auth.download({ url: '/b' })).rejects.toMatchObject({ code: 'login_rejected' })
    expect(host.sent).toHaveLength(6)
  })

  it('fifty at once: two sendings each and one login', async () => {
    const client = openClient({ token: 'dead' })
    refuseAll(client)
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => client.auth.request(`/${i}`)),
    )
    for (const one of all) expect(one).toMatchObject({ reason: { code: 'login_rejected' } })
    const counts = new Map<string, number>()
    for (const { line } of client.host.sent) counts.set(line, (counts.get(line) ?? 0) + 1)
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(8 + 2)
    expect([...counts].filter(([line, n]) => line.startsWith('GET') && n > 2)).toEqual([])
    expect(client.host.sent.length).toBeLessThanOrEqual(2 * 50 + 10)
    expect(client.host.clock.pending).toBe(0)
  })

  it('a first request: carrying its login, a login, sent again, and login_rejected', async () => {
    const client = openClient()
    refuseAll(client)
    await expect(client.auth.request('/a')).rejects.toMatchObject({ code: 'login_rejected' })
    expect(client.host.sent).toHaveLength(3)
  })

  it('a first request naming WxLogin, likewise', async () => {
    const client = openClient()
    refuseAll(client, { 'WWW-Authenticate': 'WxLogin, Bearer' })
    await expect(client.auth.request('/a')).rejects.toMatchObject({ code: 'login_rejected' })
    expect(client.host.sent).toHaveLength(3)
  })

  it('logins too: one refused login for any number of requests', async () => {
    const { host, auth } = openClient()
    host.serve = () => ({ status: 401 })
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => auth.request(`/${i}`)),
    )
    for (const one of all) expect(one).toMatchObject({ reason: { code: 'login_rejected' } })
    expect(host.sent.length).toBeLessThanOrEqual(2)
  })

  it('an unknown scheme: one sending, a typed error, no login', async () => {
    const client = openClient({ token: 't' })
    refuseAll(client, { 'WWW-Authenticate': 'Basic realm="x"' })
    await expect(client.auth.request('/a')).rejects.toMatchObject({
      code: 'unknown_challenge',
      challenge: { scheme: 'Basic' },
    })
    expect(client.host.sent).toHaveLength(1)
    expect(client.auth.tokenState?.accessToken).toBe('t')
  })

  it('a token that is rotated by every 401 does not lead it round in circles', async () => {
    const { host, auth } = openClient({ token: 't0' })
    let rotations = 0
    host.serve = () => ({ status: 401, data: { tokenState: stateOf(`r${++rotations}`) } })
    await expect(auth.request('/a')).rejects.toMatchObject({ code: 'login_rejected' })
    expect(host.sent).toHaveLength(2)
  })

  it('a guest: asked to sign in once, sent again once', async () => {
    const client = openClient()
    await client.auth.logout()
    refuseAll(client)
    const outcome = outcomeOf(client.auth.request('/a'))
    await client.host.clock.advance(0)
    expect(client.auth.prompt).toMatchObject({ kind: 'login' })
    await client.auth.submitLogin()
    await client.host.clock.advance(0)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'login_rejected' } })
    expect(client.host.sent).toHaveLength(3)
    expect(client.auth.prompt).toBe(null)
  })
})

describe('guarantee 8: once for each kind of prompt', () => {
  it('asks for what was just given: still_challenged, with the challenge', async () => {
    const client = openClient({ token: 't' })
    refuseAll(client, phone)
    const outcome = outcomeOf(client.auth.request('/a'))
    await client.host.clock.advance(0)
    await client.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'p' })
    await client.host.clock.advance(0)
    expect(outcome).toMatchObject({
      is: 'rejected',
      error: { code: 'still_challenged', status: 401, challenge: { scheme: 'getPhoneNumber' } },
    })
    expect(client.auth.prompt).toBe(null)
    expect(client.host.sent).toHaveLength(3)
  })

  it('may log in, give user info, give the phone number: four sendings at most', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /a')).answer(401, {}, info)
    const gaveInfo = auth.submitUserInfo({ nickname: '阿明' })
    await (await host.take('POST /auth/user-info')).answer(200, { tokenState: stateOf('t') })
    await gaveInfo
    await (await host.take('GET /a')).answer(401, {}, phone)
    const gavePhone = auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'p' })
    await (await host.take('POST /auth/phone')).answer(200, { tokenState: stateOf('t') })
    await gavePhone
    await (await host.take('GET /a')).answer(401, {}, info)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'still_challenged' } })
    expect(host.sent.filter(({ line }) => line === 'GET /a')).toHaveLength(4)
  })

  it('does not log in a second time between two prompts', async () => {
    const { host, auth } = openClient({ token: 'dead' })
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /a')).answer(401, {}, phone)
    const gave = auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'p' })
    await (await host.take('POST /auth/phone')).answer(200, { tokenState: stateOf('t') })
    await gave
    await (await host.take('GET /a')).answer(401)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'login_rejected' } })
    expect(host.logins).toBe(1)
    host.assertIdle()
  })

  it('sends an upload again as often, and no more', async () => {
    const client = openClient({ token: 't' })
    client.host.serve = ({ line }) =>
      line.startsWith('POST /auth/')
        ? { status: 200, data: { tokenState: stateOf('t') } }
        : { status: 401, data: '{"challenges":"getPhoneNumber"}' }
    const outcome = outcomeOf(client.auth.upload({ url: '/a', filePath: 'wxfile://a', name: 'f' }))
    await client.host.clock.advance(0)
    expect(client.auth.prompt).toMatchObject({ kind: 'getPhoneNumber' })
    await client.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'p' })
    await client.host.clock.advance(0)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'still_challenged' } })
    expect(client.host.sent.filter(({ line }) => line === 'UPLOAD /a')).toHaveLength(2)
  })
})
