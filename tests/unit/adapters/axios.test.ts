import { createUniAppAxiosAdapter } from '@uni-helper/axios-adapter'
import axios from 'axios'
import { describe } from 'vitest'
import { createAxiosAdapter } from '../../../src/adapters/index'
import type { Auth } from '../../../src/auth/auth'
import { BASE } from '../../support/host'
import { countResponses, started, testLayer, waysToCancel } from './layer'
import type { Cancelable, Interceptions } from './layer'

function open(auth: Auth, seen: Interceptions, cancelable: Cancelable) {
  const http = axios.create({ baseURL: BASE })
  http.defaults.adapter = createAxiosAdapter(auth, createUniAppAxiosAdapter())
  http.interceptors.request.use((config) => {
    seen.requests += 1
    config.headers.set('Authorization', 'Bearer of the app')
    return config
  })
  countResponses(http.interceptors.response, seen)
  const file = { filePath: 'wxfile://1', name: 'file' }
  return {
    get: (url: string) => started(cancelable, (config) => http.get(url, config)),
    upload: (url: string) =>
      started(cancelable, (config) => http.upload(url, {}, { ...file, ...config })),
    download: (url: string) => started(cancelable, (config) => http.download(url, config)),
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

describe.each(waysToCancel(() => axios.CancelToken.source()))(
  'a request that %s cancels',
  (_name, cancelable) => {
    testLayer((auth, seen) => open(auth, seen, cancelable), shapes)
  },
)
