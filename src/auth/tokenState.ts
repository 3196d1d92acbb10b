import { LONGEST_HEADER } from './challenge'
import type { PromptKind, TokenState } from './types'

/** What no header carries unchanged, or what ends a value in a list of them (RFC 9110 §5.5, §5.6.1). */
const FORBIDDEN = /[^!-+\--~]/
const SECRET = /session_?key|open_?id|union_?id|phone|mobile|secret|password|encrypted/i
const LARGEST = 4096

export type ParsedTokenState =
  | {
      is: 'tokenState'
      state: TokenState
      /** Names of members that looked like secrets and were dropped. */
      dropped: string[]
    }
  /** Which member it is, and of a token which character. */
  | { is: 'malformed'; detail: string }

/** Checks what an answer or the storage gave. Never throws. */
export function parseTokenState(value: unknown): ParsedTokenState {
  const dropped: string[] = []
  let state: Record<string, unknown>
  try {
    const text = JSON.stringify(Object(value), (name, member: unknown) => {
      if (member === null) return undefined // some serialisers write null for "missing"
      // A flag says only whether there is something.
      if (typeof member === 'boolean' || !SECRET.test(name)) return member
      dropped.push(name)
      return undefined
    })
    // JSON has null for a number that is none.
    state = Object(JSON.parse(text)) as Record<string, unknown>
  } catch {
    return { is: 'malformed', detail: 'JSON' }
  }
  for (const name of ['expiresIn', 'version']) {
    if (isNumeric(state[name])) state[name] = Number(state[name])
  }
  if (typeof state.uid === 'number') state.uid = String(state.uid)
  const { hasPhoneNumber } = Object(value) as Record<string, unknown>
  const detail = faultOf({ ...state, hasPhoneNumber: hasPhoneNumber ?? undefined })
  if (detail !== undefined) return { is: 'malformed', detail }
  return { is: 'tokenState', state: Object.freeze(state) as TokenState, dropped }
}

/** Numbers as some backends write them. */
function isNumeric(value: unknown): boolean {
  return typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)
}

function faultOf(state: Record<string, unknown>): string | undefined {
  const { accessToken, expiresIn, version } = state
  if (typeof accessToken !== 'string' || !accessToken || accessToken.length > LARGEST)
    return 'accessToken'
  const forbidden = FORBIDDEN.exec(accessToken)
  if (forbidden) return `accessToken has U+${codeOf(forbidden[0])}`
  if (expiresIn !== undefined && !(isNumber(expiresIn) && expiresIn > 0)) return 'expiresIn'
  if (version !== undefined && !isNumber(version)) return 'version'
  if (state.uid !== undefined && typeof state.uid !== 'string') return 'uid'
  return ['hasUserInfo', 'hasPhoneNumber', 'needsSecondProof'].find(
    (name) => state[name] !== undefined && typeof state[name] !== 'boolean',
  )
}

function codeOf(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value)
}

/** The header form: base64url of UTF-8 JSON. Throws on anything else. */
export function decodeTokenState(header: string): unknown {
  if (header.length > LONGEST_HEADER) throw new TypeError('too long')
  return JSON.parse(decodeURIComponent(base64UrlToPercent(header.trim())))
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Mini-programs have neither `atob` nor `TextDecoder`. */
function base64UrlToPercent(text: string): string {
  let bits = 0
  let held = 0
  let percent = ''
  for (const char of text
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/={1,2}$/, '')) {
    const value = ALPHABET.indexOf(char)
    if (value < 0) throw new TypeError('not base64url')
    held = ((held << 6) | value) & 0xfff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      percent += '%' + ((held >> bits) & 0xff).toString(16).padStart(2, '0')
    }
  }
  return percent
}

/** A token state, when it came and which request brought it. */
export interface HeldState {
  state: TokenState
  /** ms since 1970, when it was received. */
  at: number
  /** Order of sending of the request whose answer brought it. */
  seq: number
}

/** Within a session the higher version wins; at equal or missing ones, the later sent request. */
export function supersedes(next: HeldState, held: HeldState): boolean {
  const [a, b] = [next.state.version, held.state.version]
  return a != null && b != null && a !== b ? a > b : next.seq > held.seq
}

/**
 * Whether the token is known to be expired, `margin` seconds early. Lifetimes at or below
 * the margin are used to their end. An unknown lifetime, or a clock that was set back, says nothing:
 * not expired.
 */
export function isExpired({ state, at }: HeldState, now: number, margin: number): boolean {
  const { expiresIn } = state
  if (expiresIn === undefined) return false
  const early = expiresIn > margin ? margin : 0
  return now >= at + (expiresIn - early) * 1000
}

/** Whether there is a session, or it has this. A business without a flag for the phone number sends a `uid`. */
export function isKnown(kind: PromptKind, state: TokenState | null): boolean {
  if (kind === 'login') return state !== null
  if (kind === 'getUserInfo') return state?.hasUserInfo === true
  return state?.hasPhoneNumber ?? state?.uid !== undefined
}
