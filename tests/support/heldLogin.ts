import { flush } from './clock'
import type { FakeHost } from './host'

/** Holds back `wx.login`: each call is answered only by `give` or `refuse`. */
export function holdLogin(host: FakeHost) {
  const wxLogin = host.platform.login!
  const calls: { resolve(code: string): void; reject(failure: unknown): void }[] = []
  host.platform.login = () => new Promise((resolve, reject) => calls.push({ resolve, reject }))
  return {
    get calls() {
      return calls.length
    },
    /** A call answers with this code: the newest, or that of a number, counted from 0. */
    async give(code: string, number = calls.length - 1) {
      calls[number]!.resolve(code)
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
