import { shallowRef, type Ref } from 'vue'
import type { Auth } from '../auth/auth'
import { isAuthError, type RequestError } from '../auth/errors'
import { failureIn, type SignInFailure } from '../components/signInProblem'
import { readScanScene, scanOf, type ScanAsker } from '../signIn/phoneScan'

/** What the phone shows of a code that it has scanned. */
export type ConfirmationState =
  | { is: 'looking' }
  /** Who asks is known. `isBusy`: the answer is under way. `failure`: why the last one was not taken. */
  | { is: 'asking'; asker: ScanAsker; isBusy: boolean; failure?: SignInFailure }
  | { is: 'confirmed' }
  | { is: 'declined' }
  /** The code has expired, was used, or is none. */
  | { is: 'unknown' }
  /** The backend could not be asked, or the user did not sign in: it can be tried again. */
  | { is: 'failed'; failure: SignInFailure }

export interface ScanConfirmation {
  readonly state: Readonly<Ref<ConfirmationState>>
  /** The page was opened with these options; `retry` looks again. */
  open(options: unknown): Promise<void>
  retry(): Promise<void>
  answer(how: 'confirm' | 'decline'): Promise<void>
}

/** The phone's side of a scan: who asks, and the user's answer. */
export function useScanConfirmation(auth: Pick<Auth, 'request'>): ScanConfirmation {
  const state = shallowRef<ConfirmationState>({ is: 'looking' })
  let id: string | undefined

  async function look(): Promise<void> {
    if (id === undefined) {
      state.value = { is: 'unknown' }
      return
    }
    state.value = { is: 'looking' }
    try {
      const asker = await scanOf(auth, id).look()
      state.value = { is: 'asking', asker, isBusy: false }
    } catch (error) {
      const failure = failureIn(error as RequestError)
      state.value = isGone(error as RequestError) ? { is: 'unknown' } : { is: 'failed', failure }
    }
  }

  return {
    state,
    open(options) {
      id = readScanScene(options)
      return look()
    },
    retry: look,
    async answer(how) {
      if (state.value.is !== 'asking' || state.value.isBusy || id === undefined) return
      const { is, asker } = state.value
      state.value = { is, asker, isBusy: true }
      try {
        await scanOf(auth, id)[how]()
        state.value = { is: how === 'confirm' ? 'confirmed' : 'declined' }
      } catch (error) {
        const failure = failureIn(error as RequestError)
        state.value = isGone(error as RequestError)
          ? { is: 'unknown' }
          : { is, asker, isBusy: false, failure }
      }
    },
  }
}

/** The backend has answered that there is no such code any more. */
function isGone(error: RequestError): boolean {
  return !isAuthError(error) && [404, 409, 410].includes(error.status)
}
