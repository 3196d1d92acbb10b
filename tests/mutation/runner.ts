// Many mutants leave a promise unsettled. Nothing will happen any more then, and a test that waits for it fails at
// once, not at the limit of a hang. What is counted are turns of the event loop, which a busy machine makes slowly:
// time that the test did not get does not count against it.
import type { Test } from 'vitest'
import { VitestTestRunner } from 'vitest/runners'
import { getFn } from 'vitest/suite'
import { areas } from './areas'

/** ms */
const TURN = 5
const TURNS = areas[process.env.MUTATED ?? '']!.patience / TURN

// Before a test puts a clock of its own into their place.
const { setInterval, clearInterval } = globalThis

export default class extends VitestTestRunner {
  async runTask(test: Test): Promise<void> {
    let turns = 0
    let watch: ReturnType<typeof setInterval> | undefined
    const hang = new Promise<never>((_, reject) => {
      watch = setInterval(() => {
        if (++turns === TURNS) reject(new Error(`the test hangs: ${TURNS} turns without an end`))
      }, TURN)
    })
    try {
      await Promise.race([getFn(test)(), hang])
    } finally {
      clearInterval(watch)
    }
  }
}
