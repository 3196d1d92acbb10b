import type { Create } from '../contender'
import { BASE } from '../fakeUni'
import { call, type Answer } from './appSession'

/**
 * Its behaviour with two tokens, written anew: a 401 refreshes, and the requests that met one are sent
 * again; but the caller of each that did not start the refresh is rejected at once.
 */
export const create: Create = (token) => {
  let accessToken = token
  let isRefreshing = false
  let waiting: (() => void)[] = []

  async function refresh(): Promise<void> {
    const { statusCode, data } = await call('POST', '/auth/refreshToken')
    if (statusCode !== 200) throw new Error(`refresh: ${statusCode}`)
    accessToken = (data as { data: { accessToken: string } }).data.accessToken
  }

  async function sendWaiting(): Promise<void> {
    isRefreshing = true
    try {
      await refresh()
      isRefreshing = false
      for (const sendAgain of waiting) sendAgain()
    } catch {
      isRefreshing = false
      accessToken = undefined
    } finally {
      waiting = []
    }
  }

  function get(path: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const success = async (answer: Answer) => {
        if (answer.statusCode < 300) return resolve(answer.data)
        if (answer.statusCode !== 401 || accessToken === undefined) return reject(answer)
        waiting.push(() => resolve(get(path)))
        if (!isRefreshing) await sendWaiting()
        reject(answer)
      }
      const header = accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` }
      uni.request({ url: BASE + path, header, success, fail: reject })
    })
  }

  return { get, logOut: () => void (accessToken = undefined), asks: () => false }
}
