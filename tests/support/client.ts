import { createAuth } from '../../src/createAuth'
import type { Auth, AuthOptions } from '../../src/auth/auth'
import type { AuthWarning, TokenState } from '../../src/auth/types'
import { codeInBody, speakInCodes } from './codeInBody'
import { BASE, createHost, type FakeHost } from './host'

export const KEY = `watchword:${BASE}`

/** Whether the tests run over another dialect than the contract, see vitest.config.ts. */
export const isSpokenInCodes = process.env.DIALECT === 'codeInBody'

/** An invented token state. */
export function stateOf(accessToken: string, more: Partial<TokenState> = {}): TokenState {
  return { accessToken, expiresIn: 7200, ...more }
}

export interface Client {
  host: FakeHost
  auth: Auth
  warnings: AuthWarning[]
}

/** A client on a fake host; with `token`, a session is stored already. */
export function openClient(
  given: Partial<AuthOptions> & {
    token?: string
    state?: Partial<TokenState>
    host?: FakeHost
  } = {},
): Client {
  const { token, state, host = createHost(), ...options } = given
  if (token !== undefined) {
    const stored = { state: stateOf(token, state), at: host.clock.now() }
    host.storage.set(KEY, JSON.stringify(stored))
  }
  if (isSpokenInCodes) speakInCodes(host.platform, BASE)
  const warnings: AuthWarning[] = []
  const auth = createAuth({
    baseURL: BASE,
    platform: host.platform,
    ...(isSpokenInCodes && { dialect: codeInBody }),
    onWarning: (warning) => warnings.push(warning),
    ...options,
  })
  return { host, auth, warnings }
}
