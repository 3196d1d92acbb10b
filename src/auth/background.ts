import type { Platform } from './platform'
import type { AuthError } from './errors'
import { ask, createDeferred, within, type Deferred } from './wire'

/** ms, how long something interrupted waits for the app to come back. */
const LIMIT = 60_000

/** Where the app is. `hides`: how often it has gone away so far. */
type Visibility =
  { is: 'shown'; hides: number } | { is: 'hidden'; hides: number; shown: Deferred<void> }

/**
 * WeChat interrupts calls five seconds after the app goes to the background (WeChat: wx.request,
 * errno 600003). Gives a way to run an attempt that is made once more after coming back.
 */
export function createBackground(platform: Platform) {
  let state: Visibility = { is: 'shown', hides: 0 }

  ask(() =>
    platform.onHide?.(() => {
      const shown = state.is === 'hidden' ? state.shown : createDeferred<void>()
      state = { is: 'hidden', hides: state.hides + 1, shown }
    }),
  )
  ask(() =>
    platform.onShow?.(() => {
      const { hides } = state
      if (state.is === 'hidden') state.shown.resolve()
      state = { is: 'shown', hides }
    }),
  )

  /** Answered attempts and those that nobody wants any more are not repeated. */
  return async function throughBackground<T>(
    attempt: () => Promise<T>,
    isWanted: () => boolean,
  ): Promise<T> {
    const before = state
    try {
      return await attempt()
    } catch (failure) {
      const error = failure as AuthError
      const after = state
      const isInterrupted = after.is === 'hidden' || after.hides !== before.hides
      if (error.status !== undefined || !isInterrupted || !isWanted()) throw error
      if (after.is === 'hidden') await within(platform, LIMIT, after.shown.promise, error)
      if (!isWanted()) throw error
      return attempt()
    }
  }
}
