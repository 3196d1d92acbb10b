import fc from 'fast-check'
import { describe, it } from 'vitest'
import { explore } from './explore'
import { schedule } from './schedules'

const RUNS = Number(process.env.RUNS ?? 10_000)
const SEED = Number(process.env.SEED ?? 20_260_101)

describe.each([
  { name: 'the contract', isSpokenInCodes: false },
  { name: 'a dialect that refreshes', isSpokenInCodes: true },
])('over $name', ({ isSpokenInCodes }) => {
  it(`the client keeps its guarantees on ${RUNS} schedules`, async () => {
    const property = fc.asyncProperty(schedule(isSpokenInCodes), explore)
    await fc.assert(property, { numRuns: RUNS, seed: SEED })
  }, 600_000)
})
