import { BASE } from '../fakeUni'

export interface Answer {
  statusCode: number
  data: unknown
}

/** `uni.request` in a promise. */
export function call(method: 'GET' | 'POST', path: string, token?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    uni.request({
      url: BASE + path,
      method,
      header: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      success: resolve,
      fail: reject,
    })
  })
}

/** The token and the login that an app writes for its library: as the tutorials do, no more. */
export interface AppSession {
  token: string | undefined
  logIn(): Promise<void>
}

export function createAppSession(token: string | undefined): AppSession {
  const session: AppSession = {
    token,
    async logIn() {
      await new Promise((resolve, reject) => uni.login({ success: resolve, fail: reject }))
      const { statusCode, data } = await call('POST', '/auth/login')
      if (statusCode !== 200) throw new Error(`login: ${statusCode}`)
      session.token = (data as { tokenState: { accessToken: string } }).tokenState.accessToken
    },
  }
  return session
}

/** What libraries without a logout of their own leave to the app. */
export function signedOutBy(session: AppSession) {
  return { logOut: () => void (session.token = undefined), asks: () => false }
}
