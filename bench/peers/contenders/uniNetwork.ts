import { un, type UnError } from '@uni-helper/uni-network'
import type { Create } from '../contender'
import { BASE } from '../fakeUni'
import { createAppSession, signedOutBy } from './appSession'

/** A 401 logs in, once for all that meet one meanwhile, and the request is sent again. */
export const create: Create = (token) => {
  const session = createAppSession(token)
  const http = un.create({ baseUrl: BASE })
  let login: Promise<void> | undefined
  http.interceptors.request.use((config) => ({
    ...config,
    headers: { ...config.headers, Authorization: `Bearer ${session.token}` },
  }))
  http.interceptors.response.use(
    (response) => response,
    async (error: UnError) => {
      const { response, config } = error
      if (response?.status !== 401 || !config) throw error
      login ??= session.logIn().finally(() => (login = undefined))
      await login
      return http.request(config)
    },
  )
  return { get: async (path) => (await http.get(path)).data, ...signedOutBy(session) }
}
