import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from './support/backend'
import { makePerson } from './support/people'
import { formWith, pictures } from './support/pictures'

let backend: TestBackend
let token = ''
beforeAll(async () => {
  backend = await openTestBackend()
  token = (await backend.signIn(makePerson())).accessToken
})
afterAll(() => backend.close())

it.each<[number, string, () => Promise<{ status: number; headers: Headers }>]>([
  [200, 'with data', () => backend.send('GET', '/services')],
  [
    200,
    'of a picture',
    async () => {
      const form = formWith({ file: pictures['image/jpeg'] })
      const { body } = await backend.send('POST', '/auth/avatar', { token, form })
      return backend.app.request((body.data as { avatarUrl: string }).avatarUrl)
    },
  ],
  [204, 'to a preflight', async () => backend.app.request('/me', { method: 'OPTIONS' })],
  [401, 'to a guest', () => backend.send('GET', '/me')],
  [401, 'to a dead token', () => backend.send('GET', '/services', { token: 'dead' })],
  [404, 'to an unknown path', () => backend.send('GET', '/nowhere')],
  [405, 'to another method', () => backend.send('PUT', '/me')],
  [422, 'to a foul body', () => backend.send('POST', '/auth/login', { json: {} })],
  [
    500,
    'to a failure',
    () => {
      backend.before('select', () => Promise.reject(new Error('away')))
      return backend.send('GET', '/me', { token })
    },
  ],
  [204, 'without a body', () => backend.send('POST', '/auth/logout', { token })],
])('an answer of %i %s is taken by its type alone', async (status, _, send) => {
  const answer = await send()
  expect(answer.status).toBe(status)
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
})
