import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { avatars } from '../src/db/schema'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber, sealedPhone, sealedUserInfo } from './support/people'
import { formWith, pictures } from './support/pictures'

const publicUrl = 'https://api.example/watchword'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend({ publicUrl })
})
afterAll(() => backend.close())

/** Lets every upload of the tests before be forgotten. */
beforeEach(() => backend.pass(3601))

async function signedIn(person = makePerson()) {
  const { accessToken: token } = await backend.signIn(person)
  return {
    person,
    token,
    /** Uploads a picture and returns its address. */
    async upload() {
      const form = formWith({ file: pictures['image/jpeg'] })
      const { body } = await backend.send('POST', '/auth/avatar', { token, form })
      return (body.data as { avatarUrl: string }).avatarUrl
    },
    submit: (json: unknown) => backend.send('POST', '/auth/user-info', { token, json }),
    async me() {
      const { body } = await backend.send('GET', '/me', { token })
      return { ...(body.data as { avatarUrl: string | null; nickname: string | null }), ...body }
    },
    bind: (number: string) =>
      backend.send('POST', '/auth/phone-number', { token, json: sealedPhone(person, number) }),
  }
}

const nameIn = (address: string) => address.slice(`${publicUrl}/avatars/`.length)
const isServed = async (address: string) =>
  (await backend.app.request(`/avatars/${nameIn(address)}`)).status === 200

const isKept = async (address: string) =>
  (await backend.database.$count(avatars, eq(avatars.name, nameIn(address)))) === 1

describe('a picture', () => {
  it('has the public address, and is shown once it is the one of the person', async () => {
    const { upload, submit, me } = await signedIn()
    const address = await upload()
    expect(address).toMatch(/^https:\/\/api\.example\/watchword\/avatars\/[\w-]{43}$/)
    expect(await me()).toMatchObject({ avatarUrl: null, tokenState: { version: 1 } })

    const state = stateOf(await submit({ avatarUrl: address }))

    expect(state.version).toBe(2)
    expect(await me()).toMatchObject({ avatarUrl: address, nickname: null })
    expect(stateOf(await submit({ avatarUrl: address })).version).toBe(2)
  })

  it('comes with a nickname, with encrypted data, and with both', async () => {
    const { person, upload, submit, me } = await signedIn(makePerson({ unionid: false }))
    const first = await upload()
    expect(stateOf(await submit({ avatarUrl: first, nickname: '小林' })).version).toBe(2)
    expect(await me()).toMatchObject({ avatarUrl: first, nickname: '小林' })

    const second = await upload()
    const info = sealedUserInfo(person, `union-of-${person.openid}`)
    const state = stateOf(await submit({ ...info, avatarUrl: second }))
    expect(state).toMatchObject({ hasUserInfo: true, version: 3 })
    expect(await me()).toMatchObject({ avatarUrl: second, nickname: '小林' })

    const third = await upload()
    await submit({ ...info, avatarUrl: third, nickname: '林林' })
    expect(await me()).toMatchObject({ avatarUrl: third, nickname: '林林' })
  })

  it('goes when another takes its place', async () => {
    const { upload, submit, me } = await signedIn()
    const [first, second] = [await upload(), await upload()]
    await submit({ avatarUrl: first })
    await submit({ avatarUrl: second })
    expect(await isKept(first)).toBe(false)
    expect(await isServed(first)).toBe(false)
    expect(await isKept(second)).toBe(true)
    expect(await isServed(second)).toBe(true)
    expect((await submit({ avatarUrl: first })).status).toBe(422)
    expect(await me()).toMatchObject({ avatarUrl: second })
  })

  it.each([
    ['of another site', () => 'https://example.com/a.png'],
    ['with a name never given', () => `${publicUrl}/avatars/${'A'.repeat(43)}`],
    ['that leads elsewhere', () => `${publicUrl}/avatars/../me`],
    ['of another site with a good name', (good: string) => good.replace('api.', 'evil.')],
    ['of another site whose name is as long', (good: string) => good.replace('api.', 'bad.')],
    ['with more behind it', (good: string) => `${good}?x`],
    ['that is a name alone', (good: string) => nameIn(good)],
    ['that is empty', () => ''],
    ['that is no text', () => 7],
    ['that is null', () => null],
  ])('is refused by an address %s, and the rest with it', async (_, address) => {
    const { upload, submit, me } = await signedIn()
    const json = { nickname: '小林', avatarUrl: address(await upload()) }
    const refused = await submit(json)
    expect(refused.status).toBe(422)
    expect(refused.body.type).toBe('/problems/invalid-body')
    expect(refused.body.errors?.map(({ pointer }) => pointer)).toEqual(['#/avatarUrl'])
    expect(await me()).toMatchObject({ nickname: null, avatarUrl: null })
  })

  it("is refused when it is another person's, used or not", async () => {
    const [one, other] = [await signedIn(), await signedIn(makePerson({ unionid: false }))]
    const address = await one.upload()
    const info = sealedUserInfo(other.person, `union-of-${other.person.openid}`)
    expect((await other.submit({ ...info, avatarUrl: address })).status).toBe(422)
    await one.submit({ avatarUrl: address })
    const refused = await other.submit({ ...info, avatarUrl: address })
    expect(refused.status).toBe(422)
    expect(stateOf(refused)).toMatchObject({ hasUserInfo: false, version: 1 })
    expect(await one.me()).toMatchObject({ avatarUrl: address })
  })
})

describe('uploads that are never used', () => {
  it('are four at most: a fifth is refused until the first of them is an hour old', async () => {
    const { token, upload, submit } = await signedIn()
    const used = await upload()
    await submit({ avatarUrl: used })
    const uploads: string[] = []
    for (let count = 0; count < 4; count++) {
      uploads.push(await upload())
      backend.pass(60)
    }
    const fifth = () =>
      backend.send('POST', '/auth/avatar', {
        token,
        form: formWith({ file: pictures['image/png'] }),
      })

    const refused = await fifth()
    expect([refused.status, refused.body.type]).toEqual([429, '/problems/too-many-requests'])
    expect(refused.headers.get('Retry-After')).toBe('3360')
    expect(stateOf(refused).accessToken).toBe(token)
    for (const address of [used, ...uploads]) expect(await isKept(address)).toBe(true)

    backend.pass(3359)
    expect((await fifth()).headers.get('Retry-After')).toBe('1')
    backend.pass(1)
    expect((await fifth()).status).toBe(200)
    expect(await Promise.all(uploads.map(isKept))).toEqual([false, true, true, true])
  })

  it('make room when one of them is used', async () => {
    const { upload, submit } = await signedIn()
    const [first] = [await upload(), await upload(), await upload(), await upload()]
    await submit({ avatarUrl: first })
    expect(await isKept(await upload())).toBe(true)
  })

  it('are four also when they come at once', async () => {
    const { token } = await signedIn()
    const form = () => formWith({ file: pictures['image/png'] })
    const sent = Array.from({ length: 8 }, () =>
      backend.send('POST', '/auth/avatar', { token, form: form() }),
    )
    const statuses = (await Promise.all(sent)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 429, 429, 429, 429])
  })

  it("are cleared away after an hour, by anybody's next upload", async () => {
    const [one, other] = [await signedIn(), await signedIn()]
    const [unused, used] = [await one.upload(), await other.upload()]
    await other.submit({ avatarUrl: used })
    backend.pass(3599)
    await other.upload()
    expect(await isKept(unused)).toBe(true)
    backend.pass(2)
    await other.upload()
    expect(await isKept(unused)).toBe(false)
    expect(await isKept(used)).toBe(true)
  })

  it('are cleared away twenty at a time', async () => {
    const person = await signedIn()
    await person.upload()
    const [row] = await backend.database.select().from(avatars).limit(1)
    const forgotten = Array.from({ length: 30 }, (_, number) => ({
      ...row!,
      name: `forgotten-${number}`,
      usedAt: null,
      createdAt: new Date(backend.now() - 3_601_000),
    }))
    // In the name of somebody else, whose own bound does not matter here.
    const { token } = await signedIn()
    await backend.database.insert(avatars).values(forgotten)
    const left = async () =>
      (await backend.database.select().from(avatars)).filter(({ name }) => name.startsWith('for'))
    const form = () => formWith({ file: pictures['image/png'] })
    await backend.send('POST', '/auth/avatar', { token, form: form() })
    expect(await left()).toHaveLength(10)
    await backend.send('POST', '/auth/avatar', { token, form: form() })
    expect(await left()).toHaveLength(0)
  })
})

describe('when two people are joined', () => {
  async function joined(given: { elder: boolean }) {
    const number = makePhoneNumber()
    const elder = await signedIn()
    const own = await elder.upload()
    if (given.elder) await elder.submit({ avatarUrl: own, nickname: '大林' })
    await elder.bind(number)
    backend.pass(1)
    const younger = await signedIn()
    const [used, unused] = [await younger.upload(), await younger.upload()]
    await younger.submit({ avatarUrl: used, nickname: '小林' })
    await younger.bind(number)
    return { elder, younger, own, used, unused }
  }

  it("the elder's stays, and the younger's is cleared away like an unused one", async () => {
    const { elder, younger, own, used } = await joined({ elder: true })
    for (const { me } of [elder, younger]) {
      expect(await me()).toMatchObject({ avatarUrl: own, nickname: '大林' })
    }
    backend.pass(3601)
    await elder.upload()
    expect(await isKept(used)).toBe(false)
    expect(await isKept(own)).toBe(true)
  })

  it("the younger's is taken where the elder has none", async () => {
    const { elder, used } = await joined({ elder: false })
    expect(await elder.me()).toMatchObject({ avatarUrl: used, nickname: '小林' })
  })

  it('an upload can still be used', async () => {
    const { elder, younger, unused, own } = await joined({ elder: true })
    expect((await younger.submit({ avatarUrl: unused })).status).toBe(200)
    expect(await elder.me()).toMatchObject({ avatarUrl: unused })
    expect(await isKept(own)).toBe(false)
  })
})
