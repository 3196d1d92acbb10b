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

/** Fails where WeChat wants the person's tap; the words are those of its base library. */
export function requireTap({ taps }: WxContext, name: string): void {
  if (taps.isRecent()) return
  throw new ApiFailure({ errMsg: `${name}:fail can only be invoked by user TAP gesture.` })
}

/** Known APIs whose answers come from a script, the stand-in or a person; unscripted ones fail. */
export const createAskedApis = (context: WxContext): Api =>
  Object.fromEntries(
    asked.map((name) => [name, asyncApi(name, (options) => askWechat(context, name, options))]),
  )
