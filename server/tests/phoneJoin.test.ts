import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber, sealedPhone } from './support/people'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend({ phoneJoin: 'refuse' })
})
afterAll(() => backend.close())

async function someone() {
  const self = makePerson()
  const { accessToken: token } = await backend.signIn(self)
  const bind = (number: string) =>
    backend.send('POST', '/auth/phone-number', { token, json: sealedPhone(self, number) })
  const me = async () => (await backend.send('GET', '/me', { token })).body
  return { bind, me }
}

it('leaves a number that somebody else has with them, and both people as they are', async () => {
  const [owner, stranger] = [await someone(), await someone()]
  const number = makePhoneNumber()
  await owner.bind(number)
  const before = [await owner.me(), await stranger.me()]

  const refused = await stranger.bind(number)

  expect(refused.status).toBe(403)
  expect(refused.body.type).toBe('/problems/phone-number-taken')
  expect([await owner.me(), await stranger.me()]).toEqual(before)
  expect((await owner.bind(number)).status).toBe(200)
})

it('takes a number that nobody has, and another one after it, which frees the first', async () => {
  const [one, other] = [await someone(), await someone()]
  const [first, second] = [makePhoneNumber(), makePhoneNumber()]
  await one.bind(first)
  expect((await one.bind(second)).status).toBe(200)
  expect((await other.bind(first)).status).toBe(200)
  expect((await other.bind(second)).status).toBe(403)
})
