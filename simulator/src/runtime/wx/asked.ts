import { ApiFailure, asyncApi, plainOptions, type Api, type ApiOptions } from './api'
import type { WxContext } from './context'
import { withoutNewerOptions } from './versions'

const asked = [
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

/** Asks WeChat's side with an API's options; throws `ApiFailure`. */
export async function askWechat(
  { wechat, versions }: WxContext,
  name: string,
  options: ApiOptions,
): Promise<Record<string, unknown>> {
  const outcome = await wechat.ask(name, withoutNewerOptions(name, plainOptions(options), versions))
  if (outcome.kind === 'ok') return outcome.result
  const { errMsg, errno } = outcome
  throw new ApiFailure(errno === undefined ? { errMsg } : { errMsg, errno })
}

/** A call that WeChat wants made by the person's tap; the words are those of its base library. */
export const tapApi =
  (context: WxContext, name: string) =>
  (options: ApiOptions = {}) => {
    // As it is now: the rest runs later.
    const isTapped = context.taps.isRecent()
    return asyncApi(name, (given) => {
      if (isTapped) return askWechat(context, name, given)
      throw new ApiFailure({ errMsg: `${name}:fail can only be invoked by user TAP gesture.` })
    })(options)
  }

/** Whose buttons count as a tap in the callbacks of their success (WeChat: 触摸与点击事件, 点击态). */
const lending = ['showModal', 'showActionSheet', 'requestPayment']

/** Known APIs whose answers come from a script, the stand-in or a person; unscripted ones fail. */
export const createAskedApis = (context: WxContext): Api =>
  Object.fromEntries(
    asked.map((name) => {
      const ask = (options: ApiOptions) => askWechat(context, name, options)
      if (!lending.includes(name)) return [name, asyncApi(name, ask)]
      const { end, lend } = context.taps
      return [name, asyncApi(name, (options) => ask(options).finally(end), { around: lend })]
    }),
  )
