import type { WireAnswer } from '../../src/auth/platform'
import type { TokenState } from '../../src/auth/types'
import type { Call } from './calls'
import { EVENT_STREAM } from './stream'
import { MISTYPED } from './textCodes'

/** What the backend asks for, and how it is. Each may change at any time. */
export interface Policy {
  routes: 'anybody' | 'session' | 'phone' | 'user' | 'both'
  logins: 'ok' | 'refused' | 'forbidden' | 'busy' | 'down'
  refreshes: 'ok' | 'refused' | 'down'
  /** Whether it knows `Authorization: WxLogin`. */
  wxLogin: 'known' | 'unknown' | 'forbidden'
  /** `proved`: only a text code proves a phone number. */
  numbers: 'any' | 'proved'
  /** Whether it keeps what users give; if not, it asks for that again. */
  memory: 'good' | 'poor'
}

export const CALM: Policy = {
  ...{ routes: 'anybody', logins: 'ok', refreshes: 'ok', wxLogin: 'known', memory: 'good' },
  numbers: 'any',
}

interface Session {
  readonly sid: string
  readonly uid: string
  /** The login code, whose session key it has. */
  readonly code: string | undefined
  token: string
  version: number
  hasUserInfo: boolean
  hasPhoneNumber: boolean
}

/** A backend that keeps docs/protocol.md. All its secrets have `secret` in them. */
export interface Backend {
  policy: Policy
  /** Lifetime of the tokens, in seconds. */
  readonly lifetime: number
  answer(call: Call): WireAnswer
  /** Whether it has the session key that WeChat encrypts with, for the session with this token. */
  hasKey(token: string | undefined): boolean
  /** Begins a session of this person's for whoever is not the client. */
  beginElsewhere(uid: string): TokenState
  /** Forgets every session: their tokens are dead. */
  forget(): void
  /** Gives every session a new token: the old ones are dead. */
  rotate(): void
  /** Forgets what users have given. */
  unlearn(): void
}

interface BackendOptions {
  lifetime: number
  isVersioned: boolean
  canRefresh: boolean
  /** The code whose session key WeChat encrypts with. */
  newestCode: () => string | undefined
}

export function createBackend(options: BackendOptions): Backend {
  const { lifetime, isVersioned, canRefresh, newestCode } = options
  const sessions = new Map<string, Session>()
  const usedCodes = new Set<unknown>()
  const invalid = 'Bearer error="invalid_credentials"'
  let issued = 0

  const say = (status: number, data?: unknown, headers: Record<string, string> = {}) => ({
    status,
    headers,
    data: data ?? '',
  })
  // A text is no stream where the status says that it is a refusal. In codes only the body says so.
  const refusalType = { 'Content-Type': canRefresh ? 'application/json' : 'text/plain' }
  const challenge = (value: string, tokenState?: TokenState) =>
    say(401, { challenges: value, tokenState }, { 'WWW-Authenticate': value, ...refusalType })

  /** Whether it has sent this code, which is good for one time. */
  function takes(smsCode: string): boolean {
    if (smsCode.startsWith(MISTYPED) || usedCodes.has(smsCode)) return false
    usedCodes.add(smsCode)
    return true
  }

  function begin(uid: string, code?: string): Session {
    const number = ++issued
    const session: Session = {
      ...{ sid: `s${number}`, uid, code, token: `secret-t${number}`, version: 1 },
      ...{ hasUserInfo: false, hasPhoneNumber: false },
    }
    sessions.set(session.token, session)
    return session
  }

  function change(session: Session): void {
    sessions.delete(session.token)
    session.token = `secret-t${++issued}`
    session.version++
    sessions.set(session.token, session)
  }

  function tokenStateOf(session: Session): TokenState {
    const { token, version, sid, uid, hasUserInfo, hasPhoneNumber } = session
    return {
      ...{ accessToken: token, expiresIn: lifetime, sid, uid, hasUserInfo, hasPhoneNumber },
      ...(canRefresh && { refreshToken: `secret-${sid}` }),
      ...(isVersioned && { version }),
    }
  }

  /** Begins a session, unless its logins are refused now. */
  function logIn(body: {
    code?: string
    username?: string
    smsCode?: string
  }): Session | WireAnswer {
    const { username, smsCode } = body
    switch (backend.policy.logins) {
      case 'refused':
        return challenge('WxLogin')
      case 'forbidden':
        return say(403)
      case 'busy':
        return say(429, undefined, { 'Retry-After': '2' })
      case 'down':
        return say(503, undefined, { 'Retry-After': '2' })
      case 'ok':
        if (username !== undefined) return begin(username)
        if (smsCode !== undefined)
          return takes(smsCode) ? proveIn(begin('u-zhou')) : challenge(invalid)
        if (usedCodes.has(body.code)) return challenge('WxLogin')
        usedCodes.add(body.code)
        return begin('u-wechat', body.code)
    }
  }

  function refresh(body: { refreshToken?: string }): WireAnswer {
    const session = [...sessions.values()].find(({ sid }) => body.refreshToken === `secret-${sid}`)
    if (backend.policy.refreshes === 'down') return say(503)
    if (!session || backend.policy.refreshes === 'refused') return challenge('Bearer')
    change(session)
    return say(200, { tokenState: tokenStateOf(session) })
  }

  /** This session's user has proved a number. */
  function proveIn(session: Session): Session {
    session.hasPhoneNumber = backend.policy.memory === 'good'
    return session
  }

  function give(session: Session, line: string, body: { smsCode?: string }): WireAnswer {
    const { smsCode } = body
    const isSealed = 'encryptedData' in body
    if (isSealed && session.code !== newestCode()) return say(409)
    if (smsCode !== undefined && !takes(smsCode)) return challenge(invalid)
    if (!line.endsWith('phone-number')) session.hasUserInfo = backend.policy.memory === 'good'
    else if (smsCode !== undefined || backend.policy.numbers === 'any') proveIn(session)
    else return challenge(wantedNumber(), tokenStateOf(session))
    session.version++
    return say(200, { tokenState: tokenStateOf(session) })
  }

  const wantedNumber = () =>
    backend.policy.numbers === 'any' ? 'getPhoneNumber' : 'getPhoneNumber proof="sms"'

  /** One of the app's own. */
  function route(line: string, session: Session | undefined, scheme: string): WireAnswer {
    const { routes } = backend.policy
    if (!session && (routes !== 'anybody' || scheme === 'Bearer')) {
      return challenge(scheme === 'Bearer' ? 'Bearer error="invalid_token", WxLogin' : 'WxLogin')
    }
    const tokenState = session && tokenStateOf(session)
    const asked = []
    if (session && !session.hasUserInfo && ['user', 'both'].includes(routes))
      asked.push('getUserInfo')
    if (session && !session.hasPhoneNumber && ['phone', 'both'].includes(routes))
      asked.push(wantedNumber())
    if (asked.length > 0) return challenge(asked.join(', '), tokenState)
    if (line.includes('/stream-')) return say(200, '', EVENT_STREAM)
    // A file has no envelope.
    if (line.startsWith('DOWNLOAD')) return say(200, { tempFilePath: line })
    return say(200, { data: line, ...(tokenState && { tokenState }) })
  }

  function carried(line: string, code: string): WireAnswer {
    if (backend.policy.wxLogin === 'forbidden') return say(403)
    if (backend.policy.wxLogin === 'unknown') return say(401)
    const session = logIn({ code })
    return 'status' in session ? session : route(line, session, 'WxLogin')
  }

  function answer({ line, authorization, replaced, body }: Call): WireAnswer {
    const [scheme = '', credential = ''] = authorization.split(' ')
    const session = sessions.get(credential)
    switch (line.replace(/\?.*/, '')) {
      case 'POST /auth/login': {
        const begun = logIn(body as object)
        if ('status' in begun) return begun
        if (replaced !== undefined) sessions.delete(replaced)
        return say(200, { tokenState: tokenStateOf(begun) })
      }
      case 'POST /wx/refresh':
        return refresh(body as object)
      case 'POST /auth/logout':
        sessions.delete(credential)
        return say(204)
      case 'POST /auth/user-info':
      case 'POST /auth/phone-number':
        return session ? give(session, line, body as object) : challenge('WxLogin')
      case 'GET /auth/token-state':
        if (scheme === 'WxLogin') return carried(line, credential)
        return session ? say(200, { tokenState: tokenStateOf(session) }) : challenge('WxLogin')
      default:
        return scheme === 'WxLogin' ? carried(line, credential) : route(line, session, scheme)
    }
  }

  const backend: Backend = {
    policy: CALM,
    lifetime,
    answer(call) {
      const { data, ...given } = answer(call)
      // Uploads are answered with a string.
      const isText = call.line.startsWith('UPLOAD') && data !== ''
      return { ...given, data: isText ? JSON.stringify(data) : data }
    },
    hasKey: (token) => sessions.get(String(token))?.code === newestCode(),
    beginElsewhere: (uid) => tokenStateOf(begin(uid)),
    forget: () => sessions.clear(),
    rotate: () => [...sessions.values()].forEach(change),
    unlearn() {
      for (const session of sessions.values()) {
        Object.assign(session, { hasUserInfo: false, hasPhoneNumber: false })
        session.version++
      }
    },
  }
  return backend
}
