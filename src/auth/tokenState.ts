import type { TokenState } from './types'

/** RFC 6750 §2.1; also keeps line breaks out of the header. */
const TOKEN = /^[\w\-.~+/]+=*$/
const SECRET = /session_?key|open_?id|union_?id|phone|mobile|secret|password|encrypted/i
const LARGEST = 4096

export interface ParsedTokenState {
  state: TokenState
  /** Names of members that looked like secrets and were dropped. */
  dropped: string[]
}

/** Checks what an answer or the storage gave; `undefined`: not a token state. Never throws. */
export function parseTokenState(value: unknown): ParsedTokenState | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { accessToken, expiresIn, hasUserInfo, hasPhoneNumber, uid, version } =
    value as Partial<TokenState>
  if (typeof accessToken !== 'string' || accessToken.length > LARGEST) return undefined
  if (!TOKEN.test(accessToken) || !isNumber(expiresIn) || expiresIn <= 0) return undefined
  if (!isOptional(hasUserInfo, 'boolean') || !isOptional(hasPhoneNumber, 'boolean'))
    return undefined
  if (!isOptional(uid, 'string') || (version != null && !isNumber(version))) return undefined

  const dropped: string[] = []
  try {
    const state = JSON.parse(
      JSON.stringify(value, (name, member: unknown) => {
        if (member === null) return undefined // some serialisers write null for "missing"
        const isFlag = name === 'hasPhoneNumber' && typeof member === 'boolean'
        if (isFlag || !SECRET.test(name)) return member
        dropped.push(name)
        return undefined
      }),
    ) as TokenState
    return { state: Object.freeze(state), dropped }
  } catch {
    return undefined
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function isOptional(value: unknown, type: 'boolean' | 'string'): boolean {
  return value == null || typeof value === type
}

/** The header form: base64url of UTF-8 JSON. Throws on anything else. */
export function decodeTokenState(header: string): unknown {
  return JSON.parse(decodeURIComponent(base64UrlToPercent(header.trim())))
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Mini-programs have neither `atob` nor `TextDecoder`. */
function base64UrlToPercent(text: string): string {
  let bits = 0
  let held = 0
  let percent = ''
  for (const char of text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')) {
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
 * the margin are used to their end. A clock that was set back says nothing: not expired.
 */
export function isExpired({ state, at }: HeldState, now: number, margin: number): boolean {
  const early = state.expiresIn > margin ? margin : 0
  return now >= at + (state.expiresIn - early) * 1000
}
