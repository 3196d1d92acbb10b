import AdapterUniapp from '@alova/adapter-uniapp'
import { createAlova } from 'alova'
import { createAlovaAdapter } from '../../../src/adapters/index'
import { BASE } from '../../support/host'
import { testLayer, type Started } from './layer'

testLayer(
  (auth, seen) => {
    const uniapp = AdapterUniapp()
    const alova = createAlova({
      ...uniapp,
      baseURL: BASE,
      requestAdapter: createAlovaAdapter(auth, uniapp.requestAdapter),
      cacheFor: null,
      shareRequest: false,
      beforeRequest(method) {
        seen.requests += 1
        method.config.headers.Authorization = 'Bearer of the app'
      },
      responded: {
        onSuccess(response) {
          seen.responses += 1
          if (response.statusCode >= 400) throw response
          return response
        },
        onError(error) {
          seen.failures += 1
          throw error
        },
      },
    })
    const started = (method: ReturnType<typeof alova.Get>): Started => ({
      result: method.send(),
      abort: () => void method.abort(),
    })
    return {
      get: (url) => started(alova.Get(url)),
      upload: (url) => {
        const file = { name: 'file', filePath: 'wxfile://1' }
        return started(alova.Post(url, file, { requestType: 'upload' }))
      },
      download: (url) => started(alova.Get(url, { requestType: 'download' })),
    }
  },
  {
    success: (data) => ({ statusCode: 200, data }),
    refusal: (data) => ({ is: 'rejected', error: { statusCode: 422, data } }),
    networkFailure: { message: 'request:fail' },
    abort: { message: 'request:fail abort' },
    readsHeadersOfFiles: false,
  },
)
