import { describe, expect, it } from 'vitest'
import { maskBody, maskHeaders, maskUrl, maskValue } from '../../src/masking'

const token = 'kN3mQ8vXw2ZbYt7LpRcS5hDfGjA1eUoI9x4'
const code = '0f3aKd1wXz9LmQp7RtYb'

describe('what is recorded', () => {
  it.each([
    ['a login', { code }],
    ['a token state', { tokenState: { accessToken: token, expiresIn: 7200 } }],
    [
      'what getUserInfo encrypts',
      { encryptedData: token, iv: code, rawData: token, signature: token },
    ],
    ['what WeChat answers a backend', { session_key: token, openid: code, unionid: token }],
    ['secrets inside lists', { sessions: [{ access_token: token }, [{ js_code: code }]] }],
    ['secrets in a stored text', { value: JSON.stringify({ state: { accessToken: token } }) }],
    ['a list of secrets', { code: [code, token] }],
    ['what looks like a credential, under any name', { kept: token, note: `${token}${code}` }],
    ['a secret with another spelling', { SessionKey: token, 'open-id': code }],
  ])('has no secret in the body of %s', (_, body) => {
    const masked = maskBody(JSON.stringify(body))
    expect(masked).not.toContain(token)
    expect(masked).not.toContain(code)
    expect(masked).toMatch(/<([0-9a-f]{8}|…)>/)
  })

  it('keeps what is no secret, so that it can be read', () => {
    const id = '8c1f0f66-3c0e-4f52-9a7c-0f4f2d9f6a11'
    const note = 'call before you come, please, we are at home'
    const body = {
      data: [{ id, note, price: 19900, hasPhoneNumber: true }],
      tokenState: { expiresIn: 7200, uid: 'u1' },
    }
    expect(JSON.parse(maskBody(JSON.stringify(body)))).toEqual(body)
  })

  it.each([
    ['JSON', '{"phone":"15400001234"}', '{"phone":"154****1234"}'],
    ['a number', '{"phone":15400001234}', '{"phone":"154****1234"}'],
    ['a secret member', '{"phoneNumber":"15400001234"}', '{"phoneNumber":"154****1234"}'],
    ['a number with its country', '"+8615400001234"', '"+86154****1234"'],
    ['plain text', 'call 15400001234 now', 'call 154****1234 now'],
    ['a form', 'name=li&phone=15400001234', 'name=li&phone=154****1234'],
    ['any member', '{"contact":"+8615400001234"}', '{"contact":"+86154****1234"}'],
    ['what is masked already', '{"phoneNumber":"154****1234"}', '{"phoneNumber":"154****1234"}'],
    ['a time in ms, which is none', '{"at":1795000000000}', '{"at":1795000000000}'],
  ])('shows of a phone number in %s the ends only', (_, text, masked) => {
    expect(maskBody(text)).toBe(masked)
  })

  it('masks credentials in headers, forms, addresses and plain text', () => {
    const shown = [
      ...Object.values(maskHeaders({ Authorization: `Bearer ${token}`, 'Token-State': token })),
      maskBody(`code=${code}&state=1`),
      maskUrl(`https://a.example/x?js_code=${code}&page=2`),
      maskBody(`sent Bearer ${token} twice`),
    ].join(' ')
    expect(shown).not.toContain(token)
    expect(shown).not.toContain(code)
    expect(shown).toContain('page=2')
    expect(shown).toContain('state=1')
  })

  it('distinguishes two tokens, and recognizes one that comes again', () => {
    const mark = (secret: string) =>
      maskHeaders({ authorization: `Bearer ${secret}` }).authorization
    expect(mark(token)).toBe(mark(token))
    expect(mark(token)).not.toBe(mark(`${token}x`))
    expect(mark(token)).toMatch(/^Bearer <[0-9a-f]{8}>$/)
  })

  it.each(['+44 20 7946 0958', '+8615400001234x', '4711', 'a*b', '132 4567 8901'])(
    'makes no mark that could be found by trying: %s',
    (secret) => {
      expect(maskBody(JSON.stringify({ phoneNumber: secret }))).toBe('{"phoneNumber":"<…>"}')
    },
  )

  it.each(['refreshToken', 'id_token', 'smsCode', 'clientSecret', 'userPassword'])(
    'takes %s for a secret by its ending',
    (name) => {
      expect(maskBody(JSON.stringify({ [name]: token }))).not.toContain(token)
    },
  )

  it('finds tokens in other headers, in addresses there, and alone in a body', () => {
    const shown = [
      ...Object.values(maskHeaders({ 'X-Token': token, Location: `/next?ticket=${token}` })),
      maskBody(token),
    ].join(' ')
    expect(shown).not.toContain(token)
    expect(shown).toContain('/next?ticket=')
  })

  it('copies, and leaves what it was given as it is', () => {
    const value = { tokenState: { accessToken: token } }
    maskValue(value)
    expect(value.tokenState.accessToken).toBe(token)
  })

  it.each(['', '{', '[', '{"a":', 'null', '%', '=', 'a=b=c', '\u0000'])(
    'takes a body that is %j as text',
    (text) => {
      expect(maskBody(text)).toBe(text)
    },
  )
})
