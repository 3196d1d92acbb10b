import { asyncApi, type Api, type ApiOptions } from './api'
import { askWechat } from './askWechat'
import type { WxContext } from './context'

/** APIs that do nothing but ask WeChat. */
const forwarded = [
  'showModal',
  'showActionSheet',
  'getNetworkType',
  'openLocation',
  'chooseImage',
  'chooseMedia',
  'chooseMessageFile',
  'getImageInfo',
  'compressImage',
  'previewImage',
  'scanCode',
  'makePhoneCall',
  'openAppAuthorizeSetting',
  'requestPayment',
  'requestSubscribeMessage',
  'navigateToMiniProgram',
  'openDocument',
  'getBatteryInfo',
]

/** Whose buttons count as a tap in the callbacks of their success (WeChat: 触摸与点击事件, 点击态). */
const countsAsTap = ['showModal', 'showActionSheet', 'requestPayment']

/** Buttons of a modal have four characters at most (WeChat: wx.showModal). */
function checkButtons(options: ApiOptions): void {
  for (const name of ['cancelText', 'confirmText']) {
    if (String(options[name] ?? '').length > 4)
      throw new Error(`${name} length should not larger than 4 Chinese characters`)
  }
}

/** APIs whose answers come from a script, the stand-in or a person; without an answer they fail. */
export const createForwardedApis = (context: WxContext): Api =>
  Object.fromEntries(
    forwarded.map((name) => {
      const ask = async (options: ApiOptions) => {
        if (name === 'showModal') checkButtons(options)
        return askWechat(context, name, options)
      }
      if (!countsAsTap.includes(name)) return [name, asyncApi(name, ask)]
      const { end, runAsTap } = context.taps
      return [name, asyncApi(name, (options) => ask(options).finally(end), { around: runAsTap })]
    }),
  )
