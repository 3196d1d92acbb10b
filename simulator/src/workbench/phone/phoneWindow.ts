// What the workbench may do inside the phone's own window, which is of the same origin.
import type { SimulatorControl } from '../../runtime'
import type { Theme } from '../../wire'

/** The running mini-program; `setTheme` is where it can be changed without a restart. */
export type PhoneSimulator = SimulatorControl & { setTheme?(theme: Theme): void }

/** Undefined while the mini-program has not started. */
export const simulatorIn = (frame: HTMLIFrameElement | null): PhoneSimulator | undefined =>
  (frame?.contentWindow as { simulator?: PhoneSimulator } | null | undefined)?.simulator

/** What the mini-program has stored, in the clear. */
export const readStoredValues = (frame: HTMLIFrameElement | null): Record<string, unknown> =>
  simulatorIn(frame)?.state().storage ?? {}

/** Forgets what all persons' mini-programs have stored; none may be running in this tab. */
export function forgetStoredValues(): void {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith('miniprogram:')) localStorage.removeItem(name)
  }
}
