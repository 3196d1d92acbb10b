import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answer } from '../src/http/answer'
import { requires } from '../src/http/requires'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { appId, makePerson, makePhoneNumber, sealedPhone, sealedUserInfo } from './support/people'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend({ userInfoPolicy: 'profile' })
  backend.app.get('/needs/user-info', requires('getUserInfo'), (c) => answer(c, 'done'))
})
afterAll(() => backend.close())

const submit = (token: string, json: unknown) =>
  backend.send('POST', '/auth/user-info', { token, json })
const challengesOf = async (token: string) =>
  (await backend.send('GET', '/needs/user-info', { token })).body.challenges
const me = async (token: string) => (await backend.send('GET', '/me', { token })).body.data

/** User info of an old base library: with the real profile. */
const oldUserInfo = (person = makePerson(), nickName: unknown = '林小雨') =>
  sealedUserInfo(person, person.unionid, appId, { nickName, avatarUrl: 'https://wx.example/132' })

describe('the policy "profile"', () => {
  it('asks for the profile of whose unionid alone is known, until a nickname is', async () => {
    const person = makePerson()
    const { accessToken: token, hasUserInfo } = await backend.signIn(person)
    expect(hasUserInfo).toBe(false)
    expect(await challengesOf(token)).toBe('getUserInfo scope="profile"')

    const anonymous = stateOf(await submit(token, { nickname: '微信用户' }))
    expect(anonymous).toMatchObject({ hasUserInfo: false, version: 1 })

    const known = stateOf(await submit(token, { nickname: '小林' }))
    expect(known).toMatchObject({ hasUserInfo: true, version: 2 })
    expect(await challengesOf(token)).toBeUndefined()
    expect(await backend.signIn(person)).toMatchObject({ hasUserInfo: true })
  })

  it('is not content with a nickname without the unionid', async () => {
    const person = makePerson({ unionid: false })
    const { accessToken: token } = await backend.signIn(person)
    expect(stateOf(await submit(token, { nickname: '小林' })).hasUserInfo).toBe(false)
    expect(await challengesOf(token)).toBe('getUserInfo scope="profile"')

    const state = stateOf(await submit(token, sealedUserInfo(person, 'union-profile')))
    expect(state).toMatchObject({ hasUserInfo: true, version: 3 })
  })

  it('takes both at once, from the button and the form', async () => {
    const person = makePerson({ unionid: false })
    const { accessToken: token } = await backend.signIn(person)
    const info = sealedUserInfo(person, 'union-of-both')
    const state = stateOf(await submit(token, { ...info, nickname: '小林' }))
    expect(state).toMatchObject({ hasUserInfo: true, version: 2 })
  })
})

it('a booking asks for number and profile, each with its reason', async () => {
  const { accessToken: token } = await backend.signIn(makePerson())
  const headers = { 'Accept-Language': 'en' }
  const { body } = await backend.send('POST', '/bookings', { token, headers, json: {} })
  expect(body.challenges).toBe(
    'getPhoneNumber reason="So that the movers can reach you", ' +
      'getUserInfo scope="profile", reason="So that the movers know how to address you"',
  )
})

describe('the nickname', () => {
  it('is learnt from the data of old base libraries, the picture there is not', async () => {
    const person = makePerson()
    const { accessToken: token } = await backend.signIn(person)
    const state = stateOf(await submit(token, oldUserInfo(person)))
    expect(state).toMatchObject({ hasUserInfo: true, version: 2 })
    expect(JSON.stringify(await me(token))).not.toContain('wx.example')
    expect(await me(token)).toMatchObject({ nickname: '林小雨' })
  })

  it.each([
    ['the one the body brings', '小林', '小林'],
    ["WeChat's, where the body brings the anonymous one", '微信用户', '林小雨'],
  ])('is %s', async (_, nickname, expected) => {
    const person = makePerson()
    const { accessToken: token } = await backend.signIn(person)
    await submit(token, { ...oldUserInfo(person), nickname })
    expect(await me(token)).toMatchObject({ nickname: expected })
  })

  it.each([['微信用户'], [''], [' '], ['a\u0000'], ['林'.repeat(65)], [7], [null]])(
    'is not learnt where WeChat has it as %j, and the data is taken all the same',
    async (nickName) => {
      const person = makePerson()
      const { accessToken: token } = await backend.signIn(person)
      await submit(token, { nickname: '小林' })
      const answered = await submit(token, oldUserInfo(person, nickName))
      expect(answered.status).toBe(200)
      expect(await me(token)).toMatchObject({ nickname: '小林' })
    },
  )

  it("raises the versions of all the person's sessions, but only when it changes", async () => {
    const person = makePerson()
    const { accessToken: phone } = await backend.signIn(person)
    const { accessToken: tablet } = await backend.signIn(person)
    const versions = async () => {
      const states = [phone, tablet].map(async (token) =>
        stateOf(await backend.send('GET', '/me', { token })),
      )
      return (await Promise.all(states)).map(({ version }) => version)
    }
    await submit(phone, { nickname: '小林' })
    expect(await versions()).toEqual([2, 2])
    await submit(tablet, { nickname: '小林' })
    expect(await versions()).toEqual([2, 2])
    await submit(tablet, { nickname: '林林' })
    expect(await versions()).toEqual([3, 3])
  })

  it('is one for all identities of a person', async () => {
    const person = makePerson()
    const { accessToken } = await backend.signIn(person)
    await submit(accessToken, { nickname: '小林' })
    const elsewhere = await backend.signIn({ ...person, openid: `${person.openid}-elsewhere` })
    expect(elsewhere.hasUserInfo).toBe(true)
  })

  it.each([
    ["the elder's when people are joined", '大林', '大林'],
    ["the younger's when the elder has none", undefined, '小林'],
  ])('is %s', async (_, nickname, expected) => {
    const number = makePhoneNumber()
    const bind = async () => {
      const person = makePerson()
      const { accessToken: token } = await backend.signIn(person)
      const join = () =>
        backend.send('POST', '/auth/phone-number', { token, json: sealedPhone(person, number) })
      return { token, join }
    }
    const elder = await bind()
    if (nickname) await submit(elder.token, { nickname })
    await elder.join()
    backend.pass(1)
    const younger = await bind()
    await submit(younger.token, { nickname: '小林' })

    const state = stateOf(await younger.join())

    expect(state.hasUserInfo).toBe(true)
    expect(await me(elder.token)).toMatchObject({ nickname: expected })
  })
})
