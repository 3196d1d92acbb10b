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

/** APIs whose answers come from a script, the stand-in or a person; without an answer they fail. */
export const createForwardedApis = (context: WxContext): Api =>
  Object.fromEntries(
    forwarded.map((name) => {
      const ask = (options: ApiOptions) => askWechat(context, name, options)
      if (!countsAsTap.includes(name)) return [name, asyncApi(name, ask)]
      const { end, runAsTap } = context.taps
      return [name, asyncApi(name, (options) => ask(options).finally(end), { around: runAsTap })]
    }),
  )
