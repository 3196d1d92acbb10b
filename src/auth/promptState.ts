import { isAuthError } from './errors'
import type { LoginMethod, Prompt, PromptKind, PromptScope } from './types'

/** What a challenged request needs from the user. */
export interface Ask {
  kind: PromptKind
  reason?: string | undefined
  scope?: PromptScope | undefined
  methods?: readonly LoginMethod[] | undefined
  proof?: Prompt['proof']
  /** The login needs it, see `loginNeeds`: any session will do. */
  isForLogin?: true
}

/** What the user is being asked. */
export type PromptState =
  | { is: 'nothing' }
  /**
   * Makes sure that what the button will give can be decrypted, and opens the prompt then. `shown`:
   * the one before it, which was answered and stays in sight until then.
   */
  | { is: 'preparing'; kind: PromptKind; shown: Prompt | null; stop: () => void }
  /** The button can be pressed. */
  | { is: 'open'; prompt: Prompt; number: number }
  /** It was pressed, and what it gave is on its way. */
  | { is: 'submitting'; prompt: Prompt; number: number }

/** What leads from one to the other. */
export interface PromptTransitions {
  nothing: 'preparing'
  preparing: 'preparing' | 'open' | 'nothing'
  open: 'open' | 'submitting' | 'preparing' | 'nothing'
  submitting: 'submitting' | 'open' | 'preparing' | 'nothing'
}

/** What is in sight. */
export function shownIn(state: PromptState): Prompt | null {
  switch (state.is) {
    case 'nothing':
      return null
    case 'preparing':
      return state.shown
    case 'open':
    case 'submitting':
      return state.prompt
  }
}

/** The kind that the user declines by declining: where one was given, the one that comes next. */
export function kindIn(state: PromptState): PromptKind | undefined {
  switch (state.is) {
    case 'nothing':
      return undefined
    case 'preparing':
      return state.kind
    case 'open':
    case 'submitting':
      return state.prompt.kind
  }
}

/** A prompt that asks for this, with no error, or no error any more. */
export function promptOf(asked: Ask, status: Prompt['status']): Prompt {
  const { kind, reason, scope, methods, proof } = asked
  return {
    kind,
    ...(reason && { reason }),
    ...(scope && { scope }),
    ...(methods && { methods }),
    ...(proof && { proof }),
    status,
  }
}

/** What one request says of a kind is said for all; where one needs the whole profile, the scope is that. */
export function joined(kind: PromptKind, asks: readonly Ask[]): Ask {
  const named = <Name extends keyof Ask>(name: Name) => asks.find((ask) => ask[name])?.[name]
  const isWhole = asks.some((ask) => ask.scope !== 'unionid')
  const scope = kind === 'getUserInfo' ? (isWhole ? 'profile' : 'unionid') : undefined
  const [reason, methods, proof] = [named('reason'), named('methods'), named('proof')]
  return { kind, reason, scope, methods, proof }
}

/** The prompt with what later requests have added. */
export function widened(prompt: Prompt, asks: readonly Ask[]): Prompt {
  const asked = promptOf(joined(prompt.kind, asks), prompt.status)
  const next: Prompt = { ...asked, ...prompt, ...(asked.scope && { scope: asked.scope }) }
  const names = Object.keys(next) as (keyof Prompt)[]
  return names.every((name) => next[name] === prompt[name]) ? prompt : next
}

/** The prompt after a submit that failed: it can be answered again. */
export function failedWith(prompt: Prompt, failure: unknown): Prompt {
  if (!isAuthError(failure)) return { ...prompt, status: 'open', error: 'network' }
  const { code, account, retryAfter, status = 0 } = failure
  const isBusy = status === 429 || status >= 500
  const error = isBusy ? 'network' : code
  return {
    ...prompt,
    status: 'open',
    error,
    ...(account && { account }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(error === 'proof_needed' && { proof: 'sms' }),
  }
}
