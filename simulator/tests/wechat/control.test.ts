import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { appId, open, send, useStandIn, type Body } from './standIn'

const standIn = useStandIn()
const { control, exchange, logIn } = standIn
const watermark = () => ({ timestamp: standIn.now() / 1000, appid: appId })
const openJson = (sealed: Body, sessionKey: string) => JSON.parse(open(sealed, sessionKey)) as Body

/** What the control API says to a request it does not take. */
async function complaint(path: string, body: unknown): Promise<[number, unknown]> {
  const response = await send(`${standIn.url}/_control/${path}`, body)
  return [response.status, ((await response.json()) as Body).error]
}

describe('user-info', () => {
  test("returns today's anonymous profile, signed and encrypted, with the unionid inside", async () => {
    const { openid, sessionKey } = await logIn('lin')
    const { unionid } = await control('person', { person: 'lin' })
    const result = await control('user-info', { person: 'lin' })
    expect(result.errMsg).toBe('getUserInfo:ok')
    expect(result.userInfo).toMatchObject({ nickName: '微信用户', is_demote: true })
    expect(JSON.parse(String(result.rawData))).toEqual(result.userInfo)
    expect(result.signature).toBe(
      createHash('sha1')
        .update(String(result.rawData) + sessionKey)
        .digest('hex'),
    )
    expect(openJson(result, sessionKey)).toEqual({
      ...(result.userInfo as object),
      openId: openid,
      unionId: unionid,
      watermark: watermark(),
    })
  })

  test("returns the person's own profile for old base libraries", async () => {
    const { sessionKey } = await logIn('林晓')
    const result = await control('user-info', { person: '林晓', profile: 'own' })
    expect(result.userInfo).toMatchObject({ nickName: '林晓', language: 'zh_CN' })
    expect(result.userInfo).not.toHaveProperty('is_demote')
    expect(openJson(result, sessionKey)).toMatchObject({ nickName: '林晓' })
  })

  test.each<[false | 'encrypted', boolean]>([
    [false, false],
    ['encrypted', true],
  ])('with a unionid that is %s, encrypts it: %s', async (unionid, isInside) => {
    await control('person', { person: 'lin', unionid })
    const { sessionKey } = await logIn('lin')
    const plain = openJson(await control('user-info', { person: 'lin' }), sessionKey)
    expect('unionId' in plain).toBe(isInside)
  })
})

describe('phone-data', () => {
  test("returns the person's number, encrypted", async () => {
    const { sessionKey } = await logIn('lin')
    const { phoneNumber } = await control('person', { person: 'lin' })
    expect(openJson(await control('phone-data', { person: 'lin' }), sessionKey)).toEqual({
      phoneNumber,
      purePhoneNumber: phoneNumber,
      countryCode: '86',
      watermark: watermark(),
    })
  })
})

describe('session keys', () => {
  test.each(['user-info', 'phone-data'])(
    '%s for somebody new is encrypted with a key no backend has, until a login',
    async (path) => {
      const sealed = await control(path, { person: 'lin' })
      expect(await control('check-session', { person: 'lin' })).toEqual({ valid: false })
      const { sessionKey } = await logIn('lin')
      expect(() => openJson(sealed, sessionKey)).toThrow()
      expect(openJson(await control(path, { person: 'lin' }), sessionKey)).toHaveProperty(
        'watermark',
      )
    },
  )

  test('stay the same for somebody new as long as nobody logs in', async () => {
    const { signature } = await control('user-info', { person: 'lin' })
    expect((await control('user-info', { person: 'lin' })).signature).toBe(signature)
  })

  test('are rotated for somebody new, who is made on the spot with or without a unionid', async () => {
    expect(await control('rotate-session-key', { person: 'lin', unionid: false })).toEqual({})
    expect(await exchange((await control('login-code', { person: 'lin' })).code)).toEqual({
      openid: expect.any(String),
      session_key: expect.any(String),
    })
  })

  test('a later wx.login, though not exchanged yet, makes the earlier key fail', async () => {
    const { sessionKey } = await logIn('lin')
    const { code } = await control('login-code', { person: 'lin' })
    const sealed = await control('phone-data', { person: 'lin' })
    expect(() => openJson(sealed, sessionKey)).toThrow()
    const { session_key } = await exchange(code)
    expect(openJson(sealed, String(session_key))).toHaveProperty('phoneNumber')
  })

  test('codes under way at once all give the one key that is valid', async () => {
    const codes = [
      await control('login-code', { person: 'lin' }),
      await control('login-code', { person: 'lin' }),
    ]
    const [older, newer] = await Promise.all(codes.map(({ code }) => exchange(code)))
    expect(older?.session_key).toBe(newer?.session_key)
  })

  test('check-session says whether a backend has the key that is valid', async () => {
    const check = () => control('check-session', { person: 'lin' })
    expect(await check()).toEqual({ valid: false })
    const { code } = await control('login-code', { person: 'lin' })
    expect(await check()).toEqual({ valid: false })
    await exchange(code)
    expect(await check()).toEqual({ valid: true })
    await control('rotate-session-key', { person: 'lin' })
    expect(await check()).toEqual({ valid: false })
    await logIn('lin')
    expect(await check()).toEqual({ valid: true })
  })
})

describe('people', () => {
  test('are distinct, and have numbers that nobody really has', async () => {
    const [lin, chen] = [
      await control('person', { person: 'lin' }),
      await control('person', { person: 'chen' }),
    ]
    for (const key of ['openid', 'unionid', 'phoneNumber']) expect(lin[key]).not.toBe(chen[key])
    expect(lin.phoneNumber).toMatch(/^154\d{8}$/)
  })

  test('keep what they have until it is said otherwise', async () => {
    await control('person', { person: 'lin', unionid: false })
    const exchanged = async (body: object) =>
      exchange((await control('login-code', { person: 'lin', ...body })).code)
    expect(await exchanged({})).not.toHaveProperty('unionid')
    expect(await exchanged({ unionid: true })).toHaveProperty('unionid')
  })
})

describe('bad requests', () => {
  test.each<[unknown, string]>([
    ['{"person":', 'the body is not JSON'],
    [{}, 'person: '],
    [{ person: '' }, 'person: '],
    [{ person: 7 }, 'person: '],
    [{ person: 'lin', unionid: 'sometimes' }, 'unionid: '],
    [{ person: 'lin', unionId: false }, 'unionId'],
    [[], 'expected object'],
  ])('the body %o is answered 400 with "%s…"', async (body, message) => {
    expect(await complaint('login-code', body)).toEqual([400, expect.stringContaining(message)])
  })

  test('an unknown control is answered 404', async () => {
    expect(await complaint('no-such', {})).toEqual([404, 'no such control'])
  })

  test('another machine is answered 403', async () => {
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', headers, body: '{"person":"lin"}' }
    const ask = (remoteAddress: string) =>
      standIn.wechat.app.request('/_control/login-code', request, {
        incoming: { socket: { remoteAddress } } as never,
      })
    expect((await ask('192.0.2.7')).status).toBe(403)
    expect((await ask('::ffff:127.0.0.1')).status).toBe(200)
  })
})

describe('sms', () => {
  test('lists the text messages of a number, or of all, the newest last', async () => {
    const at = standIn.now()
    const message = (phone: string, code: string) => ({ phone, code, purpose: 'login' })
    for (const sent of [message('15400000001', '111111'), message('15400000002', '222222')])
      await control('sms', sent)
    await control('sms', { ...message('15400000001', '333333'), purpose: 'bind' })

    const list = async (query: string) =>
      (await fetch(`${standIn.url}/_control/sms${query}`)).json()
    expect(await list('?phone=15400000001')).toEqual([
      { phone: '15400000001', code: '111111', purpose: 'login', at },
      { phone: '15400000001', code: '333333', purpose: 'bind', at },
    ])
    expect(await list('?phone=15400000003')).toEqual([])
    expect(await list('')).toMatchObject([
      { code: '111111' },
      { code: '222222' },
      { code: '333333' },
    ])
  })
})
