import { describe, expect, it } from 'vitest'
import type { AuthOptions } from '../../../src/auth/auth'
import type { TokenState } from '../../../src/auth/types'
import { outcomeOf } from '../../support/outcome'
import { isSpokenInCodes, KEY, openClient, stateOf } from '../../support/client'

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A client with a session, one of whose requests was answered with this. */
async function createAnswered(
  data: unknown,
  headers: Record<string, unknown> = {},
  given: Partial<AuthOptions> = {},
) {
  const client = openClient({ token: 't', state: { version: 1 }, ...given })
  const outcome = outcomeOf(client.auth.request('/a'))
  await (await client.host.take('GET /a')).answer(200, data, headers)
  return { ...client, outcome, codes: client.warnings.map(({ code }) => code) }
}

const MALFORMED: [string, unknown][] = [
  ['text', 'token'],
  ['a number', 7],
  ['a number that is none', NaN],
  ['a date that is none', new Date(NaN)],
  ['true', true],
  ['a list', [stateOf('n')]],
  ['nothing in it', {}],
  ['no token', { expiresIn: 7200 }],
  ['an empty token', stateOf('')],
  ['a token that is a number', { accessToken: 7, expiresIn: 7200 }],
  ['a token with a space', stateOf('a b')],
  ['a token with a line break', stateOf('a\r\nX-Evil: 1')],
  ['a token with a comma', stateOf('a,b')],
  ['a token in Chinese', stateOf('口令')],
  ['an endless token', stateOf('t'.repeat(4_097))],
  ['a lifetime that is a word', { accessToken: 'n', expiresIn: 'soon' }],
  ['a lifetime in hexadecimal', { accessToken: 'n', expiresIn: '0x10' }],
  ['a lifetime with an exponent', { accessToken: 'n', expiresIn: '1e3' }],
  ['a lifetime after a space', { accessToken: 'n', expiresIn: ' 60' }],
  ['a lifetime of digits without end', { accessToken: 'n', expiresIn: '9'.repeat(400) }],
  ['a lifetime of zero', { accessToken: 'n', expiresIn: 0 }],
  ['a lifetime below zero', { accessToken: 'n', expiresIn: -1 }],
  ['a lifetime without end', { accessToken: 'n', expiresIn: Infinity }],
  ['a lifetime that is no number', { accessToken: 'n', expiresIn: NaN }],
  ['hasUserInfo that is text', { ...stateOf('n'), hasUserInfo: 'true' }],
  ['hasUserInfo that is a number', { ...stateOf('n'), hasUserInfo: 1 }],
  ['a phone number for hasPhoneNumber', { ...stateOf('n'), hasPhoneNumber: '13800000000' }],
  ['a uid that is an object', { ...stateOf('n'), uid: {} }],
  ['a version that is a word', { ...stateOf('n'), version: 'two' }],
  ['a version that is no number', { ...stateOf('n'), version: NaN }],
]

describe('guarantee 26: a malformed token state', () => {
  it.each(MALFORMED)('is ignored and reported: %s', async (_name, tokenState) => {
    const { auth, outcome, codes, host } = await createAnswered({ data: 1, tokenState })
    expect(outcome).toEqual({ is: 'resolved', value: 1 })
    expect(auth.tokenState).toEqual(stateOf('t', { version: 1 }))
    expect(codes).toEqual(['malformed_token_state'])
    expect(JSON.parse(String(host.storage.get(KEY)))).toMatchObject({ state: { accessToken: 't' } })
  })

  it.each(MALFORMED)('fails a login as a broken contract: %s', async (_name, tokenState) => {
    const { host, auth, warnings } = openClient()
    const login = outcomeOf(auth.login())
    await (await host.take('POST /auth/login')).answer(200, { tokenState })
    expect(login).toMatchObject({ error: { code: 'protocol' } })
    expect(auth.tokenState).toBe(null)
    expect(warnings.map(({ code }) => code)).toEqual(['malformed_token_state'])
  })

  it('is ignored and reported in a problem too', async () => {
    const { host, auth, warnings } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(404, { title: 'no', tokenState: { expiresIn: 60 } })
    expect(outcome).toMatchObject({ error: { status: 404 } })
    expect(auth.tokenState?.accessToken).toBe('t')
    expect(warnings.map(({ code }) => code)).toEqual(['malformed_token_state'])
  })

  it.each([undefined, null])('is not one that is %s', async (tokenState) => {
    const { codes, outcome } = await createAnswered({ data: 1, tokenState })
    expect(codes).toEqual([])
    expect(outcome.value).toBe(1)
  })

  it.each<[string, object, object]>([
    ['no lifetime', {}, {}],
    ['a lifetime that is text', { expiresIn: '7200' }, { expiresIn: 7200 }],
    ['a lifetime with decimals', { expiresIn: '7200.25' }, { expiresIn: 7200.25 }],
    ['a uid that is a number', { uid: 7 }, { uid: '7' }],
    ['a version that is text', { version: '2' }, { version: 2 }],
    ['flags named like a secret', { phoneVerified: true }, { phoneVerified: true }],
  ])('is none that has %s', async (_name, more, kept) => {
    const tokenState = { accessToken: '12|ab;c', ...more }
    const { auth, codes } = await createAnswered({ data: 1, tokenState })
    expect(auth.tokenState).toEqual({ accessToken: '12|ab;c', ...kept })
    expect(codes).toEqual([])
  })

  it('is none that has a token of 4,096 characters', async () => {
    const accessToken = 't'.repeat(4_096)
    const { auth, codes } = await createAnswered({ data: 1, tokenState: { accessToken } })
    expect(auth.tokenState).toEqual({ accessToken })
    expect(codes).toEqual([])
  })

  it.each<[string, object]>([
    ['accessToken', {}],
    ['expiresIn', stateOf('n', { expiresIn: -1 })],
    ['version', { accessToken: 'n', version: 'two' }],
    ['uid', { accessToken: 'n', uid: [] }],
    ['hasUserInfo', { accessToken: 'n', hasUserInfo: 1 }],
    ['hasPhoneNumber', { accessToken: 'n', hasPhoneNumber: '1' }],
    ['needsSecondProof', { accessToken: 'n', needsSecondProof: 1 }],
    ['JSON', { accessToken: 'n', size: 1n }],
  ])('is named by its member %s', (member, tokenState) => {
    const { auth, warnings } = openClient()
    expect(() => auth.adopt(tokenState as TokenState)).toThrow('protocol')
    expect(warnings[0]?.message).toBe(
      `An answer carried a malformed token state; it was ignored: ${member}.`,
    )
  })

  it.each([
    ['a b', '0020'],
    ['a,b', '002C'],
    ['a\r\nX-Evil: 1', '000D'],
    ['a\u007f', '007F'],
    ['口令', '53E3'],
  ])('names the character that no token %j may have', async (accessToken, code) => {
    const { warnings } = await createAnswered({ data: 1, tokenState: stateOf(accessToken) })
    expect(warnings[0]?.message).toContain(`accessToken has U+${code}`)
  })

  it('with an unknown lifetime is used until it is refused', async () => {
    const { host, auth } = openClient()
    const login = auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: { accessToken: 'n' } })
    await login
    await host.clock.advance(30 * 24 * 3_600_000)
    void auth.request('/a')
    expect((await host.take('GET /a')).authorization).toBe('Bearer n')
  })

  it('takes null members as missing, as some serialisers write them', async () => {
    const nulls = { hasUserInfo: null, hasPhoneNumber: null, uid: null, version: null }
    const tokenState = { accessToken: 'n', expiresIn: 60, ...nulls }
    const { auth, codes } = await createAnswered({ data: 1, tokenState })
    expect(auth.tokenState).toEqual({ accessToken: 'n', expiresIn: 60 })
    expect(codes).toEqual([])
  })

  it('cannot be changed by the app', async () => {
    const { auth } = openClient({ token: 't' })
    expect(() => Object.assign(auth.tokenState!, { accessToken: 'x' })).toThrow(TypeError)
    expect(auth.tokenState?.accessToken).toBe('t')
  })
})

describe('guarantee 26: secrets in a token state', () => {
  it.each([
    'session_key',
    'sessionKey',
    'SessionKey',
    'openid',
    'openId',
    'open_id',
    'OPENID',
    'unionid',
    'unionId',
    'union_id',
    'phone',
    'phoneNumber',
    'purePhoneNumber',
    'mobile',
    'userMobile',
    'appSecret',
    'password',
    'encryptedData',
  ])('drops %s, at any depth, before anything is stored', async (name) => {
    const secret = 'oSECRET13800000000'
    const tokenState = {
      ...stateOf('n', { uid: 'u', version: 2 }),
      [name]: secret,
      user: { name: '阿宁', [name]: secret, list: [{ [name]: { value: secret } }] },
    }
    const { auth, host, warnings } = await createAnswered({ data: 1, tokenState })
    expect(auth.tokenState).toEqual({
      ...stateOf('n', { uid: 'u', version: 2 }),
      user: { name: '阿宁', list: [{}] },
    })
    expect(JSON.stringify([...host.storage])).not.toContain(secret)
    expect(warnings.map(({ code }) => code)).toEqual(['secret_dropped'])
    expect(warnings[0]?.message).toContain(name)
    expect(warnings[0]?.message).not.toContain(secret)
  })

  it('keeps hasPhoneNumber, which is none, but not a phone number that poses as it', async () => {
    const tokenState = { ...stateOf('n', { version: 2 }), hasPhoneNumber: true }
    const user = { hasPhoneNumber: '13800000000' }
    const { auth } = await createAnswered({ data: 1, tokenState: { ...tokenState, user } })
    expect(auth.tokenState).toEqual({ ...tokenState, user: {} })
  })

  it('drops them from a login’s answer and from what was stored', async () => {
    const { host, auth } = openClient()
    const login = auth.login()
    const tokenState = { ...stateOf('n'), openid: 'oSECRET' }
    await (await host.take('POST /auth/login')).answer(200, { tokenState })
    expect(await login).toEqual(stateOf('n'))
    expect(JSON.stringify([...host.storage])).not.toContain('oSECRET')
    const stored = { state: { ...stateOf('s'), session_key: 'k' }, at: host.clock.now() }
    host.storage.set(KEY, JSON.stringify(stored))
    expect(openClient({ host }).auth.tokenState).toEqual(stateOf('s'))
  })

  it('are all named in one warning', async () => {
    const tokenState = { ...stateOf('n'), openid: 'o', session_key: 'k' }
    const { warnings } = await createAnswered({ data: 1, tokenState })
    expect(warnings.map(({ message }) => message)).toEqual([
      'Secrets do not belong in a token state: openid, session_key.',
    ])
  })

  it('does not follow __proto__', async () => {
    const text = '{"accessToken":"n","expiresIn":60,"__proto__":{"hasPhoneNumber":true}}'
    const { auth } = await createAnswered({ data: 1, tokenState: JSON.parse(text) as unknown })
    expect(auth.tokenState?.hasPhoneNumber).toBeUndefined()
    expect(({} as Record<string, unknown>).hasPhoneNumber).toBeUndefined()
  })
})

describe.skipIf(isSpokenInCodes)('guarantee 26: where an answer has the token state', () => {
  const state = stateOf('n', { version: 2, 城市: '杭州', 备注: '🏠？>~' })

  it.each(['Token-State', 'token-state', 'TOKEN-STATE', 'Token-state'])(
    'reads the header %s, with Chinese claims',
    async (name) => {
      const body = { code: 0, list: [] }
      const { auth, outcome } = await createAnswered(body, { [name]: base64url(state) })
      expect(auth.tokenState).toEqual(state)
      expect(outcome.value).toEqual(body)
    },
  )

  it('reads the header as a list of one, padded, in lines, or in the other base64 alphabet', async () => {
    const padded = Buffer.from(JSON.stringify(state)).toString('base64')
    const inLines = Buffer.from(JSON.stringify(state, null, 1)).toString('base64url')
    for (const value of [[base64url(state)], padded, ` ${padded} `, inLines]) {
      const { auth, codes } = await createAnswered('', { 'Token-State': value })
      expect(auth.tokenState).toEqual(state)
      expect(codes).toEqual([])
    }
  })

  it.each([
    '',
    'not base64!',
    base64url('text'),
    base64url({ expiresIn: 60 }),
    base64url(state).slice(0, -9),
    Buffer.from([0xff, 0xfe, 0x7b]).toString('base64url'),
    `${base64url(state)}, ${base64url(state)}`,
    'e30===',
    ...['', 'x', 'xx'].map((rest) => `${base64url({ ...state, rest })}!`),
    base64url(state).replace(/^..../, '$&='),
  ])('ignores and reports the header %j', async (value) => {
    const { auth, codes, outcome } = await createAnswered({ data: 1 }, { 'Token-State': value })
    expect(auth.tokenState?.accessToken).toBe('t')
    expect(codes).toEqual(['malformed_token_state'])
    expect(outcome.value).toBe(1)
  })

  it('reads it in standard base64, whatever it is padded with', async () => {
    const texts = ['', 'a', 'aa'].map((pad) => {
      const claims = { ...stateOf('n', { version: 2 }), claim: `>>>>????${pad}` }
      return [claims, Buffer.from(JSON.stringify(claims)).toString('base64')] as const
    })
    expect(texts.map(([, text]) => /=*$/.exec(text)![0].length).sort()).toEqual([0, 1, 2])
    expect(texts.map(([, text]) => text).join()).toMatch(/(?=.*\+).*\//)
    for (const [claims, text] of texts) {
      const { auth } = await createAnswered('', { 'Token-State': text })
      expect(auth.tokenState).toEqual(claims)
    }
  })

  it('reads 65,536 characters, and no more', async () => {
    const bytes = Buffer.byteLength(JSON.stringify({ ...state, fill: '' }))
    // Three bytes are four characters.
    const longest = { ...state, fill: 'x'.repeat(49_152 - bytes) }
    expect(base64url(longest)).toHaveLength(65_536)
    const { auth } = await createAnswered('', { 'Token-State': base64url(longest) })
    expect(auth.tokenState).toEqual(longest)

    const headers = { 'Token-State': base64url({ ...longest, fill: `${longest.fill}x` }) }
    const longer = await createAnswered({ data: 1 }, headers)
    expect(longer.codes).toEqual(['malformed_token_state'])
    expect(longer.outcome.value).toBe(1)
  })

  it('prefers the body', async () => {
    const headers = { 'Token-State': base64url(stateOf('header')) }
    const { auth } = await createAnswered({ data: 1, tokenState: state }, headers)
    expect(auth.tokenState).toEqual(state)
  })

  it('takes a login’s from the header', async () => {
    const { host, auth } = openClient()
    const login = auth.login()
    const headers = { 'token-state': base64url(state) }
    await (await host.take('POST /auth/login')).answer(204, '', headers)
    expect(await login).toEqual(state)
  })

  it('reads the token state of an upload, which comes as text', async () => {
    const { host, auth } = openClient({ token: 't' })
    void auth.upload({ url: '/u', filePath: 'wxfile://1', name: 'file' })
    await (await host.take('UPLOAD')).answer(200, JSON.stringify({ data: 1, tokenState: state }))
    expect(auth.tokenState).toEqual(state)
  })
})
