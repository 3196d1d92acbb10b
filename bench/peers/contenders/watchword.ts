import { createAuth } from '../../../src/createAuth'
import type { Create } from '../contender'
import { BASE } from '../fakeUni'

let clients = 0

export const create: Create = (token, concurrency) => {
  // A storage key belongs to one client only.
  const storageKey = `session-${clients++}`
  if (token !== undefined) {
    const state = { accessToken: token, expiresIn: 7200, version: 1, uid: 'u1' }
    uni.setStorageSync(storageKey, JSON.stringify({ state, at: Date.now() }))
  }
  const auth = createAuth({
    baseURL: BASE,
    storageKey,
    ...(concurrency !== undefined && { concurrency }),
  })
  return {
    get: (path) => auth.request(path),
    logOut: () => auth.logout(),
    asks: () => auth.prompt !== null,
  }
}
