import { createUniAppAxiosAdapter } from '@uni-helper/axios-adapter'
import axios from 'axios'
import { describe } from 'vitest'
import { createAxiosAdapter } from '../../../src/adapters/index'
import type { Auth } from '../../../src/auth/auth'
import { BASE } from '../../support/host'
import { testLayer, type Interceptions, type Started } from './layer'

function open(auth: Auth, seen: Interceptions, cancelable: () => [object, () => void]) {
  const http = axios.create({ baseURL: BASE })
  http.defaults.adapter = createAxiosAdapter(auth, createUniAppAxiosAdapter())
  http.interceptors.request.use((config) => {
    seen.requests += 1
    config.headers.set('Authorization', 'Bearer of the app')
    return config
  })
  http.interceptors.response.use(
    (response) => {
      seen.responses += 1
      return response
    },
    (error: unknown) => {
      seen.failures += 1
      throw error
    },
  )
  function started(send: (config: object) => Promise<unknown>): Started {
    const [config, abort] = cancelable()
    return { result: send(config), abort }
  }
  const file = { filePath: 'wxfile://1', name: 'file' }
  return {
    get: (url: string) => started((config) => http.get(url, config)),
    upload: (url: string) => started((config) => http.upload(url, {}, { ...file, ...config })),
    download: (url: string) => started((config) => http.download(url, config)),
  }
}

const shapes = {
  success: (data: unknown) => ({ status: 200, data }),
  refusal: (data: unknown) => ({
    is: 'rejected',
    error: { isAxiosError: true, code: 'ERR_BAD_REQUEST', response: { status: 422, data } },
  }),
  networkFailure: { isAxiosError: true, code: 'ERR_NETWORK' },
  abort: { name: 'CanceledError', code: 'ERR_CANCELED' },
}

const ways: [string, () => [object, () => void]][] = [
  [
    'a signal',
    () => {
      const controller = new AbortController()
      return [{ signal: controller.signal }, () => controller.abort()]
    },
  ],
  [
    'a token',
    () => {
      const { token, cancel } = axios.CancelToken.source()
      return [{ cancelToken: token }, () => cancel()]
    },
  ],
]
describe.each(ways)('a request that %s cancels', (_name, cancelable) => {
  testLayer((auth, seen) => open(auth, seen, cancelable), shapes)
})
