// Reads the token states that pass by (docs/protocol.md), so that the workbench can show the session
// and end its token. Works with every backend that keeps the contract.
import { maskValue } from '../masking'
import type { TokenRecord } from '../record'
import type { IncomingAnswer } from './exchange'

/** The session that the client has, as far as the wire shows it. */
export interface TokenWatch {
  /** Takes note of an exchange; returns the answer as the client is to have it. */
  observe(
    url: string,
    requestHeaders: Record<string, string>,
    answer: IncomingAnswer,
  ): IncomingAnswer
  /** Ends the token at the backend. Rejects with an Error that says why it cannot. */
  kill(): Promise<void>
  /** The same after `delay` ms; token states that pass until then say when. */
  expire(delay: number): void
  close(): void
}

type TokenState = Record<string, unknown> & { accessToken: string }

const isTokenState = (value: unknown): value is TokenState =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Record<string, unknown>).accessToken === 'string'

const headerOf = (headers: Record<string, string>, wanted: string) =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1]

/** The body as an object, if it is JSON and one. */
function parseObject(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

const decodeHeader = (text: string) => parseObject(Buffer.from(text, 'base64url'))

/** `https://host/prefix` of `https://host/prefix/auth/login`; else the origin. */
const baseOf = (url: string) => {
  const { origin, pathname } = new URL(url)
  const end = pathname.indexOf('/auth/')
  return end < 0 ? undefined : origin + pathname.slice(0, end)
}

/** What a watch reports to. */
export interface TokenListener {
  /** Every token state that passes, its secrets masked, and its end. */
  onToken(token: Pick<TokenRecord, 'tokenState' | 'expiresAt'>): void
  /** The token could not be ended at the backend when its time was over. */
  onFault(message: string): void
}

/**
 * `backend` is the base URL of `/auth/logout` where it is known beforehand; it is learnt from the
 * wire otherwise. `now` is in ms.
 */
export function createTokenWatch(
  { onToken, onFault }: TokenListener,
  backend?: string,
  now: () => number = Date.now,
): TokenWatch {
  interface Held {
    token: string
    /** Base URL of the session endpoints. */
    base: string
    tokenState: Record<string, unknown>
  }
  let held: Held | undefined
  let ending: { token: string; at: number; timer: NodeJS.Timeout } | undefined

  function cancelEnding() {
    clearTimeout(ending?.timer)
    ending = undefined
  }

  /** The client holds this token no more, or the backend does not. */
  function forget(token: string) {
    if (ending?.token === token) cancelEnding()
    if (held?.token !== token) return
    held = undefined
    onToken({ tokenState: null })
  }

  const withEnd = (state: TokenState): TokenState => {
    if (ending?.token !== state.accessToken) return state
    return { ...state, expiresIn: Math.max(1, Math.ceil((ending.at - now()) / 1000)) }
  }

  function readState(url: string, state: TokenState): TokenState {
    const shown = withEnd(state)
    const tokenState = maskValue(shown) as Record<string, unknown>
    // Learnt from the issuer of the token only: nobody else is to be sent it.
    const known = held?.token === state.accessToken ? held.base : undefined
    const base = backend ?? baseOf(url) ?? known ?? new URL(url).origin
    held = { token: state.accessToken, base, tokenState }
    const { expiresIn } = shown
    onToken({
      tokenState,
      ...(typeof expiresIn === 'number' && { expiresAt: now() + expiresIn * 1000 }),
    })
    return shown
  }

  /** Either place may hold the token state; what is not one passes as it is. */
  function readAnswer(url: string, answer: IncomingAnswer): IncomingAnswer {
    const body = parseObject(answer.body)
    if (isTokenState(body?.tokenState)) {
      const tokenState = readState(url, body.tokenState)
      if (tokenState === body.tokenState) return answer
      return { ...answer, body: Buffer.from(JSON.stringify({ ...body, tokenState })) }
    }
    const place = answer.rawHeaders.findIndex(
      (name, i) => i % 2 === 0 && name.toLowerCase() === 'token-state',
    )
    const state = place < 0 ? undefined : decodeHeader(answer.rawHeaders[place + 1] ?? '')
    if (!isTokenState(state)) return answer
    const rawHeaders = [...answer.rawHeaders]
    rawHeaders[place + 1] = Buffer.from(JSON.stringify(readState(url, state))).toString('base64url')
    return { ...answer, rawHeaders }
  }

  async function kill(wanted: Held | undefined) {
    if (!wanted) throw new Error('no token has been seen yet')
    const address = `${wanted.base}/auth/logout`
    const answer = await fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${wanted.token}` },
      signal: AbortSignal.timeout(5_000),
    }).catch((error: Error) => {
      throw new Error(`${address} does not answer`, { cause: error })
    })
    // 401: it was dead already.
    if (!answer.ok && answer.status !== 401) {
      throw new Error(`${address} answered ${answer.status}`)
    }
    forget(wanted.token)
  }

  return {
    observe(url, requestHeaders, answer) {
      const sent = headerOf(requestHeaders, 'authorization')
      const { pathname } = new URL(url)
      const isEnd = /\/auth\/(logout|account)$/.test(pathname) && answer.status < 300
      if (isEnd && held && sent === `Bearer ${held.token}`) forget(held.token)
      return readAnswer(url, answer)
    },
    kill: () => kill(held),
    expire(delay) {
      if (!held) throw new Error('no token has been seen yet')
      cancelEnding()
      const wanted = held
      const timer = setTimeout(() => {
        kill(wanted).catch((error: Error) => onFault(error.message))
        ending = undefined
      }, delay)
      ending = { token: wanted.token, at: now() + delay, timer }
      onToken({ tokenState: wanted.tokenState, expiresAt: ending.at })
    },
    close: cancelEnding,
  }
}
