import fc from 'fast-check'
import { describe, it } from 'vitest'
import { ADDRESSES } from './fuzz/addresses'
import { ANSWERS } from './fuzz/answers'
import { CHALLENGES } from './fuzz/challenges'
import { DEEP_LINKS } from './fuzz/deepLinks'
import { MINI_PROGRAMS } from './fuzz/miniPrograms'
import { MULTIPART } from './fuzz/multipart'
import { PROBLEM_BODIES } from './fuzz/problemBodies'
import { REQUESTS } from './fuzz/requests'
import { SERVER } from './fuzz/server'
import { STORED_VALUES } from './fuzz/storedValues'
import { STYLE_SHEETS } from './fuzz/styleSheets'
import { TOKEN_STATES } from './fuzz/tokenStates'

const targets = [
  ...CHALLENGES,
  ...TOKEN_STATES,
  ...STORED_VALUES,
  ...ANSWERS,
  ...PROBLEM_BODIES,
  ...ADDRESSES,
  ...DEEP_LINKS,
  ...MULTIPART,
  ...SERVER,
  ...REQUESTS,
  ...MINI_PROGRAMS,
  ...STYLE_SHEETS,
]

/** `npm run fuzz -- <minutes>`; without it each target has a few inputs, the same each time. */
const minutes = Number(process.env.FUZZ_MINUTES ?? 0)
/** ms */
const share = (minutes * 60_000) / targets.length
const slice = 5_000

type Property = fc.IAsyncProperty<unknown>

/** @throws Error with an input as small as it could be made, and the seed */
async function check(property: Property, how: fc.Parameters<unknown>): Promise<number> {
  const details = await fc.check(property, how)
  if (details.failed && details.counterexample !== null) {
    const cause = details.errorInstance
    throw new Error(await fc.asyncDefaultReportMessage(details), { cause })
  }
  return details.numRuns
}

/** In slices, each with a seed of its own: what never ends a turn is taken for dead by its runner. */
async function checkFor(ms: number, property: Property): Promise<number> {
  const end = Date.now() + ms
  let inputs = 0
  while (Date.now() < end) {
    const limit = Math.min(slice, end - Date.now())
    inputs += await check(property, {
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: Math.max(1, limit),
    })
    await new Promise((resolve) => setImmediate(resolve))
  }
  return inputs
}

describe('what reads from outside', () => {
  for (const { name, property, runs, examples } of targets) {
    it(name, { timeout: share * 2 + 120_000 }, async () => {
      if (minutes === 0) {
        const how = { numRuns: runs, seed: 20_260_101, examples: [...examples] }
        return void (await check(property as Property, how))
      }
      console.log(`${name}: ${await checkFor(share, property as Property)} inputs`)
    })
  }
})
