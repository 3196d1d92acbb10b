import type { Platform } from '../wire'

/** The person's taps, on which some of WeChat's APIs insist. */
export interface Taps {
  /** Whether a call made now counts as a tap's own. */
  isRecent(): boolean
  /** Ends what the last tap allowed. */
  end(): void
  /** Runs the callback of a dialogue whose button counts as a tap there, and nowhere else. */
  runAsTap(run: () => void): void
}

/** For so many ms a call counts as the tap's own; WeChat does not publish its limit. */
const lifetime = 5_000

/** Counts taps of a person only; those of a script are not trusted by the browser either. */
export function watchTaps(platform: Platform): Taps {
  let last = -Infinity
  let countsAsTap = false
  const note = ({ isTrusted, target }: Event) => {
    if (!isTrusted) return
    // What is pressed in WeChat's own dialogues is no tap of the app's, and ends the one before.
    const isOwn = target instanceof Element && target.closest('#simulator-dialogues')
    last = isOwn ? -Infinity : performance.now()
  }
  // The framework makes its taps of the finger's events, before the browser makes its click.
  for (const type of ['pointerdown', 'click']) document.addEventListener(type, note, true)
  return {
    isRecent: () => countsAsTap || performance.now() - last < lifetime,
    end: () => void (last = -Infinity),
    runAsTap(run) {
      countsAsTap = true
      const stop = () => void (countsAsTap = false)
      // It lasts for the macrotask; iOS, whose promises are made of others, loses it in them.
      if (platform !== 'ios') setTimeout(stop)
      try {
        run()
      } finally {
        if (platform === 'ios') stop()
      }
    },
  }
}
