import type { Platform } from '../platform/platform'
import type { AuthError } from './errors'
import { createDeferred, within, type Deferred } from './wire'

/** ms, how long something interrupted waits for the app to come back. */
const LIMIT = 60_000

/**
 * WeChat interrupts calls five seconds after the app goes to the background (WeChat: wx.request,
 * errno 600003). Gives a way to run an attempt that is made once more after coming back.
 */
export function createBackground(platform: Platform) {
  let hides = 0
  let shown: Deferred<void> | undefined
  platform.onHide?.(() => {
    hides++
    shown ??= createDeferred()
  })
  platform.onShow?.(() => {
    shown?.resolve()
    shown = undefined
  })

  /** Answered attempts and those that nobody wants any more are not repeated. */
  return async function throughBackground<T>(
    attempt: () => Promise<T>,
    isWanted: () => boolean,
  ): Promise<T> {
    const hidesBefore = hides
    try {
      return await attempt()
    } catch (failure) {
      const error = failure as AuthError
      const isInterrupted = shown || hides !== hidesBefore
      if (error.status !== undefined || !isInterrupted || !isWanted()) throw error
      if (shown) await within(platform, LIMIT, shown.promise, error)
      if (!isWanted()) throw error
      return attempt()
    }
  }
}
