import qcloud from 'wafer2-client-sdk'
import type { Create } from '../contender'
import { BASE } from '../fakeUni'
import type { Answer } from './appSession'

/** It keeps its session itself. Without one, `login: true` logs in before the request. */
export const create: Create = (token) => {
  qcloud.setLoginUrl(`${BASE}/auth/login`)
  if (token !== undefined) qcloud.Session.set({ skey: token })
  return {
    get: (path) =>
      new Promise((resolve, reject) => {
        qcloud.request({
          url: BASE + path,
          login: !qcloud.Session.get(),
          success: ({ statusCode, data }: Answer) =>
            statusCode < 300 ? resolve(data) : reject(new Error(`${statusCode}`)),
          fail: reject,
        })
      }),
    logOut: () => qcloud.clearSession(),
    asks: () => false,
  }
}
