import { asyncApi, type Api, type ApiOptions } from './api'
import { askWechat, tapApi } from './askWechat'
import type { WxContext } from './context'

/** Why the profile is wanted has to be said (WeChat: wx.getUserProfile, `desc`). */
const withDescription =
  (run: (options?: ApiOptions) => unknown) =>
  (options: ApiOptions = {}) => {
    if (typeof options.desc === 'string') return run(options)
    const given = options.desc === undefined ? 'Undefined' : typeof options.desc
    return asyncApi('getUserProfile', () => {
      throw new Error(`parameter error: parameter.desc should be String instead of ${given};`)
    })(options)
  }

/** Login and profile. `login` and `getUserInfo` have no Promise form. */
export function createLoginApis(context: WxContext): Api {
  const ask = (name: string, { promise = true } = {}) =>
    asyncApi(name, (options) => askWechat(context, name, options), { promise })
  return {
    login: ask('login', { promise: false }),
    checkSession: ask('checkSession'),
    getUserInfo: ask('getUserInfo', { promise: false }),
    getUserProfile: withDescription(tapApi(context, 'getUserProfile')),
  }
}
