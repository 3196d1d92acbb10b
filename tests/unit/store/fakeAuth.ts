import type { Auth } from '../../../src/auth/auth'
import type { Prompt, TokenState } from '../../../src/auth/types'

/** An Auth whose state a test sets by hand, and which records its calls. */
export interface FakeAuth extends Auth {
  /** In order; arguments follow the name. */
  readonly calls: unknown[][]
  set(
    state: Partial<{ tokenState: TokenState | null; signedOut: boolean; prompt: Prompt | null }>,
  ): void
}

export const phonePrompt: Prompt = { kind: 'getPhoneNumber', status: 'open' }
export const loginPrompt: Prompt = { kind: 'login', status: 'open' }

/** Cancelling ends its prompt, as the real one does; nothing else changes by itself. */
export function createFakeAuth(): FakeAuth {
  const calls: unknown[][] = []
  const listeners = new Set<() => void>()
  const state = { tokenState: null, signedOut: false, prompt: null } as Pick<
    Auth,
    'tokenState' | 'signedOut' | 'prompt'
  >

  function called(name: string) {
    return (...given: unknown[]) => {
      calls.push([name, ...given])
      return Promise.resolve()
    }
  }

  function heard(name: string) {
    return (...given: unknown[]) => void calls.push([name, ...given])
  }

  function set(next: Partial<typeof state>) {
    Object.assign(state, next)
    for (const listener of listeners) listener()
  }

  return {
    calls,
    set,
    get tokenState() {
      return state.tokenState
    },
    get signedOut() {
      return state.signedOut
    },
    get prompt() {
      return state.prompt
    },
    request: <T>(options: unknown) => {
      calls.push(['request', options])
      return Object.assign(Promise.resolve('answer' as T), { abort: () => calls.push(['abort']) })
    },
    upload: () => {
      throw new Error('nobody uploads here')
    },
    flow: () => {
      throw new Error('nobody sends elsewhere here')
    },
    adopt: () => {
      throw new Error('nobody adopts a session here')
    },
    download: () => {
      throw new Error('nobody downloads here')
    },
    login: called('login') as unknown as Auth['login'],
    logout: called('logout'),
    verify: called('verify') as unknown as Auth['verify'],
    ensure: (...given) => {
      calls.push(['ensure', ...given])
      return Object.assign(Promise.resolve(), { abort: () => calls.push(['abort']) })
    },
    preparePress: called('preparePress'),
    pressPrompt: heard('pressPrompt'),
    releasePress: heard('releasePress'),
    submitLogin: called('submitLogin'),
    submitUserInfo: called('submitUserInfo'),
    submitPhoneNumber: called('submitPhoneNumber'),
    pageUnloaded: heard('pageUnloaded'),
    cancelPrompt(...given) {
      calls.push(['cancelPrompt', ...given])
      set({ prompt: null })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
