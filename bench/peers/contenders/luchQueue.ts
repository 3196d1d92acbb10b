import Request from 'luch-request'
import type { Create } from '../contender'
import { BASE } from '../fakeUni'
import { createAppSession, signedOutBy } from './appSession'

/** The first 401 logs in; requests that meet one meanwhile wait in a list, and are sent again after it. */
export const create: Create = (token) => {
  const session = createAppSession(token)
  const http = new Request({ baseURL: BASE })
  let isRefreshing = false
  let waiting: (() => void)[] = []
  http.interceptors.request.use((config) => {
    config.header = { ...config.header, Authorization: `Bearer ${session.token}` }
    return config
  })
  http.interceptors.response.use(
    (response) => response,
    async (response) => {
      if (response.statusCode !== 401) throw response
      if (isRefreshing) {
        return new Promise((resolve) => {
          waiting.push(() => resolve(http.request(response.config)))
        })
      }
      isRefreshing = true
      try {
        await session.logIn()
        for (const sendAgain of waiting) sendAgain()
        return await http.request(response.config)
      } finally {
        // The list is emptied whatever came of the login: that is how the tutorials have it.
        waiting = []
        isRefreshing = false
      }
    },
  )
  return { get: async (path) => (await http.get(path)).data, ...signedOutBy(session) }
}
