import { ApiFailure, asyncApi, type Api } from './api'
import { askWechat, tapApi } from './askWechat'
import type { WxContext } from './context'

/** APIs that app.json has to name in `requiredPrivateInfos` (WeChat: 全局配置), since 2022-07-14. */
const declared = ['chooseAddress', 'chooseLocation', 'getFuzzyLocation', 'getLocation']

/** Scopes for which app.json has to state a reason under `permission` (WeChat: 授权). */
const reasoned: Readonly<Record<string, string>> = {
  chooseLocation: 'scope.userLocation',
  getFuzzyLocation: 'scope.userFuzzyLocation',
  getLocation: 'scope.userLocation',
}

/** What can be authorised (WeChat: 授权 › scope 列表). */
const scopes = [
  ...['userInfo', 'userLocation', 'userFuzzyLocation', 'userLocationBackground', 'address'],
  ...['invoice', 'invoiceTitle', 'werun', 'record', 'writePhotosAlbum', 'camera', 'bluetooth'],
  ...['addPhoneContact', 'addPhoneCalendar'],
].map((name) => `scope.${name}`)

const scoped = [
  ...declared,
  'getWeRunData',
  'saveImageToPhotosAlbum',
  'saveVideoToPhotosAlbum',
  'startRecord',
]

/** Permissions, and the APIs that need them. */
export function createSettingApis(context: WxContext): Api {
  const { requiredPrivateInfos = [], permission = {} } = context.app.config

  const requireDeclared = (name: string, scope: string | undefined) => {
    if (declared.includes(name) && !requiredPrivateInfos.includes(name)) {
      const where = 'the requiredPrivateInfos field in app.json/ext.json'
      throw new ApiFailure({ errMsg: `${name}:fail the api need to be declared in ${where}` })
    }
    const isReasoned = scope === undefined || !Object.values(reasoned).includes(scope)
    if (isReasoned || permission[scope]?.desc) return
    throw new ApiFailure({ errMsg: `${name}:fail require permission desc` })
  }
  const ask = (name: string) =>
    asyncApi(name, (options) => {
      if (name === 'authorize' && !scopes.includes(String(options.scope)))
        throw new Error('invalid scope')
      requireDeclared(name, name === 'authorize' ? String(options.scope) : reasoned[name])
      return askWechat(context, name, options)
    })
  return {
    ...Object.fromEntries(['authorize', 'getSetting', ...scoped].map((name) => [name, ask(name)])),
    openSetting: tapApi(context, 'openSetting'),
  }
}
