import { describe, expect, test } from 'vitest'
import { createWechat, PortTakenError } from '../../src/wechat'
import { appId, appSecret, send, useStandIn } from './standIn'

const standIn = useStandIn()
const { control, exchange, logIn } = standIn
const endpoint = 'jscode2session'

describe('faults', () => {
  test.each([-1, 40226, 45011])(
    'answers %i as often as asked to, then recovers',
    async (errcode) => {
      const { code } = await control('login-code', { person: 'lin' })
      await control('faults', { endpoint, errcode, times: 2 })
      expect(await exchange(code)).toMatchObject({ errcode })
      expect(await exchange(code)).toMatchObject({ errcode })
      expect(await exchange(code)).toHaveProperty('session_key')
    },
  )

  test('last until they are cleared, at their endpoint only', async () => {
    await control('faults', { endpoint, errcode: -1 })
    expect(await exchange('any')).toMatchObject({ errcode: -1 })
    expect(await exchange('any')).toMatchObject({ errcode: -1 })
    expect(await standIn.accessToken()).not.toBe('undefined')
    await fetch(`${standIn.url}/_control/faults`, { method: 'DELETE' })
    expect(await exchange('any')).toMatchObject({ errcode: 40029 })
  })

  test('happen in the order they were set', async () => {
    standIn.wechat.setFault({ endpoint, errcode: 45011, times: 1 })
    standIn.wechat.setFault({ endpoint, errcode: -1, times: 1 })
    expect(await exchange('any')).toMatchObject({ errcode: 45011 })
    expect(await exchange('any')).toMatchObject({ errcode: -1 })
  })

  test('a drop ends the connection without an answer, and leaves the code good', async () => {
    const { code } = await control('login-code', { person: 'lin' })
    await control('faults', { endpoint, drop: true, times: 1 })
    await expect(exchange(code)).rejects.toThrow('fetch failed')
    expect(await exchange(code)).toHaveProperty('session_key')
  })

  test('a delay answers, later', async () => {
    await control('faults', { endpoint, delay: 50, times: 1 })
    const start = performance.now()
    expect(await logIn('lin')).toHaveProperty('sessionKey')
    // Timers may fire up to a millisecond early.
    expect(performance.now() - start).toBeGreaterThanOrEqual(49)
  })

  test('a client that does not wait for a delayed answer leaves the code good', async () => {
    const { code } = await control('login-code', { person: 'lin' })
    await control('faults', { endpoint, delay: 60_000, times: 1 })
    const query = new URLSearchParams({
      appid: appId,
      secret: appSecret,
      js_code: String(code),
      grant_type: 'authorization_code',
    })
    const signal = AbortSignal.timeout(50)
    const waiting = fetch(`${standIn.url}/sns/jscode2session?${query}`, { signal })
    await expect(waiting).rejects.toThrow()
    expect(await exchange(code)).toHaveProperty('session_key')
  })

  test('close() ends those that wait for a delayed answer', async () => {
    await control('faults', { endpoint, delay: 60_000 })
    const waiting = expect(exchange('any')).rejects.toThrow('fetch failed')
    await control('check-session', { person: 'lin' })
    await standIn.wechat.close()
    await waiting
  })

  test.each([
    [{ endpoint: 'token', errcode: -1 }, 'endpoint'],
    [{ endpoint }, 'exactly one of'],
    [{ endpoint, errcode: -1, drop: true }, 'exactly one of'],
    [{ endpoint, errcode: 12345 }, 'not a known errcode'],
    [{ endpoint, delay: -1 }, 'delay'],
    [{ endpoint, drop: false }, 'drop'],
    [{ endpoint, errcode: -1, times: 0 }, 'times'],
  ])('%o is no fault', async (body, message) => {
    const response = await send(`${standIn.url}/_control/faults`, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.stringContaining(message) })
  })
})

describe('in this process', () => {
  test('returns the same people and codes without HTTP', async () => {
    const { code } = standIn.wechat.issueLoginCode('lin', { unionid: false })
    const { openid } = standIn.wechat.person('lin')
    expect(await exchange(code)).toEqual({ openid, session_key: expect.any(String) })
    expect(standIn.wechat.checkSession('lin')).toEqual({ valid: true })
  })

  test('invents the same people after a restart, and others for another app', () => {
    const lin = standIn.wechat.person('lin')
    expect(createWechat({ appId, appSecret }).person('lin')).toEqual(lin)
    const elsewhere = createWechat({ appId: 'wxffffffffffffffff', appSecret }).person('lin')
    expect(elsewhere.openid).not.toBe(lin.openid)
    expect(elsewhere.unionid).toBe(lin.unionid)
  })
})

describe('start', () => {
  test('rejects with a PortTakenError that names the port', async () => {
    const port = Number(new URL(standIn.url).port)
    const other = createWechat({ appId, appSecret })
    await expect(other.start(port)).rejects.toThrow(PortTakenError)
    await expect(other.start(port)).rejects.toMatchObject({ port })
    expect(await other.start()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    await other.close()
  })

  test('takes the same port again after close()', async () => {
    await standIn.wechat.close()
    await expect(fetch(standIn.url)).rejects.toThrow()
    expect(await standIn.wechat.start(Number(new URL(standIn.url).port))).toBe(standIn.url)
  })
})
