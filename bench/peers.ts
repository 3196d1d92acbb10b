import AdapterUniapp from '@alova/adapter-uniapp'
import { createAlova } from 'alova'
import { createServerTokenAuthentication } from 'alova/client'
import Request from 'luch-request'
import { BASE } from './fakeUni'

/** One GET; resolves with the answer's data. */
export type Get = (path: string) => Promise<unknown>

interface Result {
  statusCode: number
  data: unknown
}

function call(path: string, method: 'GET' | 'POST', token?: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    uni.request({
      url: BASE + path,
      method,
      header: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      success: resolve,
      fail: reject,
    })
  })
}

/** The login that an app would write for its library. */
async function logIn(): Promise<string> {
  const { data } = await call('/auth/login', 'POST')
  return (data as { tokenState: { accessToken: string } }).tokenState.accessToken
}

/** `uni.request` in a promise, with a token. No login. */
export function createRaw(token: string): Get {
  return async (path) => (await call(path, 'GET', token)).data
}

/** luch-request with the usual interceptors: a 401 logs in once for all, and is sent again. */
export function createLuch(token: string): Get {
  const http = new Request({ baseURL: BASE })
  let refresh: Promise<void> | undefined
  http.interceptors.request.use((config) => {
    config.header = { ...config.header, Authorization: `Bearer ${token}` }
    return config
  })
  http.interceptors.response.use(
    (response) => response,
    async (response) => {
      if (response.statusCode !== 401 || response.config.custom?.isReplay) throw response
      refresh ??= logIn()
        .then((fresh) => void (token = fresh))
        .finally(() => (refresh = undefined))
      await refresh
      return http.request({ ...response.config, custom: { isReplay: true } })
    },
  )
  return async (path) => (await http.get(path)).data
}

/** alova with its own token authentication. Its cache is off: every request is to be sent. */
export function createAlovaPeer(token: string): Get {
  const adapter = AdapterUniapp()
  const { onAuthRequired, onResponseRefreshToken } = createServerTokenAuthentication<
    typeof adapter.statesHook,
    typeof adapter.requestAdapter
  >({
    refreshTokenOnSuccess: {
      isExpired: (response) => (response as Result).statusCode === 401,
      handler: async () => void (token = await logIn()),
    },
    assignToken: (method) => {
      method.config.headers.Authorization = `Bearer ${token}`
    },
  })
  const alova = createAlova({
    baseURL: BASE,
    ...adapter,
    cacheFor: null,
    shareRequest: false,
    beforeRequest: onAuthRequired(),
    responded: onResponseRefreshToken((response) => {
      const { statusCode, data } = response as Result
      if (statusCode >= 400) throw new Error(`${statusCode}`)
      return data
    }),
  })
  return async (path) => alova.Get(path)
}
