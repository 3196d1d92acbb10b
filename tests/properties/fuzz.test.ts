import fc from 'fast-check'
import { describe, it } from 'vitest'
import { ADDRESSES } from './fuzz/addresses'
import { ANSWERS } from './fuzz/answers'
import { CHALLENGES } from './fuzz/challenges'
import { MINI_PROGRAMS } from './fuzz/miniPrograms'
import { MULTIPART } from './fuzz/multipart'
import { REQUESTS } from './fuzz/requests'
import { SERVER } from './fuzz/server'
import { TOKEN_STATES } from './fuzz/tokenStates'

const targets = [
  ...CHALLENGES,
  ...TOKEN_STATES,
  ...ANSWERS,
  ...ADDRESSES,
  ...MULTIPART,
  ...SERVER,
  ...REQUESTS,
  ...MINI_PROGRAMS,
]

/** `npm run fuzz -- <minutes>`; without it each target has a few inputs, the same each time. */
const minutes = Number(process.env.FUZZ_MINUTES ?? 0)
const share = (minutes * 60_000) / targets.length

describe('what reads from outside', () => {
  for (const { name, property, runs } of targets) {
    it(name, { timeout: share * 2 + 120_000 }, async () => {
      const long = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: share }
      const details = await fc.check(property as fc.IAsyncProperty<unknown>, {
        ...(minutes > 0 ? long : { numRuns: runs, seed: 20_260_101 }),
        endOnFailure: false,
      })
      if (minutes > 0) console.log(`${name}: ${details.numRuns} inputs, seed ${details.seed}`)
      if (details.failed && details.counterexample !== null)
        throw new Error(await fc.asyncDefaultReportMessage(details))
    })
  }
})
