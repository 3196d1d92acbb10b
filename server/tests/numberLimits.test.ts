import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import { counters } from '../src/db/schema'
import { createKeyedHash } from '../src/keyedHash'
import { createPasswords } from '../src/passwords'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber } from './support/people'

let backend: TestBackend | undefined
afterEach(async () => {
  await backend?.close()
  backend = undefined
})

const limit = { count: 2, seconds: 86_400 }
const statusesOf = (answers: { status: number }[]) => answers.map(({ status }) => status)

describe('a limit', () => {
  it('of text codes to a number counts what all addresses ask for', async () => {
    const own = (backend = await openTestBackend({ limits: { smsNumber: limit } }))
    const ask = (phone: string, from: string) =>
      own.send('POST', '/auth/sms-codes', { json: { phone, purpose: 'login' }, from })
    const phone = makePhoneNumber()
    const answers = [await ask(phone, '203.0.113.1'), await ask(phone, '203.0.113.2')]
    const last = await ask(phone, '203.0.113.3')
    expect(statusesOf([...answers, last])).toEqual([202, 202, 429])
    expect(last.headers.get('Retry-After')).toBe('86400')
    expect((await ask(makePhoneNumber(), '203.0.113.3')).status).toBe(202)
  })

  it('of all text codes counts those to all numbers from all addresses', async () => {
    const own = (backend = await openTestBackend({ limits: { sms: limit } }))
    const ask = (from: string) =>
      own.send('POST', '/auth/sms-codes', {
        json: { phone: makePhoneNumber(), purpose: 'login' },
        from,
      })
    const answers = [await ask('203.0.113.1'), await ask('203.0.113.2'), await ask('203.0.113.3')]
    expect(statusesOf(answers)).toEqual([202, 202, 429])
    expect(own.inbox).toHaveLength(2)
    own.pass(86_400)
    expect((await ask('203.0.113.3')).status).toBe(202)
  })

  it('of passwords that are tried counts all addresses, and leaves the owner the text code', async () => {
    const own = (backend = await openTestBackend({ limits: { passwordTries: limit } }))
    const phone = makePhoneNumber()
    const attempt = (from: string) =>
      own.send('POST', '/auth/login', { json: { phone, password: 'wrong one' }, from })
    const answers = [
      ...[await attempt('203.0.113.1'), await attempt('203.0.113.2')],
      ...[await attempt('203.0.113.3')],
    ]
    expect(statusesOf(answers)).toEqual([401, 401, 429])
    const json = { phone, smsCode: await own.textCode(phone) }
    expect((await own.send('POST', '/auth/login', { json })).status).toBe(200)
  })

  it('of passwords counts one that comes with a text code, too', async () => {
    const own = (backend = await openTestBackend({ limits: { passwordTries: limit } }))
    const phone = makePhoneNumber()
    const attempt = async () => {
      const json = { phone, smsCode: '000000', password: 'wrong one' }
      return own.send('POST', '/auth/login', { json })
    }
    expect(statusesOf([await attempt(), await attempt(), await attempt()])).toEqual([401, 401, 429])
  })
})

it('nothing is counted where there are no limits', async () => {
  const own = (backend = await openTestBackend())
  await own.signIn(makePerson())
  expect(await own.database.$count(counters)).toBe(0)
})

describe('password hashes', () => {
  /** Hashes that end when they are released. */
  function createHeld() {
    const releases: (() => void)[] = []
    const hold = () => new Promise<void>((resolve) => releases.push(resolve))
    const hashing = {
      hash: () => hold().then(() => 'a hash'),
      verify: () => hold().then(() => true),
    }
    return { releases, hashing }
  }

  it('are calculated at most as many at once as there are cores', async () => {
    const { releases, hashing } = createHeld()
    const passwords = createPasswords(new AbortController().signal, hashing)
    const cores = availableParallelism()
    const hashed = Array.from({ length: cores + 3 }, () => passwords.hash('a password'))
    await Promise.resolve()
    expect(releases).toHaveLength(cores)
    for (let done = 0; done < hashed.length; done++) {
      releases[done]?.()
      await hashed[done]
    }
    expect(releases).toHaveLength(hashed.length)
  })

  it('are refused where too many wait, until some are done', async () => {
    const { releases, hashing } = createHeld()
    const passwords = createPasswords(new AbortController().signal, hashing)
    const most = availableParallelism() * 101
    const first = Array.from({ length: most }, () => passwords.hash('a password'))
    await expect(passwords.hash('one more')).rejects.toMatchObject({ name: 'TooManyWaitingError' })
    releases[0]?.()
    await first[0]
    const later = passwords.hash('one more')
    for (let done = 1; done <= most; done++) {
      releases[done]?.()
      await (first[done] ?? later)
    }
  })
})

describe('a keyed hash', () => {
  const [former, newest] = [randomBytes(32), randomBytes(32)]

  it('matches after the secret has changed, as long as the former is kept behind it', () => {
    const hash = createKeyedHash([former], 'tests').of('012345')
    const changed = createKeyedHash([newest, former], 'tests')
    expect(changed.matches('012345', hash)).toBe(true)
    expect(changed.matches('012346', hash)).toBe(false)
    expect(changed.of('012345')).not.toBe(hash)
    expect(createKeyedHash([newest], 'tests').matches('012345', hash)).toBe(false)
  })

  it('is another for another use', () => {
    const hash = createKeyedHash([newest], 'tests').of('012345')
    expect(createKeyedHash([newest], 'other tests').matches('012345', hash)).toBe(false)
  })
})

describe('two people who bind one number at once', () => {
  it('do not both have it, however they send its text code', async () => {
    const own = (backend = await openTestBackend({ phoneJoin: undefined, instances: 2 }))
    for (let round = 0; round < 5; round++) {
      const phone = makePhoneNumber()
      const smsCode = await own.textCode(phone, 'bind')
      const json = { phone, smsCode }
      const people = [await own.signIn(makePerson()), await own.signIn(makePerson())]
      const bind = ({ accessToken: token }: { accessToken: string }) =>
        own.send('POST', '/auth/phone-number', { token, json })
      await Promise.all(people.map(bind))
      const states = people.map(async ({ accessToken: token }) =>
        stateOf(await own.send('GET', '/auth/token-state', { token })),
      )
      const has = (await Promise.all(states)).map(({ hasPhoneNumber }) => hasPhoneNumber)
      expect(has.sort()).toEqual([false, true])
    }
  })
})
