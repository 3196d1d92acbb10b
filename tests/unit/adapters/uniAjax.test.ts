import ajax from 'uni-ajax'
import { createUniAjaxAdapter } from '../../../src/adapters/index'
import { BASE } from '../../support/host'
import { countResponses, testLayer } from './layer'

testLayer(
  (auth, seen) => {
    const adapter = createUniAjaxAdapter(auth, ajax.defaults.adapter!)
    const http = ajax.create({ baseURL: BASE, adapter })
    http.interceptors.request.use((config) => {
      seen.requests += 1
      config.header.Authorization = 'Bearer of the app'
      return config
    })
    countResponses(http.interceptors.response, seen)
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
