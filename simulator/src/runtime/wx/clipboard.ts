import { asyncApi, type Api } from './api'
import { askWechat } from './askWechat'
import type { WxContext } from './context'

/** Outlives a restart of the app, as a phone's does. */
const place = 'simulator:clipboard'

/** How long WeChat says that something was copied, in ms. */
const toldFor = 1_500

/** The phone's clipboard; a script may put something else into it. */
export function createClipboardApis(context: WxContext): Api {
  const { toast, words } = context.dialogues
  return {
    setClipboardData: asyncApi('setClipboardData', async (options) => {
      const result = await askWechat(context, 'setClipboardData', options)
      sessionStorage.setItem(place, String(options.data))
      // Before the app's own success, whose toast then takes its place.
      toast.show(words.copied, 'none', false, toldFor)
      return result
    }),
    getClipboardData: asyncApi('getClipboardData', async (options) => ({
      data: sessionStorage.getItem(place) ?? '',
      ...(await askWechat(context, 'getClipboardData', options)),
    })),
  }
}
