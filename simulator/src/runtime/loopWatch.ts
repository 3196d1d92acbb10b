/** A loop of the app that did not end. */
export class EndlessLoopError extends Error {
  override readonly name = 'EndlessLoopError'
}

/** A task is let go on for so long, in ms, whatever its loops do … */
const usualTime = 5_000
/** … and then for so many more rounds, as a slow machine has no endless loop … */
const usualRounds = 20_000_000
/** … or until so many ms have gone. */
const longestTime = 20_000

/** The clock is read once in so many rounds. */
const roundsToReading = 0xffff

/**
 * Makes what guarded loops call: it throws once a task has not ended for too long. `onTask` has its
 * argument called again and again, as long as tasks end.
 */
export function createLoopWatch(now: () => number, onTask: (note: () => void) => void): () => true {
  let began = now()
  let rounds = 0
  onTask(() => {
    began = now()
    rounds = 0
  })
  return () => {
    rounds += 1
    if ((rounds & roundsToReading) !== 0) return true
    const took = now() - began
    if (took < usualTime || (rounds < usualRounds && took < longestTime)) return true
    // So that what comes next in the same task has its time.
    began = now()
    rounds = 0
    throw new EndlessLoopError(
      `a loop has not ended for ${Math.round(took / 1000)} s, and was ended here`,
    )
  }
}
