import type { TokenState } from '../../src/auth/types'
import type { PendingCall, Reply } from './host'
import { isSpokenInCodes, stateOf } from './client'

/** Numbers from 0 up to 1, the same for the same seed (a linear congruential generator). */
export function createChance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

interface ModelSession {
  id: string
  token: string
  version: number
}

/** A backend that keeps the contract, and the troubles it may be in. */
export interface ModelBackend {
  serve(call: PendingCall): Reply | undefined
  /** How a login is answered. */
  login: 'ok' | 'network' | 401 | 429 | 503
  /** Whether it knows `Authorization: WxLogin`. */
  knowsWxLogin: boolean
  /** Whether its routes ask for a phone number. */
  wantsPhone: boolean
  /** Share of the calls that get lost, half of them without any failure. */
  loss: number
  /** Forgets every session: all tokens are dead. */
  forget(): void
  /** Gives every session a new token: the old ones are dead. */
  rotate(): void
}

const LATENCIES = [0, 5, 40, 300, 4_000]
const LIFETIMES = [20, 60, 7_200]

export function createModelBackend(chance: () => number): ModelBackend {
  const sessions = new Map<string, ModelSession>()
  const usedCodes = new Set<unknown>()
  let issued = 0
  const pick = <T>(from: readonly T[]) => from[Math.floor(chance() * from.length)]!

  function begin(code: unknown): ModelSession | undefined {
    if (usedCodes.has(code)) return undefined
    usedCodes.add(code)
    const session = { id: `s${issued}`, token: `t${issued++}`, version: 1 }
    sessions.set(session.token, session)
    return session
  }

  function tokenStateOf({ id, token, version }: ModelSession) {
    // The other dialect can refresh, with what outlives the token.
    const refresh = isSpokenInCodes && { refreshToken: id }
    return stateOf(token, { version, sid: id, expiresIn: pick(LIFETIMES), ...refresh })
  }

  function answerLogin({ body }: PendingCall): Reply {
    const { login } = backend
    if (login === 'network') return { status: 0, failure: 'network' }
    if (login !== 'ok') return { status: login }
    const session = begin((body as { code?: unknown }).code)
    return session ? { status: 200, data: { tokenState: tokenStateOf(session) } } : { status: 401 }
  }

  function answerRefresh({ body }: PendingCall): Reply {
    const { refreshToken } = body as { refreshToken?: unknown }
    const session = [...sessions.values()].find(({ id }) => id === refreshToken)
    if (backend.login === 'network') return { status: 0, failure: 'network' }
    if (!session || chance() < 0.2) return { status: 401 }
    sessions.delete(session.token)
    session.token = `t${issued++}`
    session.version++
    sessions.set(session.token, session)
    return { status: 200, data: { tokenState: tokenStateOf(session) } }
  }

  /** A file has no envelope: its token state is in the header. */
  function successOf(line: string, tokenState?: TokenState): Reply {
    if (!line.startsWith('DOWNLOAD')) return { status: 200, data: { data: line, tokenState } }
    const header = Buffer.from(JSON.stringify(tokenState ?? null)).toString('base64url')
    return { status: 200, data: line, headers: tokenState ? { 'Token-State': header } : {} }
  }

  function answerRoute(
    line: string,
    session: ModelSession | undefined,
    carriesLogin: boolean,
  ): Reply {
    if (!session) {
      if (!carriesLogin && chance() < 0.5) return successOf(line)
      const knows = carriesLogin && backend.knowsWxLogin
      return { status: 401, headers: knows ? { 'WWW-Authenticate': 'WxLogin' } : {} }
    }
    const tokenState = tokenStateOf(session)
    if (backend.wantsPhone) {
      return {
        status: 401,
        data: { tokenState, challenges: 'getPhoneNumber' },
        headers: { 'www-authenticate': 'getPhoneNumber' },
      }
    }
    if (chance() < 0.1) return { status: 500, data: { tokenState } }
    return chance() < 0.5 ? successOf(line) : successOf(line, tokenState)
  }

  function answer(call: PendingCall): Reply {
    const { line, authorization = '' } = call
    const [scheme, credential = ''] = authorization.split(' ')
    if (line === 'POST /auth/login') return answerLogin(call)
    if (line === 'POST /wx/refresh') return answerRefresh(call)
    const session = sessions.get(credential)
    if (scheme === 'WxLogin') {
      const isWilling = backend.knowsWxLogin && backend.login === 'ok'
      return answerRoute(line, isWilling ? begin(credential) : undefined, true)
    }
    if (!line.includes(' /auth/')) return answerRoute(line, session, false)
    if (!session) return { status: 401 }
    if (line === 'POST /auth/logout') {
      sessions.delete(credential)
      return { status: 204 }
    }
    if (line === 'POST /auth/phone-number') backend.wantsPhone = false
    session.version++
    return { status: 200, data: { tokenState: tokenStateOf(session) } }
  }

  const backend: ModelBackend = {
    login: 'ok',
    knowsWxLogin: true,
    wantsPhone: false,
    loss: 0,
    serve(call) {
      const luck = chance()
      if (luck < backend.loss / 2) return undefined
      const latency = pick(LATENCIES)
      if (luck < backend.loss) return { status: 0, failure: 'network', latency }
      const reply = answer(call)
      // Uploads are answered with a string.
      const isText = call.line.startsWith('UPLOAD') && reply.data !== undefined
      return { ...reply, ...(isText && { data: JSON.stringify(reply.data) }), latency }
    },
    forget: () => sessions.clear(),
    rotate() {
      for (const session of [...sessions.values()]) {
        sessions.delete(session.token)
        session.token = `t${issued++}`
        session.version++
        sessions.set(session.token, session)
      }
    },
  }
  return backend
}
