import { asyncApi, type Api } from './api'
import { askWechat, tapApi } from './askWechat'
import type { WxContext } from './context'

/** Login and profile. `login` and `getUserInfo` have no Promise form. */
export function createLoginApis(context: WxContext): Api {
  const ask = (name: string, { promise = true } = {}) =>
    asyncApi(name, (options) => askWechat(context, name, options), { promise })
  return {
    login: ask('login', { promise: false }),
    checkSession: ask('checkSession'),
    getUserInfo: ask('getUserInfo', { promise: false }),
    getUserProfile: tapApi(context, 'getUserProfile'),
  }
}
