import AdapterUniapp from '@alova/adapter-uniapp'
import { createAlova } from 'alova'
import { createServerTokenAuthentication } from 'alova/client'
import type { Create } from '../contender'
import { BASE } from '../fakeUni'
import { createAppSession, signedOutBy, type Answer } from './appSession'

/** Its cache is off: every request is to be sent. */
export const create: Create = (token) => {
  const session = createAppSession(token)
  const adapter = AdapterUniapp()
  const { onAuthRequired, onResponseRefreshToken } = createServerTokenAuthentication<
    typeof adapter.statesHook,
    typeof adapter.requestAdapter
  >({
    refreshTokenOnSuccess: {
      isExpired: (response) => (response as Answer).statusCode === 401,
      handler: () => session.logIn(),
    },
    assignToken: (method) => {
      method.config.headers.Authorization = `Bearer ${session.token}`
    },
  })
  const alova = createAlova({
    baseURL: BASE,
    ...adapter,
    cacheFor: null,
    shareRequest: false,
    beforeRequest: onAuthRequired(),
    responded: onResponseRefreshToken((response) => {
      const { statusCode, data } = response as Answer
      if (statusCode >= 400) throw new Error(`${statusCode}`)
      return data
    }),
  })
  return { get: async (path) => alova.Get(path), ...signedOutBy(session) }
}
