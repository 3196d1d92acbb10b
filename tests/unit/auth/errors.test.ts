import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import {
  AuthError,
  BackendError,
  hints,
  HttpError,
  isAuthError,
  messages,
} from '../../../src/auth/errors'
import { warningOf, warnings } from '../../../src/auth/warnings'
import type { Auth } from '../../../src/auth/auth'
import { asking, challenge, phoneCode, phoneData, userData } from '../../support/challenged'
import { createHost } from '../../support/host'
import { openClient, stateOf, type Client } from '../../support/client'

/** Everything in a scenario that is nobody's business. Invented. */
const SECRET = {
  token: 'SECRETtoken',
  newToken: 'SECRETrenewed',
  loginCode: 'SECRETlogincode',
  phoneCode: 'SECRETphonecode',
  encrypted: 'SECRETencrypted',
  phone: '13800000000',
  query: 'SECRETquery',
  person: 'SECRET阿宁',
}

const NEEDLES = Object.values(SECRET)
const URL = `/a?phone=${SECRET.phone}&q=${SECRET.query}`
const REFUSAL = { title: SECRET.person, detail: `${SECRET.phone} ${SECRET.phoneCode}` }
const PROBLEM = { ...REFUSAL, tokenState: stateOf(SECRET.newToken) }

/** All that a log, a reporter or a curious view could make of an error. */
function faces(error: unknown): string[] {
  const chain: unknown[] = []
  for (let one = error; one !== undefined && chain.length < 9; one = causeOf(one)) chain.push(one)
  return chain.flatMap((one) => [
    String(one),
    JSON.stringify(one) ?? '',
    JSON.stringify({ ...(one as object) }),
    inspect(one, { depth: 9 }),
    String((one as Error).stack),
    `${(one as Error).message}`,
  ])
}

function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? (error as Error).cause : undefined
}

function expectClean(texts: string[]) {
  for (const text of texts) for (const needle of NEEDLES) expect(text).not.toContain(needle)
}

/** A client whose codes, tokens and answers are all secrets. */
function createSecret(token: string | undefined = SECRET.token): Client {
  const host = createHost()
  host.platform.login = () => Promise.resolve(SECRET.loginCode)
  return openClient({ host, ...(token !== undefined && { token }) })
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => error,
  )
}

const options = {
  url: URL,
  method: 'POST',
  data: { phone: SECRET.phone, name: SECRET.person },
  header: { 'X-Name': SECRET.query },
} as const

/** Ways to make a request fail, each answering or breaking what is on the wire. */
const FAILURES: [string, (client: Client) => Promise<void>][] = [
  ...[400, 403, 404, 409, 422, 429, 500].map((status): (typeof FAILURES)[number] => [
    `${status}`,
    async ({ host }) => (await host.take('POST')).answer(status, PROBLEM),
  ]),
  ['text for a problem', async ({ host }) => (await host.take('POST')).answer(500, SECRET.person)],
  [
    'a network failure that names the address',
    async ({ host }) => {
      const errMsg = `request:fail url "https://api.example.com/v1${URL}" not in domain list`
      await (await host.take('POST')).fail('network', { errMsg, errno: 600002 })
    },
  ],
  [
    'a network failure that names the path',
    async ({ host }) => {
      const errMsg = `request:fail invalid url /v1${URL}`
      await (await host.take('POST')).fail('network', { errMsg, errno: 600009 })
    },
  ],
  ['a time limit', async ({ host }) => host.clock.advance(60_000)],
  [
    'an unknown challenge',
    async ({ host }) => {
      const header = asking(`Basic realm="${SECRET.phone}"`)
      await (await host.take('POST')).answer(401, REFUSAL, header)
    },
  ],
  [
    'a login refused',
    async ({ host }) => {
      await (await host.take('POST')).answer(401, REFUSAL)
      await (await host.take('POST /auth/login')).answer(403, PROBLEM)
    },
  ],
  [
    'a login without a session',
    async ({ host }) => {
      await (await host.take('POST')).answer(401, REFUSAL)
      const tokenState = { accessToken: SECRET.newToken, expiresIn: 'soon' }
      await (await host.take('POST /auth/login')).answer(200, { tokenState })
    },
  ],
  [
    'a login that cannot reach the backend',
    async ({ host }) => {
      await (await host.take('POST')).answer(401, REFUSAL)
      const errMsg = `request:fail https://api.example.com/v1/auth/login?${SECRET.query}`
      await (await host.take('POST /auth/login')).fail('network', { errMsg })
    },
  ],
  [
    '401 also after the login',
    async ({ host }) => {
      await (await host.take('POST')).answer(401, REFUSAL)
      const tokenState = stateOf(SECRET.newToken)
      await (await host.take('POST /auth/login')).answer(200, { tokenState })
      await (await host.take('POST')).answer(401, REFUSAL)
    },
  ],
  [
    'a prompt declined',
    async ({ host, auth }) => {
      const header = asking(`getPhoneNumber reason="${SECRET.person}"`)
      await (await host.take('POST')).answer(401, REFUSAL, header)
      auth.cancelPrompt()
    },
  ],
  ['signing out', async ({ auth }) => auth.logout()],
]

describe('guarantee 25: nothing that is nobody’s business in an error', () => {
  it.each(FAILURES)('of a request that meets %s', async (_name, fail) => {
    const client = createSecret()
    const error = errorOf(client.auth.request(options))
    await fail(client)
    expectClean(faces(await error))
    expectClean(client.warnings.map((warning) => JSON.stringify(warning)))
  })

  it('of a request that may not prompt', async () => {
    const { auth, host } = createSecret()
    const error = errorOf(auth.request({ ...options, interactive: false }))
    const header = asking(`getPhoneNumber reason="${SECRET.person}"`)
    await (await host.take('POST')).answer(401, REFUSAL, header)
    expectClean(faces(await error))
  })

  it.each([
    ['an address elsewhere', { url: `https://evil.example${URL}` }],
    ['a circular datum', { url: '/a', data: ring() }],
    ['a BigInt', { url: '/a', data: { [SECRET.person]: 1n } }],
  ])('of a call refused for %s', async (_name, given) => {
    const { auth } = createSecret()
    expectClean(faces(await errorOf(auth.request({ ...given, method: 'POST' }))))
  })

  it.each<[string, (auth: Auth) => Promise<void>]>([
    ['a phone code', (auth) => auth.submitPhoneNumber({ ...phoneCode, code: SECRET.phoneCode })],
    [
      'encrypted data',
      (auth) => auth.submitPhoneNumber({ ...phoneData, encryptedData: SECRET.encrypted }),
    ],
    [
      'user info',
      (auth) => auth.submitUserInfo({ detail: { ...userData, rawData: SECRET.person } }),
    ],
    ['a form', (auth) => auth.submitUserInfo({ nickname: SECRET.person })],
  ])('of a submit of %s', async (_name, submit) => {
    for (const status of [409, 422, 500]) {
      const { auth, host } = createSecret()
      const error = errorOf(submit(auth))
      await (await host.take('POST')).answer(status, PROBLEM)
      if (status === 409) {
        const tokenState = stateOf(SECRET.newToken)
        await (await host.take('POST /auth/login')).answer(200, { tokenState })
      }
      expectClean(faces(await error))
    }
    const { auth, host } = createSecret()
    const error = errorOf(submit(auth))
    await (await host.take('POST')).fail('network', { errMsg: `fail ${URL}` })
    await (await host.take('GET /auth/token-state')).answer(500, PROBLEM)
    expectClean(faces(await error))
  })

  it('of an upload of an avatar', async () => {
    const { auth, host } = createSecret()
    const error = errorOf(auth.submitUserInfo({ avatarUrl: `wxfile://${SECRET.query}` }))
    await (await host.take('UPLOAD')).answer(413, JSON.stringify(PROBLEM))
    expectClean(faces(await error))
  })

  it('of a prompt, whose error is a bare code', async () => {
    const client = createSecret()
    await challenge(client, '/b', 'getPhoneNumber')
    const submit = client.auth.submitPhoneNumber({ ...phoneCode, code: SECRET.phoneCode })
    await (await client.host.take('POST')).answer(422, PROBLEM)
    await submit
    expectClean([JSON.stringify(client.auth.prompt)])
    expect(client.auth.prompt?.error).toBe('press_again')
  })

  it('of a first request that carried its login', async () => {
    const client = createSecret(undefined)
    const error = errorOf(client.auth.request(options))
    await (await client.host.take('POST /a')).answer(500, PROBLEM)
    expectClean(faces(await error))
  })
})

function ring(): unknown {
  const one: Record<string, unknown> = { phone: SECRET.phone }
  one[SECRET.person.slice(6)] = one
  return one
}

describe('errors', () => {
  it('say their code first, and are distinguished by it', () => {
    const error = new AuthError('prompt_cancelled')
    expect(error.message).toMatch(/^prompt_cancelled: /)
    expect(String(error)).toMatch(/^AuthError: prompt_cancelled: /)
    expect(error).toBeInstanceOf(Error)
    expect(isAuthError(error)).toBe(true)
    expect(isAuthError(error, 'prompt_cancelled')).toBe(true)
    expect(isAuthError(error, 'network')).toBe(false)
    for (const other of [
      new Error('x'),
      new HttpError(500),
      { code: 'network' },
      null,
      undefined,
    ]) {
      expect(isAuthError(other)).toBe(false)
    }
  })

  it('and warnings say what happened, each in other words', () => {
    const texts = [messages, hints, warnings].flatMap((table) => Object.values<string>(table))
    for (const text of texts) expect(text).toMatch(/\w \w/)
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('and warnings name the page to read in production, whoever bundles', () => {
    vi.stubEnv('NODE_ENV', 'production')
    const { message } = new AuthError('protocol', { hint: 'header' })
    expect(message).toBe('protocol: see watchword/docs/errors.md#protocol (header)')
    expect(new AuthError('network').message).toBe('network: see watchword/docs/errors.md#network')
    const page = 'storage_failed: see watchword/docs/errors.md#warnings'
    expect(warningOf('storage_failed')).toEqual({ code: 'storage_failed', message: page })
    vi.unstubAllEnvs()
    expect(warningOf('secret_dropped', 'a, b').message).toBe(`${warnings.secret_dropped}: a, b.`)
    expect(warningOf('storage_failed').message).toBe(`${warnings.storage_failed}.`)
  })

  it('name what failed, and which mistake of the app it was', () => {
    const { message } = new AuthError('protocol', { hint: 'header' })
    expect(message).toBe(`protocol: ${messages.protocol} (${hints.header})`)
    expect(new HttpError(503).message).toBe('the backend answered 503')
    expect(String(new HttpError(503))).toBe('HttpError: the backend answered 503')
    expect(String(new BackendError('sold out', { status: 200 }))).toBe('BackendError: sold out')
  })

  it('are known by isAuthError whichever copy of the package made them', async () => {
    vi.resetModules()
    const copy = await import('../../../src/auth/errors')
    const error = new copy.AuthError('prompt_cancelled')
    expect(error).not.toBeInstanceOf(AuthError)
    expect(isAuthError(error)).toBe(true)
    expect(isAuthError(error, 'prompt_cancelled')).toBe(true)
    expect(isAuthError(error, 'network')).toBe(false)
  })

  it('keep cause, challenge, account and problem out of their enumerable members', () => {
    const challenge = { scheme: 'a', params: {} }
    const account = { phone: '138****5678' }
    const error = new AuthError('network', { status: 1, cause: new Error('x'), challenge, account })
    expect(Object.keys(error).sort()).toEqual(['code', 'name', 'status'])
    expect(error.challenge).toBe(challenge)
    expect(error.account).toBe(account)
    expect(error.cause).toBeInstanceOf(Error)
    const http = new HttpError(500, { problem: { a: 1 }, retryAfter: 3 })
    expect(Object.keys(http).sort()).toEqual(['name', 'retryAfter', 'status'])
    expect(http.problem).toEqual({ a: 1 })
  })

  it('have no members for what is not known', () => {
    const error = new AuthError('network', { status: undefined, cause: undefined })
    expect('status' in error || 'cause' in error || 'challenge' in error).toBe(false)
    expect('problem' in new HttpError(500)).toBe(false)
  })
})
