// It was compiled for a runtime that WeChat's own compiler adds.
import 'regenerator-runtime/runtime'
import baseLogin from 'fancy-mini/lib/login/BaseLogin'
import wechatAuth from 'fancy-mini/lib/login/auth/WechatAuth'
import requesting, { type Requester } from 'fancy-mini/lib/request/Requester'
import basePlugin from 'fancy-mini/lib/request/plugin/BasePlugin'
import loginPlugin from 'fancy-mini/lib/request/plugin/LoginPlugin'
import type { Create } from '../contender'
import { BASE } from '../fakeUni'

class SilentAuth extends wechatAuth.default {
  override async loginByWxSilent({ configOptions }: { configOptions: { requester: Requester } }) {
    const body = (await configOptions.requester.request({
      url: `${BASE}/auth/login`,
      method: 'POST',
    })) as { tokenState?: { accessToken: string } }
    if (!body.tokenState) return { succeeded: false, errMsg: 'fail' }
    return { succeeded: true, userInfo: { token: body.tokenState.accessToken }, expireTime: -1 }
  }
}

/** A user who declines, where the silent login has failed. */
const userAuthHandler = async () => ({ succeeded: false, errMsg: 'cancel' })

export const create: Create = (token) => {
  if (token !== undefined) {
    const session = { userInfo: { token }, isLogin: true, expireTime: -1, authType: 'wechat' }
    uni.setStorageSync('__loginInfo', JSON.stringify({ ...session, anonymousInfo: {} }))
  }
  const loginCenter = new baseLogin.default()
  const requester = new requesting.default()
  class TokenPlugin extends basePlugin.default {
    override beforeRequest({ reqOptions }: { reqOptions: { header?: object } }) {
      reqOptions.header = {
        ...reqOptions.header,
        Authorization: `Bearer ${loginCenter.userInfo.token}`,
      }
    }
  }
  loginCenter.config({
    requester,
    authEngineMap: { wechat: new SilentAuth() },
    defaultAuthType: 'wechat',
    userAuthHandler,
  })
  requester.config({
    plugins: [
      new loginPlugin.default({ loginCenter, apiAuthFailChecker: ({ code }) => code === 401 }),
      new TokenPlugin({ pluginName: 'TokenPlugin' }),
    ],
  })
  return {
    async get(path) {
      const body = (await requester.requestWithLogin({ url: BASE + path })) as { code: number }
      if (body.code !== 0) throw new Error(`${body.code}`)
      return body
    },
    logOut: () => loginCenter.logout(),
    asks: () => false,
  }
}
