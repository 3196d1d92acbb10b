import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pushEvents } from '../src/db/schema'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { appId, makePerson, makePhoneNumber, sealedPhone, type Person } from './support/people'
import {
  encryptedOf,
  plainPush,
  pushAesKey,
  pushJson,
  pushToken,
  pushXml,
  resigned,
  safePush,
  sendPush,
  type Push,
  type PushedEvent,
} from './support/push'

const aesKey = Buffer.from(pushAesKey, 'base64')
const success = { status: 200, text: 'success' }

let backend: TestBackend
const seconds = () => Math.floor(backend.now() / 1000)
const send = (push: Push) => sendPush(backend, push)
const event = (person: Person, more: Partial<PushedEvent> = {}): PushedEvent => ({
  Event: 'user_authorization_revoke',
  OpenID: person.openid,
  RevokeInfo: '8',
  ...more,
})

/** Somebody with a phone number, and with a nickname. */
async function known(person = makePerson()) {
  const { accessToken: token } = await backend.signIn(person)
  const phone = sealedPhone(person, makePhoneNumber())
  await backend.send('POST', '/auth/phone-number', { token, json: phone })
  const json = { nickname: '小林' }
  const { version } = stateOf(await backend.send('POST', '/auth/user-info', { token, json }))
  const state = async () => stateOf(await backend.send('GET', '/auth/token-state', { token }))
  const me = async () => (await backend.send('GET', '/me', { token })).body.data
  return { person, token, version, state, me }
}

const hasLost = async ({ state, version }: Awaited<ReturnType<typeof known>>) => {
  const now = await state()
  return !now.hasPhoneNumber && now.version === version + 1
}

async function expectRefused(push: Push) {
  const { status, text } = await send(push)
  expect([status, JSON.parse(text)]).toEqual([
    403,
    { type: '/problems/push-refused', title: 'The push cannot be verified.', status: 403 },
  ])
}

describe('without a token', () => {
  beforeAll(async () => void (backend = await openTestBackend()))
  afterAll(() => backend.close())

  it('the address is not served', async () => {
    expect((await backend.send('GET', '/wechat/push')).status).toBe(404)
    expect((await backend.send('POST', '/wechat/push')).status).toBe(404)
  })
})

describe('with a token alone', () => {
  beforeAll(
    async () => void (backend = await openTestBackend({ wechatPush: { token: pushToken } })),
  )
  afterAll(() => backend.close())

  const check = async ({ query }: Push, echostr: string) => {
    const address = `/wechat/push?${new URLSearchParams({ ...query, echostr })}`
    const response = await backend.app.request(address)
    return [response.status, response.headers.get('Content-Type'), await response.text()]
  }

  it("echoes the string by which WeChat's console checks the address", async () => {
    const signed = plainPush('', { timestamp: seconds() })
    const type = expect.stringMatching(/^text\/plain/) as string
    expect(await check(signed, '4375120948345356249')).toEqual([200, type, '4375120948345356249'])
  })

  it('echoes nothing to who does not know the token', async () => {
    const forged = plainPush('', { timestamp: seconds(), token: 'guessed' })
    for (const query of [forged.query, {}]) {
      const [status, type, text] = await check({ query, body: '' }, 'echo')
      expect([status, type]).toEqual([403, 'application/problem+json'])
      expect(text).not.toContain('echo')
    }
  })

  it.each([
    ['JSON', pushJson],
    ['XML', pushXml],
  ])('takes plain %s', async (_, write) => {
    const somebody = await known()
    const message = write(event(somebody.person), seconds())
    expect(await send(plainPush(message, { timestamp: seconds() }))).toEqual(success)
    expect(await hasLost(somebody)).toBe(true)
  })

  it("takes the spaces in the names of WeChat's own sample", async () => {
    const somebody = await known()
    const message = pushJson(event(somebody.person), seconds()).replace('"OpenID"', '" OpenID"')
    expect(await send(plainPush(message, { timestamp: seconds() }))).toEqual(success)
    expect(await hasLost(somebody)).toBe(true)
  })

  it.each([
    ['forged', { token: 'guessed' }],
    ['without a signature', { query: {} }],
    ['of 11 minutes ago', { age: 660 }],
    ['of 11 minutes ahead', { age: -660 }],
    ['of another app', { event: { AppID: 'wx-of-another' } }],
    ['without a form', { body: '{"Event":' }],
    [
      'with an entity of its own',
      { body: '<!DOCTYPE x [<!ENTITY e "E">]><xml><Event>&e;</Event></xml>' },
    ],
  ])(
    'refuses what is %s, and the log says why',
    async (
      _,
      change: {
        token?: string
        query?: Record<string, string>
        age?: number
        event?: Partial<PushedEvent>
        body?: string
      },
    ) => {
      const somebody = await known()
      const message = change.body ?? pushJson(event(somebody.person, change.event), seconds())
      const { token = pushToken, age = 0 } = change
      const push = plainPush(message, { timestamp: seconds() - age, token })
      await expectRefused({ ...push, ...(change.query && { query: change.query }) })
      expect(await hasLost(somebody)).toBe(false)
      expect(backend.log.join('')).toContain('a push was refused')
      expect(backend.log.join('')).not.toContain(somebody.person.openid)
    },
  )

  it('refuses what is larger than any message of WeChat', async () => {
    const push = plainPush('x'.repeat(65 * 1024), { timestamp: seconds() })
    expect((await send(push)).status).toBe(413)
  })

  it.each([
    ['another event', { Event: 'user_enter_tempsession' }],
    ['a text without an event', { Event: '', MsgType: 'text' }],
    ['an event without its user', { Event: 'user_info_modified', OpenID: '' }],
    ['a user nobody knows', { Event: 'user_authorization_cancellation', OpenID: 'nobody' }],
    ['what this backend never gets', { RevokeInfo: '1' }],
  ])('is content with %s, so that WeChat does not repeat it', async (_, change) => {
    const somebody = await known()
    const message = pushJson(event(somebody.person, change), seconds())
    expect(await send(plainPush(message, { timestamp: seconds() }))).toEqual(success)
    expect((await somebody.state()).version).toBe(somebody.version)
  })
})

describe('with a token and a key', () => {
  beforeAll(async () => {
    backend = await openTestBackend({ wechatPush: { token: pushToken, aesKey } })
  })
  afterAll(() => backend.close())

  const safe = (message: string) => safePush(message, { timestamp: seconds() })

  it.each([
    ['JSON', pushJson],
    ['XML', pushXml],
  ])('takes encrypted %s', async (_, write) => {
    const somebody = await known()
    expect(await send(safe(write(event(somebody.person), seconds())))).toEqual(success)
    expect(await hasLost(somebody)).toBe(true)
  })

  it('takes of the compatible mode what is encrypted, not what is plain', async () => {
    const [somebody, other] = [await known(), await known()]
    const message = pushJson(event(somebody.person), seconds())
    expect(await send(safePush(message, { timestamp: seconds() }, event(other.person)))).toEqual(
      success,
    )
    expect([await hasLost(somebody), await hasLost(other)]).toEqual([true, false])
  })

  it('refuses plain messages, though they are signed', async () => {
    const somebody = await known()
    const message = pushJson(event(somebody.person), seconds())
    await expectRefused(plainPush(message, { timestamp: seconds() }))
    expect(await hasLost(somebody)).toBe(false)
  })

  const flip = (base64: string) => {
    const bytes = Buffer.from(base64, 'base64')
    bytes[40] = (bytes[40] ?? 0) ^ 1
    return bytes.toString('base64')
  }
  const lastBlockLess = (base64: string) =>
    Buffer.from(base64, 'base64').subarray(0, -16).toString('base64')
  const cases: [string, (message: string) => Push][] = [
    ['forged', (message) => safePush(message, { timestamp: seconds(), token: 'guessed' })],
    ['old', (message) => safePush(message, { timestamp: seconds() - 660 })],
    [
      'encrypted for another app',
      (message) => safePush(message, { timestamp: seconds(), sealedFor: 'wx-of-another' }),
    ],
    [
      'signed as plain messages are',
      (message) => {
        const push = safe(message)
        const { signature = '' } = push.query
        return { ...push, query: { ...push.query, msg_signature: signature } }
      },
    ],
    [
      'changed on the way',
      (message) => {
        const push = safe(message)
        return { ...push, body: JSON.stringify({ Encrypt: flip(encryptedOf(push)) }) }
      },
    ],
    ...(['', 'AAAA', 'A'.repeat(43) + '='] as const).map((encrypted): (typeof cases)[number] => [
      `no ciphertext (${encrypted.length} characters)`,
      (message) => resigned(safe(message), encrypted),
    ]),
    [
      'cut off by a block',
      (message) => {
        const push = safe(message)
        return resigned(push, lastBlockLess(encryptedOf(push)))
      },
    ],
    [
      'cut off within a block',
      (message) => {
        const push = safe(message)
        return resigned(push, encryptedOf(push).slice(0, 100))
      },
    ],
    ['not what it seems', (message) => ({ ...safe(message), body: 'Encrypt=1' })],
    ['not UTF-8', (message) => ({ ...safe(message), body: Buffer.from([0x7b, 0xff, 0x7d]) })],
  ]

  it.each(cases)('refuses what is %s', async (_, push) => {
    const somebody = await known()
    await expectRefused(push(pushJson(event(somebody.person), seconds())))
    expect(await hasLost(somebody)).toBe(false)
  })

  it('deletes what was given anew before a repetition of the event only once', async () => {
    const somebody = await known()
    const createTime = seconds()
    const push = () =>
      safePush(pushJson(event(somebody.person), createTime), { timestamp: seconds() })
    const first = push()
    expect(await send(first)).toEqual(success)
    const phone = sealedPhone(somebody.person, makePhoneNumber())
    await backend.send('POST', '/auth/phone-number', { token: somebody.token, json: phone })

    backend.pass(5)
    expect(await send(push())).toEqual(success)
    expect(await send(first)).toEqual(success)

    expect(await somebody.state()).toMatchObject({ hasPhoneNumber: true })
    const later = pushJson(event(somebody.person), seconds())
    expect(await send(safe(later))).toEqual(success)
    expect(await somebody.state()).toMatchObject({ hasPhoneNumber: false })
  })

  it('deletes once when an event arrives three times at once', async () => {
    const somebody = await known()
    const push = safe(pushJson(event(somebody.person), seconds()))
    const answers = await Promise.all([send(push), send(push), send(push)])
    expect(answers).toEqual([success, success, success])
    expect(await hasLost(somebody)).toBe(true)
  })

  it('takes the events of two users in one second for two', async () => {
    const [one, other] = [await known(), await known()]
    const createTime = seconds()
    for (const { person } of [one, other]) {
      expect(await send(safe(pushJson(event(person), createTime)))).toEqual(success)
    }
    expect([await hasLost(one), await hasLost(other)]).toEqual([true, true])
  })

  it('remembers an event for a day', async () => {
    const remembered = () => backend.database.$count(pushEvents)
    const another = () => send(safe(pushJson(event(makePerson()), seconds())))
    const before = await remembered()
    expect(before).toBeGreaterThan(1)
    backend.pass(23 * 3600)
    await another()
    expect(await remembered()).toBe(before + 1)
    backend.pass(3600 + 1)
    await another()
    // That of an hour ago, and this one.
    expect(await remembered()).toBe(2)
  })

  it('is handled again when it could not be handled the first time', async () => {
    const somebody = await known()
    const push = safe(pushJson(event(somebody.person), seconds()))
    backend.beforeTransaction(() => Promise.reject(new Error('the database is away')))
    expect((await send(push)).status).toBe(500)
    expect(await hasLost(somebody)).toBe(false)
    expect(await send(push)).toEqual(success)
    expect(await hasLost(somebody)).toBe(true)
  })

  it('names no user in the log', () => {
    expect(backend.log.join('')).not.toContain('open-')
    expect(backend.log.join('')).not.toContain(appId)
  })
})
