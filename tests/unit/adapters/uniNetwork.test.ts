import { adapters, un, UnCancelToken } from '@uni-helper/uni-network'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createUniNetworkAdapters } from '../../../src/adapters/index'
import { flush } from '../../support/clock'
import { openClient } from '../../support/client'
import { BASE } from '../../support/host'
import { countResponses, started, testLayer, waysToCancel } from './layer'
import type { Cancelable, Interceptions } from './layer'
import type { Auth } from '../../../src/auth/auth'

const original = { ...adapters }
afterAll(() => void Object.assign(adapters, original))

function open(auth: Auth, seen: Interceptions, cancelable: Cancelable) {
  Object.assign(adapters, createUniNetworkAdapters(auth, original))
  const http = un.create({ baseUrl: BASE })
  http.interceptors.request.use((config) => {
    seen.requests += 1
    return { ...config, headers: { ...config.headers, Authorization: 'Bearer of the app' } }
  })
  countResponses(http.interceptors.response, seen)
  const file = { filePath: 'wxfile://1', name: 'file' }
  return {
    get: (url: string) => started(cancelable, (config) => http.get(url, config)),
    upload: (url: string) =>
      started(cancelable, (config) => http.upload({ url, ...file, ...config })),
    download: (url: string) => started(cancelable, (config) => http.download({ url, ...config })),
  }
}

const shapes = {
  success: (data: unknown) => ({ status: 200, data }),
  refusal: (data: unknown) => ({
    ...{ is: 'rejected', error: { isUnError: true, code: 'ERR_BAD_REQUEST', response: { data } } },
  }),
  networkFailure: { isUnError: true, code: 'ERR_NETWORK' },
  abort: { isUnCanceledError: true, code: 'ERR_CANCELED' },
}

describe.each(waysToCancel(() => UnCancelToken.source()))(
  'a request that %s cancels',
  (_name, cancelable) => {
    testLayer((auth, seen) => open(auth, seen, cancelable), shapes)
  },
)

it('leaves the tasks of uploads alone on H5, where they throw: the result has the headers', async () => {
  vi.stubEnv('UNI_PLATFORM', 'h5')
  vi.resetModules()
  const h5 = await import('../../../src/adapters/index')
  const uploadFile = (options: { success: (result: object) => void }) => {
    const header = { 'www-authenticate': 'getPhoneNumber' }
    setImmediate(() => options.success({ statusCode: 401, header, data: '' }))
    return {
      onHeadersReceived() {
        throw new Error('Method not implemented.')
      },
    }
  }
  vi.stubGlobal('uni', { uploadFile })
  const { auth } = openClient({ token: 't' })
  Object.assign(adapters, h5.createUniNetworkAdapters(auth, original))
  void un
    .create({ baseUrl: BASE })
    .upload('/file')
    .catch(() => {})
  await flush()
  await flush()
  expect(auth.prompt?.kind).toBe('getPhoneNumber')
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})
