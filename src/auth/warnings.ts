import { pageOf } from './errors'
import type { AuthWarning } from './types'

// As in errors.ts.
declare const process: { env: { NODE_ENV?: string } }

/** What each says; a detail and the full stop follow. `docs/errors.md` has a line for every one. */
export const warnings: Record<AuthWarning['code'], string> = {
  malformed_token_state: 'An answer carried a malformed token state; it was ignored',
  secret_dropped: 'Secrets do not belong in a token state',
  storage_failed: 'Storage refused; the session lives in memory until the app ends',
  duplicate_storage_key: 'Two clients share one storage key: create one, and share that',
  logout_unconfirmed: 'The backend did not confirm the logout; the token expires by itself',
  prompt_unavailable: 'No prompt can be shown',
  dialect_failed: 'The dialect threw or returned what is of no use; calls that need it fail',
  interceptor_interferes: 'An interceptor of uni.addInterceptor changes what the client relies on',
  listener_threw: 'A subscriber threw; sign-in goes on without it',
}

/** @param detail names only, e.g. of the members that were dropped: nothing that anybody sent */
export function warningOf(code: AuthWarning['code'], detail?: string): AuthWarning {
  const message =
    process.env.NODE_ENV === 'production'
      ? pageOf(code, 'warnings', detail)
      : `${warnings[code]}${detail ? `: ${detail}` : ''}.`
  return { code, message }
}
