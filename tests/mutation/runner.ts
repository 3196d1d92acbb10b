// Many mutants leave a promise unsettled. Nothing will happen any more then, and a test that waits for it fails at
// once, not at the limit of a hang. What is counted are turns of the event loop, which a busy machine makes slowly:
// time that the test did not get does not count against it. A test that works with a database and over HTTP has many
// turns of its own: those that it has taken before are counted, too.
import type { Suite, Test } from 'vitest'
import { VitestTestRunner } from 'vitest/runners'
import { getFn } from 'vitest/suite'
import { areas } from './areas'

/** ms */
const TURN = 5
/** As many as there may be where nobody knows how many there are. */
const MOST = areas[process.env.MUTATED ?? '']!.patience / TURN
const LEAST = 100

/** The most turns that each test has taken to pass, kept where it stays when modules are loaded anew. */
const kept = globalThis as { turnsOfTests?: Map<string, number>; beginSuite?: () => void }
const usual = (kept.turnsOfTests ??= new Map<string, number>())

// Before a test puts a clock of its own into their place.
const { setInterval, clearInterval } = globalThis

export default class extends VitestTestRunner {
  override async onBeforeRunSuite(suite: Suite): Promise<void> {
    kept.beginSuite?.()
    await super.onBeforeRunSuite(suite)
  }

  async runTask(test: Test): Promise<void> {
    const before = usual.get(test.id)
    const most = before === undefined ? MOST : Math.min(MOST, LEAST + 10 * before)
    let turns = 0
    let watch: ReturnType<typeof setInterval> | undefined
    const hang = new Promise<never>((_, reject) => {
      watch = setInterval(() => {
        if (++turns >= most) reject(new Error(`the test hangs: ${turns} turns without an end`))
      }, TURN)
    })
    try {
      await Promise.race([getFn(test)(), hang])
      usual.set(test.id, Math.max(turns, before ?? 0))
    } finally {
      clearInterval(watch)
    }
  }
}
