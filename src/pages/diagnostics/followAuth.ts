import type { Auth, Prompt } from '../../index'
import type { SessionEvent, TakeDown } from './journalEvents'
import { quietly } from './quietly'
import type { NumberOf } from './tokenNumbers'

/** Takes down what becomes of session and prompt; the returned function ends it. */
export function followAuth(auth: Auth, takeDown: TakeDown, numberOf: NumberOf): () => void {
  let before = look(auth)
  if (before.state) session('restored', before)
  else if (before.signedOut) session('signedOut', before)

  function session(change: SessionEvent['change'], { state }: Seen): void {
    if (!state) {
      takeDown({ kind: 'session', change })
      return
    }
    const { accessToken, hasUserInfo = false, hasPhoneNumber = false } = state
    const token = numberOf(accessToken)
    takeDown({ kind: 'session', change, token, hasUserInfo, hasPhoneNumber })
  }

  function tellSession(now: Seen): void {
    if (!now.state) {
      if (now.signedOut && !before.signedOut) session('signedOut', now)
      else if (before.state) session('ended', now)
      return
    }
    if (!before.state) return session('signedIn', now)
    const isSame = (['accessToken', 'hasUserInfo', 'hasPhoneNumber'] as const).every(
      (name) => (now.state?.[name] ?? false) === (before.state?.[name] ?? false),
    )
    if (!isSame) session('renewed', now)
  }

  function tellPrompt(was: Prompt | null, is: Prompt | null): void {
    if (was && was.kind !== is?.kind)
      takeDown({ kind: 'prompt', change: 'closed', prompt: was.kind })
    if (!is) return
    const { kind: prompt, status, error } = is
    if (was?.kind !== prompt) takeDown({ kind: 'prompt', change: 'opened', prompt })
    else if (status === 'submitting' && was.status === 'open')
      takeDown({ kind: 'prompt', change: 'submitting', prompt })
    else if (status === 'open' && was.status === 'submitting')
      takeDown({ kind: 'prompt', change: 'failed', prompt, ...(error && { error }) })
  }

  return auth.subscribe(() =>
    quietly(() => {
      const now = look(auth)
      tellSession(now)
      tellPrompt(before.prompt, now.prompt)
      before = now
    }),
  )
}

interface Seen {
  state: Auth['tokenState']
  signedOut: boolean
  prompt: Prompt | null
}

function look({ tokenState, signedOut, prompt }: Auth): Seen {
  return { state: tokenState, signedOut, prompt }
}
