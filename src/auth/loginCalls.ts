import { isSuccess, type Answer } from './answer'
import type { Backend } from './backend'
import type { Changes } from './changes'
import type { AuthEndpoints } from './types'

/** ms */
const REVOKE_LIMIT = 5_000

/** What a login says to the backend. */
export interface LoginCalls {
  /** Changes a login code into a token state. @throws AuthError `network`, `timeout` */
  exchange(code: string, replacedToken: string | undefined): Promise<Answer>
  /** Tells the backend to forget a token, for 5 s at most. Never rejects. */
  revoke(token: string): Promise<void>
}

interface LoginCallsOptions {
  backend: Backend
  endpoints: AuthEndpoints
  changes: Pick<Changes, 'warn'>
  /** ms, for the exchange. */
  timeout: number
}

export function createLoginCalls(options: LoginCallsOptions): LoginCalls {
  const { backend, endpoints, changes, timeout } = options
  return {
    exchange(code, replacedToken) {
      const header: Record<string, string> =
        replacedToken === undefined ? {} : { 'replaces-token': replacedToken }
      const url = endpoints.login
      return backend.call({ url, method: 'POST', body: { code }, header, timeout })
    },

    async revoke(token) {
      try {
        const url = endpoints.logout
        const answer = await backend.call({ url, method: 'POST', token, timeout: REVOKE_LIMIT })
        if (isSuccess(answer) || answer.status === 401) return
      } catch {
        // As an answer that is a failure.
      }
      changes.warn('logout_not_told')
    },
  }
}
