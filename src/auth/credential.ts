import type { CarriedLogin } from './carriedLogin'
import type { AuthError } from './errors'
import type { TokenState } from './types'

/** In whose name a request goes. */
export type Credential =
  | { is: 'guest' }
  /** A guest, as the login could not be made. */
  | { is: 'stranded'; error: AuthError }
  | { is: 'token'; state: TokenState }
  /** Its own login, which it carries. */
  | { is: 'carried'; login: CarriedLogin; code: string }
