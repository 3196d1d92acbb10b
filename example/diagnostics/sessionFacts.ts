import type { Auth, Prompt } from 'watchword'

/** What may be reported of the session: no token, and no text that could name somebody. */
export interface SessionFacts {
  hasToken: boolean
  /** Lifetime in seconds, as the backend reported it. */
  expiresIn?: number
  /** Seconds until it expires, as stored; missing where nothing is stored. */
  remaining?: number
  hasUserInfo: boolean
  hasPhoneNumber: boolean
  version?: number
  isSignedOut: boolean
  /** Without its reason: that is the backend's text. */
  prompt: Omit<Prompt, 'reason'> | null
}

/** @param stored what is in storage under the client's key. */
export function readSession(
  { tokenState, signedOut, prompt }: Pick<Auth, 'tokenState' | 'signedOut' | 'prompt'>,
  stored: unknown,
  now: number,
): SessionFacts {
  const { accessToken, expiresIn, hasUserInfo, hasPhoneNumber, version } = { ...tokenState }
  const remaining = accessToken === undefined ? undefined : readRemaining(stored, accessToken, now)
  return {
    hasToken: accessToken !== undefined,
    ...(expiresIn !== undefined && { expiresIn }),
    ...(remaining !== undefined && { remaining }),
    hasUserInfo: hasUserInfo === true,
    hasPhoneNumber: hasPhoneNumber === true,
    ...(typeof version === 'number' && { version }),
    isSignedOut: signedOut,
    prompt: prompt && withoutReason(prompt),
  }
}

function withoutReason({ kind, scope, status, error }: Prompt): Omit<Prompt, 'reason'> {
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
