import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { appId, appSecret, useStandIn } from './standIn'

const minute = 60_000
const standIn = useStandIn()
const { get, post, control, exchange, logIn, accessToken } = standIn
const refused = (errcode: number) => ({ errcode, errmsg: expect.stringMatching(/ rid: [\w-]+$/) })

describe('jscode2session', () => {
  test('returns openid, session key and unionid for a login code', async () => {
    const { code } = await control('login-code', { person: 'lin' })
    const { openid, unionid } = await control('person', { person: 'lin' })
    expect(await exchange(code)).toEqual({ openid, unionid, session_key: expect.any(String) })
    expect(openid).toMatch(/^o[\w-]{27}$/)
  })

  test('returns a session key of 16 bytes', async () => {
    const { sessionKey } = await logIn('lin')
    expect(Buffer.from(sessionKey, 'base64')).toHaveLength(16)
  })

  test.each([false, 'encrypted'])('returns no unionid where it is %s', async (unionid) => {
    const { code } = await control('login-code', { person: 'lin', unionid })
    expect(await exchange(code)).not.toHaveProperty('unionid')
  })

  test('answers 40163 to a code that was used', async () => {
    const { code } = await control('login-code', { person: 'lin' })
    await exchange(code)
    expect(await exchange(code)).toEqual(refused(40163))
  })

  test('takes a code for 5 minutes, and answers 40029 from then on', async () => {
    const [inTime, late] = [
      await control('login-code', { person: 'lin' }),
      await control('login-code', { person: 'lin' }),
    ]
    standIn.advance(5 * minute - 1)
    expect(await exchange(inTime.code)).toHaveProperty('session_key')
    standIn.advance(1)
    expect(await exchange(late.code)).toEqual(refused(40029))
  })

  test('uses no code up for a wrong secret', async () => {
    const { code } = await control('login-code', { person: 'lin' })
    expect(await exchange(code, { secret: 'wrong' })).toEqual(refused(40125))
    expect(await exchange(code)).toHaveProperty('session_key')
  })

  test.each<[number, Record<string, string>]>([
    [40002, { grant_type: 'client_credential' }],
    [40013, { appid: 'wxffffffffffffffff' }],
    [40029, { js_code: 'a-code-nobody-issued' }],
    [40125, { secret: 'wrong' }],
    [41002, { appid: '' }],
    [41004, { secret: '' }],
    [41008, { js_code: '' }],
  ])('answers %i to %o', async (errcode, changes) => {
    const { code } = await control('login-code', { person: 'lin' })
    expect(await exchange(code, changes)).toEqual(refused(errcode))
  })

  test('takes no phone code', async () => {
    const { code } = await control('phone-code', { person: 'lin' })
    expect(await exchange(code)).toEqual(refused(40029))
  })

  test('answers 43001 to a POST', async () => {
    expect(await post('/sns/jscode2session', {})).toEqual(refused(43001))
  })

  test('refuses with status 200, calls its JSON text/plain, and never repeats an errmsg', async () => {
    const answers = [1, 2].map(() => fetch(`${standIn.url}/sns/jscode2session`))
    const [one, other] = await Promise.all(answers)
    expect(one?.status).toBe(200)
    expect(one?.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await one?.json()).not.toEqual(await other?.json())
  })
})

describe('stable_token', () => {
  const ask = (changes: object = {}) =>
    post('/cgi-bin/stable_token', {
      grant_type: 'client_credential',
      appid: appId,
      secret: appSecret,
      ...changes,
    })

  test('returns a token for 7,200 s', async () => {
    expect(await ask()).toEqual({ access_token: expect.any(String), expires_in: 7200 })
  })

  test('returns the same token until 5 minutes before its end', async () => {
    const first = await ask()
    standIn.advance(115 * minute - 1000)
    expect(await ask()).toEqual({ ...first, expires_in: 301 })
    standIn.advance(1000)
    const second = await ask()
    expect(second.expires_in).toBe(7200)
    expect(second.access_token).not.toBe(first.access_token)
  })

  test('lets the older token live to its end beside the newer one', async () => {
    const older = await accessToken()
    standIn.advance(116 * minute)
    const newer = await accessToken()
    expect(await phone(older, 'no-code')).toEqual(refused(40029))
    standIn.advance(4 * minute)
    expect(await phone(older, 'no-code')).toEqual(refused(42001))
    expect(await phone(newer, 'no-code')).toEqual(refused(40029))
  })

  test('ends the older token by force_refresh', async () => {
    const older = await accessToken()
    const newer = await accessToken({ force_refresh: true })
    expect(newer).not.toBe(older)
    expect(await phone(older, 'no-code')).toEqual(refused(40001))
    expect(await accessToken()).toBe(newer)
  })

  test('is forced at most every 30 s, and 20 times a day', async () => {
    for (let count = 0; count < 20; count += 1) {
      expect(await ask({ force_refresh: true })).toHaveProperty('access_token')
      expect(await ask({ force_refresh: true })).toEqual(refused(count < 19 ? 45011 : 45009))
      standIn.advance(30_000)
    }
    expect(await ask({ force_refresh: true })).toEqual(refused(45009))
    standIn.advance(24 * 60 * minute)
    expect(await ask({ force_refresh: true })).toHaveProperty('access_token')
  })

  test.each<[number, object]>([
    [40002, { grant_type: 'authorization_code' }],
    [40013, { appid: 'wxffffffffffffffff' }],
    [40125, { secret: 'wrong' }],
    [41002, { appid: undefined }],
    [41004, { secret: undefined }],
    [47001, { force_refresh: 'yes' }],
  ])('answers %i to %o', async (errcode, changes) => {
    expect(await ask(changes)).toEqual(refused(errcode))
  })

  test.each<[number, string]>([
    [44002, ''],
    [47001, '{"grant_type":'],
    [47001, '[]'],
  ])('answers %i to the body %o', async (errcode, body) => {
    expect(await post('/cgi-bin/stable_token', body)).toEqual(refused(errcode))
  })

  test('answers 43002 to a GET', async () => {
    expect(await get('/cgi-bin/stable_token')).toEqual(refused(43002))
  })
})

const phone = (token: string, code: unknown, openid?: unknown) =>
  post(`/wxa/business/getuserphonenumber?access_token=${token}`, { code, openid })

describe('getuserphonenumber', () => {
  test('tells it only with the openid of the user who pressed, where one is sent', async () => {
    const lin = await control('person', { person: 'lin' })
    const zhou = await control('person', { person: 'zhou' })
    const [first, second] = [
      await control('phone-code', { person: 'lin' }),
      await control('phone-code', { person: 'lin' }),
    ]
    const token = await accessToken()
    expect(await phone(token, first.code, zhou.openid)).toEqual(refused(40003))
    expect(await phone(token, second.code, lin.openid)).toMatchObject({ errcode: 0 })
  })

  test("returns the person's number with a watermark", async () => {
    const { phoneNumber } = await control('person', { person: 'lin' })
    const { code } = await control('phone-code', { person: 'lin' })
    const watermark = { timestamp: standIn.now() / 1000, appid: appId }
    expect(await phone(await accessToken(), code)).toEqual({
      errcode: 0,
      errmsg: 'ok',
      phone_info: { phoneNumber, purePhoneNumber: phoneNumber, countryCode: '86', watermark },
    })
  })

  test('answers 40029 to a code that was used', async () => {
    const { code } = await control('phone-code', { person: 'lin' })
    const token = await accessToken()
    expect(await phone(token, code)).toMatchObject({ errcode: 0 })
    expect(await phone(token, code)).toEqual(refused(40029))
  })

  test('takes a code for 5 minutes', async () => {
    const [inTime, late] = [
      await control('phone-code', { person: 'lin' }),
      await control('phone-code', { person: 'lin' }),
    ]
    const token = await accessToken()
    standIn.advance(5 * minute - 1)
    expect(await phone(token, inTime.code)).toMatchObject({ errcode: 0 })
    standIn.advance(1)
    expect(await phone(token, late.code)).toEqual(refused(40029))
  })

  test('takes no login code', async () => {
    const { code } = await control('login-code', { person: 'lin' })
    expect(await phone(await accessToken(), code)).toEqual(refused(40029))
  })

  test('answers 41008 to no code, 47001 to one that is no text', async () => {
    const token = await accessToken()
    expect(await phone(token, undefined)).toEqual(refused(41008))
    expect(await phone(token, 7)).toEqual(refused(47001))
  })

  test('answers 41001, 40001 and 42001 to no, an unknown and an expired access token', async () => {
    const token = await accessToken()
    expect(await phone('', 'no-code')).toEqual(refused(41001))
    expect(await phone('unknown', 'no-code')).toEqual(refused(40001))
    standIn.advance(120 * minute)
    expect(await phone(token, 'no-code')).toEqual(refused(42001))
  })
})

describe('checksession', () => {
  const check = async (openid: string, sessionKey: string, sig_method = 'hmac_sha256') =>
    get('/wxa/checksession', {
      access_token: await accessToken(),
      openid,
      signature: createHmac('sha256', sessionKey).update('').digest('hex'),
      sig_method,
    })

  test('knows the session key that is valid', async () => {
    const { openid, sessionKey } = await logIn('lin')
    expect(await check(openid, sessionKey)).toEqual({ errcode: 0, errmsg: 'ok' })
  })

  test('answers 87009 to the key of an earlier login', async () => {
    const { openid, sessionKey } = await logIn('lin')
    await logIn('lin')
    expect(await check(openid, sessionKey)).toEqual(refused(87009))
  })

  test('answers 87009 once WeChat has let the key end', async () => {
    const { openid, sessionKey } = await logIn('lin')
    await control('rotate-session-key', { person: 'lin' })
    expect(await check(openid, sessionKey)).toEqual(refused(87009))
  })

  test("answers 87009 to another person's key", async () => {
    const { openid } = await logIn('lin')
    const { sessionKey } = await logIn('chen')
    expect(await check(openid, sessionKey)).toEqual(refused(87009))
  })

  test('answers 87009 for somebody who has never logged in', async () => {
    const { openid } = await control('person', { person: 'lin' })
    expect(await check(String(openid), 'any-key')).toEqual(refused(87009))
  })

  test('answers 40003 to an unknown openid, 87008 to another sig_method', async () => {
    const { openid, sessionKey } = await logIn('lin')
    expect(await check('nobody', sessionKey)).toEqual(refused(40003))
    expect(await check(openid, sessionKey, 'md5')).toEqual(refused(87008))
  })

  test('needs an access token', async () => {
    expect(await get('/wxa/checksession')).toEqual(refused(41001))
  })
})

test("answers 40066 where WeChat's API is not modelled", async () => {
  expect(await get('/cgi-bin/token')).toEqual(refused(40066))
})
