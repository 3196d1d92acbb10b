import type { Auth, Prompt } from '../../index'

/** What may be told of the session: no token, and no text that could name somebody. */
export interface SessionFacts {
  hasToken: boolean
  /** Lifetime in seconds, as the backend told it. */
  expiresIn?: number
  /** Seconds until it expires, as stored; missing where nothing is stored. */
  remaining?: number
  hasUserInfo: boolean
  hasPhoneNumber: boolean
  uid?: string
  version?: number
  /** The backend's other members: switches and small numbers as they are, of others the kind. */
  claims: Record<string, string>
  isSignedOut: boolean
  /** Without its reason: that is the backend's text. */
  prompt: Omit<Prompt, 'reason'> | null
}

/** @param stored what stands in storage under the client's key. */
export function readSession(
  { tokenState, signedOut, prompt }: Pick<Auth, 'tokenState' | 'signedOut' | 'prompt'>,
  stored: unknown,
  now: number,
): SessionFacts {
  const { accessToken, expiresIn, hasUserInfo, hasPhoneNumber, uid, version, ...others } =
    tokenState ?? { accessToken: undefined }
  const remaining = accessToken === undefined ? undefined : readRemaining(stored, accessToken, now)
  return {
    hasToken: accessToken !== undefined,
    ...(expiresIn !== undefined && { expiresIn }),
    ...(remaining !== undefined && { remaining }),
    hasUserInfo: hasUserInfo === true,
    hasPhoneNumber: hasPhoneNumber === true,
    ...(typeof uid === 'string' && { uid: isHarmlessId(uid) ? uid : '…' }),
    ...(typeof version === 'number' && { version }),
    claims: Object.fromEntries(
      Object.entries(others).map(([name, value], index) => [
        /^[A-Za-z][A-Za-z_]{0,23}$/.test(name) ? name : `…${index}`,
        kindOf(value),
      ]),
    ),
    isSignedOut: signedOut,
    prompt: prompt && withoutReason(prompt),
  }
}

function withoutReason(prompt: Prompt): Omit<Prompt, 'reason'> {
  const { kind, scope, status, error } = prompt
  return { kind, ...(scope && { scope }), status, ...(error && { error }) }
}

function readRemaining(stored: unknown, token: string, now: number): number | undefined {
  try {
    const { state, at } = JSON.parse(String(stored)) as {
      state: { accessToken: string; expiresIn: number }
      at: number
    }
    const seconds = Math.round((at + state.expiresIn * 1000 - now) / 1000)
    return state.accessToken === token && Number.isFinite(seconds) ? seconds : undefined
  } catch {
    return undefined
  }
}

/** Neither long, nor like a phone number or an openid (28 characters that begin with o). */
function isHarmlessId(id: string): boolean {
  return /^[\w-]{1,40}$/.test(id) && !/\d{10}/.test(id) && !/^o[\w-]{27}$/.test(id)
}

function kindOf(value: unknown): string {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number' && Math.abs(value) < 1_000_000) return String(value)
  if (typeof value === 'string') return `string(${value.length})`
  return Array.isArray(value) ? `array(${value.length})` : typeof value
}
