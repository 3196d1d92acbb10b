import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const asked: string[] = []

beforeEach(() => {
  vi.resetModules()
  vi.stubGlobal('getCurrentPages', () => [])
  vi.stubGlobal('uni', {
    getStorageSync: () => ({ signedOut: true }),
    request: ({ url, success }: { url: string; success: (answer: object) => void }) => {
      asked.push(url)
      success({ statusCode: 200, header: {}, data: { data: [] } })
    },
  })
})
afterEach(() => {
  asked.length = 0
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

it.each([
  ['the configured backend', 'https://api.example.com', 'https://api.example.com/services'],
  ['the local one where none is configured', undefined, 'http://127.0.0.1:3000/services'],
  ['the local one where the setting is empty', '', 'http://127.0.0.1:3000/services'],
])('the app speaks to %s', async (_, configured, address) => {
  vi.stubEnv('VITE_API_BASE', configured)
  const { auth } = await import('../../../example/auth')
  await auth.request('/services')
  expect(asked).toEqual([address])
})
