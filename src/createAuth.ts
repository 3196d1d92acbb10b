import { createClient } from './auth/client'
import type { Auth, AuthOptions } from './auth/auth'
import { uniPlatform } from './uni/uniPlatform'

/**
 * Creates the client. Create one for each backend, and keep it for the life of the app.
 * @returns the client; nothing is sent before the first request.
 * @throws AuthError `protocol` if `baseURL` is not an address.
 * @example
 * import { createAuth } from 'watchword'
 *
 * export const auth = createAuth({ baseURL: 'https://api.example.com/v1' })
 * const me = await auth.request<{ nickname: string }>('/me')
 */
export function createAuth(options: AuthOptions): Auth {
  return createClient({ ...options, platform: options.platform ?? uniPlatform() })
}
