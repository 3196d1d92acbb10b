// What the workbench may do inside the phone's own window, which is of the same origin.
import type { SimulatorControl } from '../../runtime/simulatorControl'

/** Undefined while the mini-program has not started. */
export const simulatorIn = (frame: HTMLIFrameElement | null): SimulatorControl | undefined =>
  (frame?.contentWindow as { simulator?: SimulatorControl } | null | undefined)?.simulator

/** What the mini-program has stored, in the clear. */
export const readStoredValues = (frame: HTMLIFrameElement | null): Record<string, unknown> =>
  simulatorIn(frame)?.state().storage ?? {}

/** Forgets what all persons' mini-programs have stored; none may be running in this tab. */
export function forgetStoredValues(): void {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith('miniprogram:')) localStorage.removeItem(name)
  }
}
