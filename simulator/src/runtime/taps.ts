/** The person's taps, on which some of WeChat's APIs insist. */
export interface Taps {
  /** Whether there was one just now. */
  isRecent(): boolean
}

/** For so many ms a call counts as the tap's own; WeChat does not tell its limit. */
const lifetime = 5_000

/** Counts taps of a person only; those of a script are not trusted by the browser either. */
export function watchTaps(): Taps {
  let last = -Infinity
  const note = ({ isTrusted }: Event) => {
    if (isTrusted) last = performance.now()
  }
  // The framework makes its taps of the finger's events, before the browser makes its click.
  for (const type of ['pointerdown', 'click']) document.addEventListener(type, note, true)
  return { isRecent: () => performance.now() - last < lifetime }
}
