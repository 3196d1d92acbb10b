import { flush } from './clock'
import type { FakeHost } from './host'

/** `wx.login` that answers only when it is told to; every call waits for its own word. */
export function holdLogin(host: FakeHost) {
  const wxLogin = host.platform.login!
  const calls: { resolve(code: string): void; reject(failure: unknown): void }[] = []
  host.platform.login = () => new Promise((resolve, reject) => calls.push({ resolve, reject }))
  return {
    get calls() {
      return calls.length
    },
    /** The newest call gives this code. */
    async give(code: string) {
      calls[calls.length - 1]!.resolve(code)
      await flush()
    },
    /** The newest call fails. */
    async refuse(errMsg: string) {
      calls[calls.length - 1]!.reject({ errMsg })
      await flush()
    },
    /** Later calls are the host's again. */
    release() {
      host.platform.login = wxLogin
    },
  }
}
