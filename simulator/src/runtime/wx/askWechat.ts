import { ApiFailure, asyncApi, plainOptions, type ApiOptions } from './api'
import type { WxContext } from './context'
import { withoutNewerOptions } from './versions'

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

/** An API that only a person's tap may call; the error's words are those of WeChat's base library. */
export const tapApi =
  (context: WxContext, name: string) =>
  (given: ApiOptions = {}) => {
    // As it is now: the rest runs later.
    const isTapped = context.taps.isRecent()
    return asyncApi(name, (options) => {
      if (isTapped) return askWechat(context, name, options)
      throw new ApiFailure({ errMsg: `${name}:fail can only be invoked by user TAP gesture.` })
    })(given)
  }
