import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Service } from '../../../example/api'

const services: Service[] = [
  { id: 'van', name: '小面搬家', description: '', price: 19_900, isVirtual: false },
  { id: 'course', name: '线上整理课', description: '', price: 9900, isVirtual: true },
]

// What the host says of the phone is kept while the app runs.
beforeEach(() => void vi.resetModules())
afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

/** The app in this host, on a phone of this platform; its backend has both services. */
async function startApp(host: string, platform: string) {
  vi.stubEnv('UNI_PLATFORM', host)
  vi.stubGlobal('getCurrentPages', () => [])
  vi.stubGlobal('uni', {
    getDeviceInfo: () => ({ platform }),
    getStorageSync: () => ({ signedOut: true }),
    request: ({ success }: { success: (answer: object) => void }) =>
      success({ statusCode: 200, header: {}, data: { data: services } }),
  })
  return import('../../../example/api')
}

it.each([
  ['mp-weixin', 'ios', ['van']],
  ['mp-weixin', 'android', ['van']],
  ['app', 'ios', ['van']],
  ['app', 'android', ['van', 'course']],
])('in %s on %s the services on offer are %j', async (host, platform, offered) => {
  const { fetchServices } = await startApp(host, platform)
  expect((await fetchServices()).map(({ id }) => id)).toEqual(offered)
})
