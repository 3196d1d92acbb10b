import { createUniAppAxiosAdapter } from '@uni-helper/axios-adapter'
import axios from 'axios'
import { createAuthRefresh, type AxiosAuthRefreshOptions } from 'axios-auth-refresh'
import type { Create } from '../contender'
import { BASE } from '../fakeUni'
import { createAppSession, signedOutBy } from './appSession'

/** With the request interceptor that its documents advise, so that waiting requests take the new token. */
export function createWith(options: AxiosAuthRefreshOptions): Create {
  return (token) => {
    const session = createAppSession(token)
    const http = axios.create({ baseURL: BASE, adapter: createUniAppAxiosAdapter() })
    http.interceptors.request.use((config) => {
      config.headers.Authorization = `Bearer ${session.token}`
      return config
    })
    createAuthRefresh(http, () => session.logIn(), options)
    return { get: async (path) => (await http.get(path)).data, ...signedOutBy(session) }
  }
}

/** As it comes: a 401 that arrives during the refresh is rejected. */
export const create = createWith({})
