import { ApiFailure, asyncApi, plainOptions, type Api } from './api'
import type { WxContext } from './context'

/** APIs that WeChat's side answers; `login` and `getUserInfo` have no Promise form. */
const withoutPromise = ['login', 'getUserInfo']

const asked = [
  ...withoutPromise,
  'checkSession',
  'getUserProfile',
  'getSetting',
  'openSetting',
  'authorize',
  'getPrivacySetting',
  'requirePrivacyAuthorize',
  'openPrivacyContract',
  'showModal',
  'showActionSheet',
  'getNetworkType',
  'getLocation',
  'chooseLocation',
  'openLocation',
  'chooseAddress',
  'chooseImage',
  'chooseMedia',
  'chooseMessageFile',
  'getImageInfo',
  'compressImage',
  'saveImageToPhotosAlbum',
  'previewImage',
  'scanCode',
  'makePhoneCall',
  'setClipboardData',
  'getClipboardData',
  'requestPayment',
  'requestSubscribeMessage',
  'navigateToMiniProgram',
  'openDocument',
  'getBatteryInfo',
]

/** Known APIs whose answers come from a script, the stand-in or a person; unscripted ones fail. */
export function createAskedApis({ wechat }: WxContext): Api {
  const ask = (name: string) =>
    asyncApi(
      name,
      async (options) => {
        const outcome = await wechat.ask(name, plainOptions(options))
        if (outcome.kind === 'ok') return outcome.result
        const { errMsg, errno } = outcome
        throw new ApiFailure(errno === undefined ? { errMsg } : { errMsg, errno })
      },
      { promise: !withoutPromise.includes(name) },
    )
  return {
    ...Object.fromEntries(asked.map((name) => [name, ask(name)])),
    onNeedPrivacyAuthorization() {},
  }
}
