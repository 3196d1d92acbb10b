// Each recipe of docs/backends/, as printed there, against a backend of that shape over real HTTP.
import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuth } from '../../src/createAuth'
import type { Dialect } from '../../src/auth/dialect'
import type { AuthWarning, TokenState } from '../../src/auth/types'
import { createNodePlatform } from '../support/nodePlatform'
import { examplesOf } from '../docs/documents'
import { run } from '../docs/run'
import { FILE, startShape, type Running, type Shape } from './shape'

/** All in shapes/. */
const shapes = Object.values(
  import.meta.glob<Shape>('./shapes/*.ts', { eager: true, import: 'shape' }),
)

const dialectOf = ({ name }: Shape): Dialect => {
  const [example] = examplesOf(`backends/${name}.md`)
  // Without the client of the page, which is one for uni-app.
  const code = example!.code.replace(/^export const auth[^]*/m, '')
  return run(code, ['dialect']).dialect as Dialect
}

it('are all tried that are documented', () => {
  const pages = readdirSync('docs/backends').filter((file) => file !== 'README.md')
  expect(shapes.map(({ name }) => `${name}.md`).sort()).toEqual(pages.sort())
})

it.each(shapes)('the dialect of $name has 30 lines at most', ({ name }) => {
  const [example] = examplesOf(`backends/${name}.md`)
  const [dialect] = /^const dialect[\s\S]*?^}$/m.exec(example!.code) ?? ['']
  expect(dialect).not.toBe('')
  expect(dialect.split('\n').length).toBeLessThanOrEqual(30)
})

it('the dialect of ruoyi-vue-plus takes a token that never expires', () => {
  const { read } = dialectOf(shapes.find(({ name }) => name === 'ruoyi-vue-plus')!)
  const lifetimeIn = (expire_in: number) => {
    const data = { code: 200, data: { access_token: 'a', expire_in } }
    const reading = read?.({ call: 'login', url: '/auth/login', status: 200, headers: {}, data })
    return (reading?.tokenState as TokenState | undefined)?.expiresIn
  }
  expect([604_800, -1].map(lifetimeIn)).toEqual([604_800, undefined])
})

describe.each(shapes)('$name', (shape) => {
  const { paths, refusal } = shape
  const dialect = dialectOf(shape)
  let backend: Running
  let people = 0
  beforeAll(async () => {
    backend = await startShape(shape)
  })
  afterAll(() => backend.close())

  /** A new person with a phone of their own, which can be restarted. */
  function createPerson() {
    const name = `person${(people += 1)}`
    let codes = 0
    const host = createNodePlatform(() => Promise.resolve(`code-of-${name}-${(codes += 1)}`))
    const start = () => {
      const warnings: AuthWarning[] = []
      const auth = createAuth({
        ...{ baseURL: backend.url, platform: host.platform, dialect, storageKey: name },
        onWarning: (warning) => warnings.push(warning),
      })
      return { auth, warnings }
    }
    const logins = () => codes
    const { storage, exchanges } = host
    return { ...start(), logins, restart: start, storage, exchanges }
  }

  const contact = { url: paths.contact, method: 'POST', data: {} } as const
  const press = { errMsg: 'getPhoneNumber:ok', code: 'phone-code' }
  const isPrompted = ({ auth }: ReturnType<typeof createPerson>) =>
    expect.poll(() => auth.prompt?.kind, { interval: 5 }).toBe('getPhoneNumber')

  /** A request that needs a login; the phone number is given where the login needs that. */
  async function listByLogin(person: ReturnType<typeof createPerson>) {
    const listed = person.auth.request(paths.list)
    if (dialect.loginNeeds) {
      await isPrompted(person)
      await person.auth.submitPhoneNumber(press)
    }
    await listed
  }

  async function createMember() {
    const person = createPerson()
    await listByLogin(person)
    return person
  }

  it('serves a burst of 50 on a dead token with one refresh, or one login', async () => {
    const { auth, logins, warnings, exchanges } = await createMember()
    const before = logins()
    exchanges.length = 0
    backend.forget()
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => auth.request(paths.list)),
    )
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([])
    expect(logins() - before).toBe(dialect.refresh ? 0 : 1)
    // Nine have met the dead token, one renews it.
    expect(exchanges.length).toBe(60)
    expect(warnings).toEqual([])
  })

  it.runIf(dialect.refresh)('logs in once the refresh token is dead too', async () => {
    const person = await createMember()
    const before = person.logins()
    backend.forget('refreshTokens')
    await listByLogin(person)
    expect(person.logins() - before).toBe(1)
    expect(person.warnings).toEqual([])
  })

  it('rejects what the business refuses, with its code and message', async () => {
    const { auth } = await createMember()
    const refused = auth.request({ url: paths.refused, method: 'POST', data: {} })
    await expect(refused).rejects.toMatchObject({ name: 'BackendError', ...refusal })
  })

  it.runIf(!dialect.loginNeeds)(
    'asks for the phone number, takes a refusal, and replays once it is given',
    async () => {
      const person = await createMember()
      const { auth } = person
      const declined = auth.request(contact)
      await isPrompted(person)
      auth.cancelPrompt()
      await expect(declined).rejects.toMatchObject({ code: 'prompt_cancelled' })
      const booked = auth.request(contact)
      await isPrompted(person)
      await auth.submitPhoneNumber(press)
      expect(await booked).toBe('booked')
      expect(person.logins()).toBe(1)
      expect(auth.prompt).toBe(null)
    },
  )

  it.runIf(dialect.loginNeeds)(
    'asks for the phone number before the login, and takes a refusal',
    async () => {
      const person = createPerson()
      const declined = person.auth.request(paths.list)
      await isPrompted(person)
      person.auth.cancelPrompt()
      await expect(declined).rejects.toMatchObject({ code: 'prompt_cancelled' })
      expect(person.logins()).toBe(0)
      await listByLogin(person)
      expect(person.logins()).toBe(1)
    },
  )

  it('resolves nothing that was refused', async () => {
    const { auth } = createPerson()
    backend.forget('refreshTokens')
    auth.adopt({ accessToken: 'never-issued' })
    const calls = [
      auth.request({ url: paths.contact, method: 'POST', interactive: false }),
      auth.request({ url: paths.refused, method: 'POST', interactive: false }),
      auth.request({ url: '/no/such/path', interactive: false }),
      auth.request({ url: '/no/such/file', responseType: 'arraybuffer', interactive: false }),
    ]
    const results = await Promise.allSettled(calls)
    expect(results.map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
  })

  it('takes a file for one, and no refusal in its place', async () => {
    const { auth } = await createMember()
    const file = await auth.request<ArrayBuffer>({ url: FILE, responseType: 'arraybuffer' })
    expect(Buffer.from(file).toString()).toBe('%PDF')
    backend.forget('refreshTokens')
    const dead = createPerson()
    dead.auth.adopt({ accessToken: 'never-issued' })
    const refused = dead.auth.request({
      ...{ url: paths.contact, method: 'POST', data: {}, responseType: 'arraybuffer' },
      interactive: false,
    })
    await expect(refused).rejects.toThrow()
  })

  it('verifies the token, and renews a dead one', async () => {
    const { auth } = await createMember()
    const { accessToken } = await auth.verify()
    expect(accessToken).toBe(auth.tokenState?.accessToken)
    if (dialect.loginNeeds && !dialect.refresh) return
    backend.forget()
    expect((await auth.verify()).accessToken).not.toBe(accessToken)
  })

  it('signs in again after the app was killed, without a login', async () => {
    const person = await createMember()
    const before = person.logins()
    const { auth } = person.restart()
    await auth.request(paths.list)
    expect(person.logins()).toBe(before)
  })

  const hasLogout = dialect.logout?.({ accessToken: 'any' }) !== null

  it.runIf(!hasLogout)('signs out at the phone, where the backend has no logout', async () => {
    const { auth, warnings, storage } = await createMember()
    const { accessToken } = auth.tokenState!
    await auth.logout()
    expect(auth.tokenState).toBe(null)
    expect([...storage.values()].join()).not.toContain(accessToken)
    await expect(auth.request({ url: paths.list, interactive: false })).rejects.toThrow()
    expect(warnings).toEqual([])
  })

  it.runIf(hasLogout)('notifies the backend of a logout', async () => {
    const { auth, warnings, storage } = await createMember()
    const { accessToken } = auth.tokenState!
    await auth.logout()
    auth.adopt({ accessToken })
    await expect
      .poll(() =>
        auth.request({ url: paths.list, interactive: false }).then(
          () => 'alive',
          () => 'dead',
        ),
      )
      .toBe(dialect.loginNeeds ? 'dead' : 'alive')
    expect(auth.tokenState?.accessToken).not.toBe(accessToken)
    expect([...storage.values()].join()).not.toContain(accessToken)
    expect(
      warnings.map(({ code }) => code).filter((code) => code === 'logout_unconfirmed'),
    ).toEqual([])
  })
})
