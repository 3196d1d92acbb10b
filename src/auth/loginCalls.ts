import { isSuccess, type Answer } from './answer'
import type { Backend } from './backend'
import type { Changes } from './changes'
import type { Credentials } from './dialect'
import type { TokenState } from './types'

/** ms */
const REVOKE_LIMIT = 5_000

/** What a login says to the backend. */
export interface LoginCalls {
  /** Changes credentials into a token state. @throws AuthError `network`, `timeout`, `protocol` */
  exchange(credentials: Credentials, replaced: TokenState | null): Promise<Answer>
  canRefresh(state: TokenState): boolean
  /** Changes a token state for a new one. @throws AuthError `network`, `timeout`, `protocol` */
  refresh(state: TokenState): Promise<Answer | undefined>
  /** Tells the backend to forget a token, for 5 s at most. Never rejects. */
  revoke(state: TokenState): Promise<void>
}

interface LoginCallsOptions {
  backend: Backend
  changes: Pick<Changes, 'warn'>
  /** ms, for the exchange. */
  timeout: number
}

export function createLoginCalls({ backend, changes, timeout }: LoginCallsOptions): LoginCalls {
  return {
    exchange: (credentials, replaced) =>
      backend.say('login', null, { timeout }, credentials, replaced),
    canRefresh: backend.canRefresh,
    // The state's token is dead: the call carries what it needs.
    refresh: (state) => backend.say('refresh', null, { timeout }, state),

    async revoke(state) {
      try {
        const answer = await backend.say('logout', state, { timeout: REVOKE_LIMIT }, state)
        if (!answer || isSuccess(answer) || answer.means === 'unauthorized') return
      } catch {
        // As an answer that is a failure.
      }
      changes.warn('logout_unconfirmed')
    },
  }
}
