import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestBackend, readAnswer, stateOf, type TestBackend } from './support/backend'
import { listen } from './support/listen'
import { makePerson, sealedUserInfo, type Person } from './support/people'

let backend: TestBackend
let server: Awaited<ReturnType<typeof listen>>
beforeEach(async () => {
  backend = await openTestBackend()
  server = await listen(backend)
})
afterEach(async () => {
  await server.close()
  await backend.close()
})

async function post(path: string, token?: string, json: object = {}) {
  const headers = {
    'Content-Type': 'application/json',
    ...(token && { Authorization: `Bearer ${token}` }),
  }
  const init = { method: 'POST', headers, body: JSON.stringify(json) }
  return readAnswer(await fetch(server.url + path, init))
}

async function logIn(person: Person) {
  const code = backend.loginCode(person)
  return stateOf(await post('/auth/login', undefined, { code })).accessToken
}

/** Logs in, agrees to the button, and asks for the coupon; returns the status of its answer. */
async function agree(person: Person, unionid?: string) {
  const token = await logIn(person)
  const submitted = await post('/auth/user-info', token, sealedUserInfo(person, unionid))
  expect(submitted.status).toBe(200)
  return (await post('/coupons', token)).status
}

const warnings = () =>
  backend.log
    .map((line) => JSON.parse(line) as { level: number; msg: string })
    .filter(({ level }) => level === 40)

it('the log says once how to get unionids where WeChat sends none, with no secret', async () => {
  const people = [0, 1, 2].map(() => makePerson({ unionid: false }))
  for (const person of people) expect(await agree(person)).toBe(401)

  expect(warnings()).toEqual([
    expect.objectContaining({
      msg: expect.stringMatching(/bind the mini-program.* https:\S+\/union-id\.html$/) as string,
    }),
  ])
  const log = backend.log.join('')
  const secrets = people.flatMap(({ openid, sessionKey }) => [openid, sessionKey])
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([])
})

it('the log does not say so for logins alone: nobody has agreed yet', async () => {
  await logIn(makePerson({ unionid: false }))
  await logIn(makePerson({ unionid: false }))
  expect(warnings()).toEqual([])
})

it.each([
  ['at login', () => agree(makePerson())],
  ['in user info', () => agree(makePerson({ unionid: false }), 'union-of-somebody')],
])('the log does not say so where WeChat has sent one %s', async (_, first) => {
  expect(await first()).toBe(200)
  expect(await agree(makePerson({ unionid: false }))).toBe(401)
  expect(warnings()).toEqual([])
})
