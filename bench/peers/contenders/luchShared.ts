import Request from 'luch-request'
import type { Create } from '../contender'
import { BASE } from '../fakeUni'
import { createAppSession, signedOutBy } from './appSession'

/** A 401 logs in, once for all that meet one meanwhile, and the request is sent once more. */
export const create: Create = (token) => {
  const session = createAppSession(token)
  const http = new Request({ baseURL: BASE })
  let login: Promise<void> | undefined
  http.interceptors.request.use((config) => {
    config.header = { ...config.header, Authorization: `Bearer ${session.token}` }
    return config
  })
  http.interceptors.response.use(
    (response) => response,
    async (response) => {
      if (response.statusCode !== 401 || response.config.custom?.isReplay) throw response
      login ??= session.logIn().finally(() => (login = undefined))
      await login
      return http.request({ ...response.config, custom: { isReplay: true } })
    },
  )
  return { get: async (path) => (await http.get(path)).data, ...signedOutBy(session) }
}
