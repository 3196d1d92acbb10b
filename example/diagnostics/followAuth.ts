import type { Auth, Prompt } from 'watchword'
import type { NumberOf, PromptEvent, SessionEvent, RecordEvent } from './journalEvents'
import { quietly } from './watchPlatform'

/** Records what becomes of session and prompt; the returned function ends it. */
export function followAuth(auth: Auth, record: RecordEvent, numberOf: NumberOf): () => void {
  let before = look(auth)
  if (before.state) session('restored')
  else if (before.signedOut) session('signedOut')

  function session(change: SessionEvent['change'], { state } = before): void {
    if (!state) return void record({ kind: 'session', change })
    const { accessToken, hasUserInfo = false, hasPhoneNumber = false } = state
    const token = numberOf(accessToken)
    record({ kind: 'session', change, token, hasUserInfo, hasPhoneNumber })
  }

  function tellSession(now: Seen): void {
    const { state, signedOut } = now
    const was = before.state
    if (!state) {
      if (signedOut && !before.signedOut) session('signedOut', now)
      else if (was) session('ended', now)
    } else if (!was) session('signedIn', now)
    else if (
      state.accessToken !== was.accessToken ||
      !state.hasUserInfo !== !was.hasUserInfo ||
      !state.hasPhoneNumber !== !was.hasPhoneNumber
    )
      session('renewed', now)
  }

  function tellPrompt(was: Prompt | null, is: Prompt | null): void {
    const tell = (prompt: Prompt['kind'], change: PromptEvent['change'], rest = {}) =>
      void record({ kind: 'prompt', change, prompt, ...rest })
    if (was && was.kind !== is?.kind) tell(was.kind, 'closed')
    if (!is) return
    const { kind, status, error } = is
    if (was?.kind !== kind) tell(kind, 'opened')
    else if (status !== was.status)
      if (status === 'submitting') tell(kind, status)
      else tell(kind, 'failed', error && { error })
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

type Seen = ReturnType<typeof look>

const look = ({ tokenState, signedOut, prompt }: Auth) => ({ state: tokenState, signedOut, prompt })
