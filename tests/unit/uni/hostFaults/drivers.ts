import type { Auth } from '../../../../src/auth/auth'
import type { Platform } from '../../../../src/auth/platform'
import type { createUniRequest } from '../../../../src/adapters'
import type { createAuth } from '../../../../src/createAuth'
import type * as host from '../../../../src/host'
import type * as signIn from '../../../../src/signIn'
import type { createAuthPlugin } from '../../../../src/store/authStore'
import type { uniPlatform } from '../../../../src/uni/uniPlatform'
import type { AuthWarning } from '../../../../src/auth/types'
import type { Answer } from './faults'
import type { WellHost } from './wellHost'

/** The package, as an app for this target has it. */
export interface App {
  createAuth: typeof createAuth
  createUniRequest: typeof createUniRequest
  uniPlatform: typeof uniPlatform
  createAuthPlugin: typeof createAuthPlugin
  host: typeof host
  signIn: typeof signIn
}

export type Target = 'mp-weixin' | 'h5' | 'app'

/** An app on a host of which one API is broken. */
export interface World<A extends App = App> {
  app: A
  host: WellHost
  readonly warnings: AuthWarning[]
  /** What the client has thrown into the host, which catches nothing. */
  readonly thrown: unknown[]
  /** Of the app's own. Otherwise it is uni-app's. */
  platform?: Platform
  /** Makes the client. */
  open(): Auth
}

/** Where an API is: an object, and the name in it. */
type Place<A extends App> = (world: World<A>) => [object: object, name: string]

/** An API of the host: how it is when it is well, and what the app does with it. */
export type Driver<A extends App = App> = {
  target?: Target
  place?: Place<A>
  /** The app asks it once in its life. */
  isAskedOnce?: true
  act(world: World<A>): Promise<string>
} & (
  | { kind: 'call'; answer: Answer }
  | { kind: 'promise'; result: unknown; wrongTypes: unknown }
  | { kind: 'return'; wrongTypes: unknown }
  | { kind: 'listen'; event: unknown; wrongTypes: unknown }
)

export type Drivers<A extends App = App> = Readonly<Record<string, Driver<A>>>

/** What has become of a call of the client, in the words of docs/host-faults.md. */
export async function endOf(call: Promise<unknown>, expected: unknown): Promise<string> {
  try {
    const value = await call
    const isExpected = JSON.stringify(value) === JSON.stringify(expected)
    return isExpected ? 'answered' : `resolves with ${JSON.stringify(value)}`
  } catch (error) {
    return codeOf(error)
  }
}

/** The code of one of the package's errors. */
export function codeOf(error: unknown): string {
  const { name, code, status } = Object(error) as { name?: string; code?: string; status?: number }
  const isOurs = name === 'AuthError' || name === 'NavigationError'
  if (isOurs) return `\`${code}\``
  return name === 'HttpError' ? `HttpError ${status}` : `throws ${String(error)}`
}

export const codesOf = (warnings: readonly AuthWarning[]) =>
  warnings.map(({ code }) => `\`${code}\``)

/** A request of somebody who is signed in. */
export function requestSignedIn({ host, open }: World): Promise<string> {
  host.storeSession()
  return endOf(open().request('/me'), 'me')
}
