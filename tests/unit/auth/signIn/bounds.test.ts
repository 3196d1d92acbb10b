import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../../support/outcome'
import { createBench, stateOf, type Bench } from '../../../support/signedIn'

const phone = { 'WWW-Authenticate': 'getPhoneNumber' }
const info = { 'WWW-Authenticate': 'getUserInfo' }

/** Logins and submits succeed; whatever else is asked gets 401 with these headers. */
function refuseAll({ host }: Bench, headers: Record<string, unknown> = {}) {
  let issued = 0
  host.serve = ({ line }) =>
    line.startsWith('POST /auth/')
      ? { status: 200, data: { tokenState: stateOf(`t${++issued}`) } }
      : { status: 401, data: {}, headers }
}

describe('promise 8: a backend that always answers 401 costs a bounded number of requests', () => {
  it('a request: sent, a login, sent again, and login_rejected', async () => {
    const bench = createBench({ token: 'dead' })
    refuseAll(bench)
    await expect(bench.auth.request('/a')).rejects.toMatchObject({
      code: 'login_rejected',
      status: 401,
    })
    expect(bench.host.sent.map(({ line }) => line)).toEqual([
      'GET /a',
      'POST /auth/login',
      'GET /a',
    ])
  })

  it('an upload and a download likewise', async () => {
    const bench = createBench({ token: 'dead' })
    refuseAll(bench)
    const { auth, host } = bench
    const upload = auth.upload({ url: '/a', filePath: 'wxfile://a', name: 'f' })
    await expect(upload).rejects.toMatchObject({ code: 'login_rejected' })
    await expect(auth.download({ url: '/b' })).rejects.toMatchObject({ code: 'login_rejected' })
    expect(host.sent).toHaveLength(6)
  })

  it('fifty at once: two sendings each and one login', async () => {
    const bench = createBench({ token: 'dead' })
    refuseAll(bench)
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => bench.auth.request(`/${i}`)),
    )
    for (const one of all) expect(one).toMatchObject({ reason: { code: 'login_rejected' } })
    const counts = new Map<string, number>()
    for (const { line } of bench.host.sent) counts.set(line, (counts.get(line) ?? 0) + 1)
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(8 + 2)
    expect([...counts].filter(([line, n]) => line.startsWith('GET') && n > 2)).toEqual([])
    expect(bench.host.sent.length).toBeLessThanOrEqual(2 * 50 + 10)
    expect(bench.host.clock.pending).toBe(0)
  })

  it('a first request: carrying its login, a login, sent again, and login_rejected', async () => {
    const bench = createBench()
    refuseAll(bench)
    await expect(bench.auth.request('/a')).rejects.toMatchObject({ code: 'login_rejected' })
    expect(bench.host.sent).toHaveLength(3)
  })

  it('a first request naming WxLogin, likewise', async () => {
    const bench = createBench()
    refuseAll(bench, { 'WWW-Authenticate': 'WxLogin, Bearer' })
    await expect(bench.auth.request('/a')).rejects.toMatchObject({ code: 'login_rejected' })
    expect(bench.host.sent).toHaveLength(3)
  })

  it('logins too: one refused login for any number of requests', async () => {
    const { host, auth } = createBench()
    host.serve = () => ({ status: 401 })
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => auth.request(`/${i}`)),
    )
    for (const one of all) expect(one).toMatchObject({ reason: { code: 'login_rejected' } })
    expect(host.sent.length).toBeLessThanOrEqual(2)
  })

  it('an unknown scheme: one sending, a typed error, no login', async () => {
    const bench = createBench({ token: 't' })
    refuseAll(bench, { 'WWW-Authenticate': 'Basic realm="x"' })
    await expect(bench.auth.request('/a')).rejects.toMatchObject({
      code: 'unknown_challenge',
      challenge: { scheme: 'Basic' },
    })
    expect(bench.host.sent).toHaveLength(1)
    expect(bench.auth.tokenState?.accessToken).toBe('t')
  })

  it('a token that is rotated by every 401 does not lead it round in circles', async () => {
    const { host, auth } = createBench({ token: 't0' })
    let rotations = 0
    host.serve = () => ({ status: 401, data: { tokenState: stateOf(`r${++rotations}`) } })
    await expect(auth.request('/a')).rejects.toMatchObject({ code: 'login_rejected' })
    expect(host.sent).toHaveLength(2)
  })

  it('a guest: asked to sign in once, sent again once', async () => {
    const bench = createBench()
    await bench.auth.logout()
    refuseAll(bench)
    const outcome = outcomeOf(bench.auth.request('/a'))
    await bench.host.clock.advance(0)
    expect(bench.auth.prompt).toMatchObject({ kind: 'login' })
    await bench.auth.submitLogin()
    await bench.host.clock.advance(0)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'login_rejected' } })
    expect(bench.host.sent).toHaveLength(3)
    expect(bench.auth.prompt).toBe(null)
  })
})

describe('promise 8: once for each kind of prompt', () => {
  it('asks for what was just given: still_challenged, with the challenge', async () => {
    const bench = createBench({ token: 't' })
    refuseAll(bench, phone)
    const outcome = outcomeOf(bench.auth.request('/a'))
    await bench.host.clock.advance(0)
    await bench.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'p' })
    await bench.host.clock.advance(0)
    expect(outcome).toMatchObject({
      is: 'rejected',
      error: { code: 'still_challenged', status: 401, challenge: { scheme: 'getPhoneNumber' } },
    })
    expect(bench.auth.prompt).toBe(null)
    expect(bench.host.sent).toHaveLength(3)
  })

  it('may log in, give user info, give the phone number: four sendings at most', async () => {
    const { host, auth } = createBench({ token: 'dead' })
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
    const { host, auth } = createBench({ token: 'dead' })
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
    const bench = createBench({ token: 't' })
    bench.host.serve = ({ line }) =>
      line.startsWith('POST /auth/')
        ? { status: 200, data: { tokenState: stateOf('t') } }
        : { status: 401, data: '{"challenges":"getPhoneNumber"}' }
    const outcome = outcomeOf(bench.auth.upload({ url: '/a', filePath: 'wxfile://a', name: 'f' }))
    await bench.host.clock.advance(0)
    expect(bench.auth.prompt).toMatchObject({ kind: 'getPhoneNumber' })
    await bench.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'p' })
    await bench.host.clock.advance(0)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'still_challenged' } })
    expect(bench.host.sent.filter(({ line }) => line === 'UPLOAD /a')).toHaveLength(2)
  })
})
