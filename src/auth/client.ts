import type { Platform } from './platform'
import { checkBaseURL } from './address'
import { createBackend } from './backend'
import { createChanges } from './changes'
import { AuthError } from './errors'
import { createEnsure } from './ensure'
import { createFlow } from './flow'
import { createLogins } from './login'
import { createLoginCalls } from './loginCalls'
import { createLoginCodes } from './loginCode'
import { createPrompts } from './prompts'
import { createRequester } from './request'
import { createSession, type EmptyStorage } from './session'
import { createSubmitter } from './submit'
import type { Auth, AuthOptions } from './auth'
import type { PromptKind } from './types'
import { createVerifier } from './verify'
import { ask, timeLimit } from './wire'

/** The kinds a button in a page may have without a prompt. */
const PRESSED_ALONE: PromptKind[] = ['getUserInfo', 'getPhoneNumber']

/** ms */
const LOGIN_LIMIT = 10_000

/** Requests on the wire at once while nobody knows whether the token is alive, or nobody has one. */
const UNPROVEN = 8
/** Places of the host that are kept for sign-in's own calls. */
const KEPT = 1

/** Storage keys in use, by host. */
const usedKeys = new WeakMap<object, Set<string>>()

/** The core knows no host of its own. */
export interface ClientOptions extends AuthOptions {
  platform: Platform
}

/**
 * Creates the client: one for each backend, for the life of the app.
 * @throws AuthError `protocol`: `baseURL` is no address.
 */
export function createClient(options: ClientOptions): Auth {
  const { platform } = options
  const timeout = timeLimit(options.loginTimeout, LOGIN_LIMIT)
  const baseURL = checkBaseURL(options.baseURL)

  const onWarning = options.onWarning ?? (({ code, message }) => console.warn(code, message))
  const changes = createChanges(onWarning)

  const storageKey = options.storageKey ?? `watchword:${baseURL}`
  const keys = usedKeys.get(platform) ?? new Set()
  usedKeys.set(platform, keys)
  if (keys.has(storageKey)) {
    changes.warn('duplicate_storage_key')
  }
  keys.add(storageKey)

  ask(() => platform.onInterference?.((detail) => changes.warn('interceptor_interferes', detail)))
  const backend = createBackend(platform, baseURL, options.dialect, changes)
  const margin = options.expiryMargin ?? 30
  /** Hosts that tell nothing of other tabs have none. */
  const lookElsewhere = (empty: EmptyStorage) => void (platform.onStored && logins.follow(empty))
  const session = createSession({ platform, storageKey, margin, changes, lookElsewhere })
  const codes = createLoginCodes({ platform, session, timeout })
  const calls = createLoginCalls({ backend, changes, timeout })
  const logins = createLogins({
    ...{ platform, session, codes, calls, changes, lookElsewhere },
    needsUser: backend.loginNeeds !== undefined,
    carries: backend.carriesLogin,
    signedIn: () => prompts.signedIn(),
    sessionEnded: () => prompts.sessionEnded(),
    signedOutElsewhere: leave,
  })
  const verifier = createVerifier({ session, logins, backend, timeout })
  const pages = () => ask(() => platform.pages?.()) ?? []
  const prompts = createPrompts({ session, changes, prepare, pages })
  const parts = {
    ...{ platform, baseURL, session, codes, logins, prompts, verifier, pages, backend, changes },
  }
  const submitter = createSubmitter(parts)
  const places = placesOn(platform, options.concurrency)
  const requester = createRequester({ ...parts, places })
  /** Of flows: what sends them has places of its own. */
  const outside = createRequester({ ...parts, places: () => Infinity })

  const ensure = createEnsure({ ...parts, requester: outside, timeout })

  /** How many of the client's requests may be on the wire now. */
  function placesOn({ places = Infinity }: Platform, chosen: number | undefined): () => number {
    return () => {
      if (chosen !== undefined && chosen >= 1) return chosen
      const most = Math.max(1, places - KEPT)
      return session.proven ? most : Math.min(UNPROVEN, most)
    }
  }

  ask(() =>
    platform.onStored?.((key) => {
      if (key === null || key === storageKey) logins.follow()
    }),
  )

  /** The user signed out: nothing waits any more. */
  function leave(): void {
    const error = new AuthError('signed_out')
    prompts.reset(error)
    requester.cancelAll(error)
    outside.cancelAll(error)
    verifier.discard(error)
    logins.discard(error)
    codes.releaseAll()
  }

  function encrypts(kind: PromptKind): boolean {
    // A host that cannot tell is taken to.
    return kind !== 'login' && ask(() => platform.encrypts?.(kind), true) === true
  }

  /** What a prompt yields will be encrypted with the newest key: the backend must have it. */
  function prepare(kind: PromptKind, ready: () => void): () => void {
    if (!encrypts(kind)) {
      ready()
      return () => {}
    }
    let goOn = ready
    void refreshKey().then(() => goOn())
    return () => (goOn = () => {})
  }

  async function refreshKey(): Promise<void> {
    const began = session.now
    if (await codes.isKeyFresh()) return
    if (session.signedOutSince(began)) return
    await logins.loginWhenDue().catch(() => {})
  }

  return {
    request(given) {
      const options = typeof given === 'string' ? { url: given } : given
      const { start } = options.credentials === 'omit' ? outside : requester
      return start({ type: 'request', ...options })
    },
    upload: (given) => requester.start({ type: 'upload', ...given }),
    download: (given) => requester.start({ type: 'download', ...given }),

    flow: (url, given = {}) => createFlow(outside, baseURL, url, given),

    login: logins.login,
    adopt(given) {
      const state = session.check(given)
      if (!state) throw new AuthError('protocol', { hint: 'tokenState' })
      logins.adopt(state)
      return state
    },

    logout() {
      const { state } = session
      changes.turn(() => {
        leave()
        session.signOut()
      })
      if (state) void calls.revoke(state)
      return Promise.resolve()
    },

    verify: verifier.verify,
    ensure,

    get tokenState() {
      return session.state
    },
    get signedOut() {
      return session.signedOut
    },
    get prompt() {
      return prompts.current
    },

    async preparePress(kind) {
      if (encrypts(kind) && session.token !== undefined) await refreshKey()
    },
    pressPrompt(kind) {
      const asked = prompts.current ? [prompts.current.kind] : PRESSED_ALONE
      const kinds = kind === undefined ? asked : [kind]
      if (kinds.some(encrypts)) codes.press(kinds)
    },
    releasePress: codes.releasePress,
    submitLogin: submitter.login,
    submitUserInfo: submitter.userInfo,
    submitPhoneNumber: submitter.phoneNumber,

    cancelPrompt(code = 'prompt_cancelled', missing) {
      if (prompts.current) codes.releasePress(prompts.current.kind)
      if (missing) changes.warn('prompt_unavailable', missing)
      prompts.cancel(new AuthError(code))
    },
    pageUnloaded: prompts.pageUnloaded,

    subscribe: changes.subscribe,
  }
}
