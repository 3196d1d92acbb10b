import { createClient } from './auth/client'
import type { Auth, AuthOptions } from './auth/types'
import { uniPlatform } from './uni/uniPlatform'

/**
 * Creates the client: one for each backend, for the life of the app.
 * @example
 * export const auth = createAuth({ baseURL: 'https://api.example.com/v1' })
 * const me = await auth.request<{ nickname: string }>('/me')
 * @throws AuthError `protocol`: `baseURL` or an endpoint is no address of the backend.
 */
export function createAuth(options: AuthOptions): Auth {
  return createClient({ ...options, platform: options.platform ?? uniPlatform() })
}
