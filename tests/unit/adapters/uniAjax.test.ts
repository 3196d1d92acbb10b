import ajax from 'uni-ajax'
import { createUniAjaxAdapter } from '../../../src/adapters/index'
import { BASE } from '../../support/host'
import { testLayer } from './layer'

testLayer(
  (auth, seen) => {
    const adapter = createUniAjaxAdapter(auth, ajax.defaults.adapter!)
    const http = ajax.create({ baseURL: BASE, adapter })
    http.interceptors.request.use((config) => {
      seen.requests += 1
      config.header.Authorization = 'Bearer of the app'
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
    return {
      get(url) {
        const controller = new AbortController()
        const result = http.get(url, undefined, { signal: controller.signal })
        return { result, abort: () => controller.abort() }
      },
    }
  },
  {
    success: (data) => ({ statusCode: 200, data }),
    refusal: (data) => ({ is: 'rejected', error: { statusCode: 422, data, config: {} } }),
    networkFailure: { errMsg: 'request:fail', config: {} },
    abort: { errMsg: 'request:fail abort', config: {} },
  },
)
