import type { Platform } from '../platform/platform'
import { AuthError } from './errors'
import { createDeferred, within, type Deferred } from './wire'

const PRESS_LIMIT = 60_000
const CHECK_LIMIT = 3_000

/**
 * Login codes and the session key behind the newest one. `wx.login` may replace the key that
 * WeChat encrypts with (WeChat: 加密数据解密算法), so it waits while a button is being pressed.
 */
export interface LoginCodes {
  /** A fresh code. @throws AuthError `login_failed`, `login_timeout` */
  issue(): Promise<string>
  /** The backend has the session key of this code. */
  exchanged(code: string | undefined): void
  /** Holds `issue` back until {@link release}, for 60 s at most. */
  press(): void
  release(): void
  /** Whether the backend can decrypt what WeChat encrypts now. */
  isKeyFresh(): Promise<boolean>
}

export function createLoginCodes(platform: Platform, timeout: number): LoginCodes {
  let newest: string | undefined
  let isExchanged = true
  let pressed: Deferred<void> | undefined
  let forgetPress = () => {}

  function release(): void {
    forgetPress()
    pressed?.resolve()
    pressed = undefined
  }

  return {
    release,

    async issue() {
      while (pressed) await pressed.promise
      newest = undefined
      isExchanged = false
      try {
        if (!platform.login) throw new TypeError('this platform has no login')
        const silence = new AuthError('login_timeout')
        const code = await within(platform, timeout, platform.login(), silence)
        if (typeof code !== 'string' || !code) throw new TypeError('no code')
        return (newest = code)
      } catch (cause) {
        throw cause instanceof AuthError ? cause : new AuthError('login_failed', { cause })
      }
    },

    exchanged(code) {
      if (code !== undefined && code === newest) isExchanged = true
    },

    press() {
      release()
      pressed = createDeferred()
      forgetPress = platform.after(PRESS_LIMIT, release)
    },

    async isKeyFresh() {
      if (!isExchanged) return false
      if (!platform.checkSession) return true
      try {
        const silence = new AuthError('timeout')
        return await within(platform, CHECK_LIMIT, platform.checkSession(), silence)
      } catch {
        return false
      }
    },
  }
}
