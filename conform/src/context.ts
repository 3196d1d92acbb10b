import type { Exchange, Send, Sending } from './exchange'
import type { People, Person } from './people'
import { stateOf } from './tokenState'
import { Blocked, isLimited, Skipped } from './verdicts'

/** A route of the backend's own business, and what to send it. */
export interface Route {
  method: string
  path: string
  json?: unknown
}

/** The routes beside those of the contract; undefined: the backend has none such. */
export interface Routes {
  /** Serves guests. */
  guest?: Route | undefined
  /** Needs a session, and nothing else. */
  session: Route
  /** Needs the phone number. */
  phone?: Route | undefined
  /** Needs user info. */
  userInfo?: Route | undefined
  /** Needs both. */
  both?: Route | undefined
}

/** A session, as its login was answered. */
export interface SignedIn {
  token: string
  /** The members of the token state. */
  state: Record<string, unknown>
}

/** What a probe works with. */
export interface Context {
  send: Send
  routes: Routes
  /** Sends the route's request. */
  call(route: Route, sending?: Sending): Promise<Exchange>
  people: People
  /** Logs the person in by `POST /auth/login`. Rejects with Blocked. */
  signIn(person: Person, sending?: Sending): Promise<SignedIn>
  /** A session of somebody new. */
  signInStranger(): Promise<SignedIn>
  /** @throws Skipped where the seconds are more than the user waits for a check */
  afford(seconds: number): void
  /** Lets time pass. Rejects with Skipped where that is longer than the user waits. */
  pass(seconds: number): Promise<void>
  /** How large a picture is that no backend takes, in bytes. */
  tooLarge: number
  /** How many logins may be sent in order to meet a limit; 0: do not try. */
  flood: number
}

export interface ContextOptions {
  send: Send
  routes: Routes
  people: People
  /** How long a probe may wait, in seconds. */
  patience: number
  tooLarge: number
  flood: number
  sleep: (ms: number) => Promise<void>
}

export function createContext(options: ContextOptions): Context {
  const { send, routes, people, patience, tooLarge, flood, sleep } = options

  async function signIn(person: Person, sending: Sending = {}): Promise<SignedIn> {
    const code = await person.loginCode()
    const exchange = await send('POST', '/auth/login', { ...sending, json: { code } })
    const state = stateOf(exchange)
    const { accessToken } = state
    if (isLimited(exchange)) throw new Blocked('the backend limits logins, try later', exchange)
    if (typeof accessToken !== 'string') {
      throw new Blocked('a login by POST /auth/login got no access token', exchange)
    }
    return { token: accessToken, state }
  }

  function afford(seconds: number): void {
    if (seconds <= patience) return
    throw new Skipped(`takes ${Math.ceil(seconds)} s: add --patience ${Math.ceil(seconds)}`)
  }

  const signInStranger = async () => signIn(await people.invent())

  return {
    send,
    routes,
    call: ({ method, path, json }, sending) =>
      send(method, path, { ...(json !== undefined && { json }), ...sending }),
    people,
    signIn,
    signInStranger,
    afford,
    async pass(seconds) {
      afford(seconds)
      await sleep(seconds * 1000)
    },
    tooLarge,
    flood,
  }
}

/** @throws Skipped where the backend has no such route */
export function given(route: Route | undefined, flag: string): Route {
  if (route) return route
  throw new Skipped(`no route was named: ${flag}`)
}
