import Request, { type HttpTask } from 'luch-request'
import { createLuchRequest } from '../../../src/adapters/index'
import { BASE } from '../../support/host'
import { testLayer, type Started } from './layer'

testLayer(
  (auth, seen) => {
    const instance = new Request({ baseURL: BASE })
    const http = createLuchRequest(auth, instance)
    // On the instance that was there before: the other one shares them.
    instance.interceptors.request.use((config) => {
      seen.requests += 1
      return { ...config, header: { ...config.header, Authorization: 'Bearer of the app' } }
    })
    instance.interceptors.response.use(
      (response) => {
        seen.responses += 1
        return response
      },
      (error) => {
        seen.failures += 1
        throw error
      },
    )
    function started(send: (getTask: (task: HttpTask) => void) => Promise<unknown>): Started {
      let first: HttpTask | undefined
      const result = send((task) => (first ??= task))
      return { result, abort: () => first?.abort() }
    }
    return {
      get: (url) => started((getTask) => http.get(url, { getTask })),
      upload: (url) =>
        started((getTask) => http.upload(url, { filePath: 'wxfile://1', name: 'file', getTask })),
      download: (url) => started((getTask) => http.download(url, { getTask })),
    }
  },
  {
    success: (data) => ({ statusCode: 200, data }),
    refusal: (data) => ({ is: 'rejected', error: { statusCode: 422, data, config: {} } }),
    networkFailure: { errMsg: 'request:fail', config: {} },
    abort: { errMsg: 'request:fail abort', config: {} },
  },
)
