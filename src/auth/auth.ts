import { uniPlatform } from '../platform/uniPlatform'
import { checkBaseURL, resolveURL } from './address'
import { createBackend, httpError, isSuccess } from './backend'
import { AuthError } from './errors'
import { createLogins } from './login'
import { createLoginCodes } from './loginCode'
import { createPrompts } from './prompts'
import { createQueue } from './queue'
import { createRequester } from './request'
import { createSession } from './session'
import { createSubmitter } from './submit'
import type { Auth, AuthEndpoints, AuthOptions, AuthWarning, PromptKind, TokenState } from './types'
import { createDeferred, type Deferred } from './wire'

const ENDPOINTS: AuthEndpoints = {
  login: '/auth/login',
  tokenState: '/auth/token-state',
  userInfo: '/auth/user-info',
  avatar: '/auth/avatar',
  phoneNumber: '/auth/phone-number',
  logout: '/auth/logout',
}

/** The kinds a button in a page may have without a prompt. */
const PRESSED_ALONE: PromptKind[] = ['getUserInfo', 'getPhoneNumber']

/** Storage keys in use, by host. */
const usedKeys = new WeakMap<object, Set<string>>()

/**
 * Creates the client: one for each backend, for the life of the app.
 * @throws AuthError `protocol`: `baseURL` or an endpoint is no address of the backend.
 */
export function createAuth(options: AuthOptions): Auth {
  const { platform = uniPlatform(), loginTimeout: timeout = 10_000, readTokenState } = options
  const baseURL = checkBaseURL(options.baseURL)
  const endpoints = { ...ENDPOINTS, ...options.endpoints }
  for (const path of Object.values(endpoints)) resolveURL(baseURL, path)

  const listeners = new Set<() => void>()
  const onWarning = options.onWarning ?? (({ code, message }) => console.warn(code, message))
  const warn = (code: AuthWarning['code'], message: string) => {
    try {
      onWarning({ code, message })
    } catch {
      // Nobody is left to be told.
    }
  }

  let isLeaving = false
  function changed(): void {
    if (isLeaving) return
    if (!session.signedOut && prompts.current?.kind === 'login') prompts.done('login')
    for (const listener of [...listeners]) {
      try {
        if (listeners.has(listener)) listener()
      } catch {
        warn('listener_threw', 'A subscriber threw; sign-in goes on without it.')
      }
    }
  }

  const storageKey = options.storageKey ?? `watchword:${baseURL}`
  const keys = usedKeys.get(platform) ?? new Set()
  usedKeys.set(platform, keys)
  if (keys.has(storageKey)) {
    warn('duplicate_storage_key', 'Two clients share one storage key: create one, and share that.')
  }
  keys.add(storageKey)

  const backend = createBackend(platform, baseURL, readTokenState)
  const codes = createLoginCodes(platform, timeout)
  const margin = options.expiryMargin ?? 30
  const session = createSession({ platform, storageKey, margin, warn, changed })
  const logins = createLogins({ platform, session, codes, backend, endpoints, timeout, warn })
  const pages = () => platform.pages?.() ?? []
  const prompts = createPrompts({
    mark: session.mark,
    prepare: (kind) => (encrypts(kind) ? refreshKey() : undefined),
    pages,
    changed,
  })
  const submitter = createSubmitter({ session, logins, codes, backend, prompts, endpoints })
  let verifying: Deferred<TokenState> | undefined
  const requester = createRequester({
    platform,
    baseURL,
    session,
    logins,
    prompts,
    queue: createQueue(options.concurrency ?? 8),
    pages,
    verifying: () => verifying?.promise.catch(() => {}),
    readTokenState,
  })

  function encrypts(kind: PromptKind): boolean {
    return kind !== 'login' && platform.encrypts?.(kind) === true
  }

  /** What a prompt yields will be encrypted with the newest key: the backend must have it. */
  async function refreshKey(): Promise<void> {
    const { signOuts } = session
    if (await codes.isKeyFresh()) return
    if (session.signOuts !== signOuts || logins.blocked) return
    await logins.login().catch(() => {})
  }

  /** A check heeds the wait after a failed login, as requests do. */
  function loginWhenDue(): Promise<TokenState> {
    if (logins.blocked && !logins.underWay) throw logins.blocked
    return logins.login()
  }

  async function checkToken(): Promise<TokenState> {
    if (session.signedOut) throw new AuthError('signed_out')
    const { token, signOuts } = session
    const stillSignedIn = () => {
      if (session.signOuts !== signOuts) throw new AuthError('signed_out')
    }
    if (token === undefined || logins.underWay) return loginWhenDue()
    const sent = session.mark()
    const call = { url: endpoints.tokenState, method: 'GET', token, timeout } as const
    const answer = await backend.call(call)
    stillSignedIn()
    session.renew(answer.tokenState, sent)
    if (answer.status === 401) await logins.replace(token)
    else if (!isSuccess(answer)) throw httpError(answer)
    stillSignedIn()
    return session.state ?? loginWhenDue()
  }

  return {
    request: (given) =>
      requester.start({ type: 'request', ...(typeof given === 'string' ? { url: given } : given) }),
    upload: (given) => requester.start({ type: 'upload', ...given }),
    download: (given) => requester.start({ type: 'download', ...given }),

    login: logins.login,

    logout() {
      const error = new AuthError('signed_out')
      const { token } = session
      isLeaving = true
      requester.cancelAll(error)
      verifying?.reject(error)
      verifying = undefined
      logins.discard(error)
      codes.release()
      prompts.reset(error)
      session.signOut()
      isLeaving = false
      changed()
      if (token !== undefined) void logins.revoke(token)
      return Promise.resolve()
    },

    verify() {
      if (verifying) return verifying.promise
      const mine = (verifying = createDeferred<TokenState>())
      checkToken()
        .then(mine.resolve, mine.reject)
        .finally(() => {
          if (verifying === mine) verifying = undefined
        })
      return mine.promise
    },

    get tokenState() {
      return session.state
    },
    get signedOut() {
      return session.signedOut
    },
    get prompt() {
      return prompts.current
    },

    pressPrompt() {
      const kinds = prompts.current ? [prompts.current.kind] : PRESSED_ALONE
      if (kinds.some(encrypts)) codes.press()
    },
    releasePress: codes.release,
    submitLogin: () => prompts.submit('login', async () => void (await logins.login())),
    submitUserInfo: submitter.userInfo,
    submitPhoneNumber: submitter.phoneNumber,

    cancelPrompt(code = 'prompt_cancelled') {
      codes.release()
      prompts.cancel(new AuthError(code))
    },
    pageUnloaded: prompts.pageUnloaded,

    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
