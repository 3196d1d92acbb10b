import { afterAll, beforeAll, expect, it } from 'vitest'
import { ruleClaim, rulePress } from '../src/people/numberRule'
import { openTestBackend, type TestBackend } from './support/backend'
import { describeEvent, type Rule } from './support/numberModel'
import { waysToEachStep } from './support/numberSearch'
import { walk } from './support/numberWalk'
import { pushToken } from './support/push'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend({ phoneJoin: undefined, wechatPush: { token: pushToken } })
})
afterAll(() => backend.close())

const own: Rule = { claim: ruleClaim, press: rulePress, pressProves: false, revokesProved: false }

const ways = waysToEachStep(own, 6)

/** The first way on which the backend does something else than the rule says. */
async function partingFrom(rule: Rule) {
  for (const way of ways) {
    const parting = await walk(backend, rule, way)
    if (parting) return { way, ...parting }
  }
  return undefined
}

it('the search knows ways to many kinds of steps', () => {
  expect(ways.length).toBeGreaterThan(30)
})

it.each(ways.map((way) => ({ way, named: way.map(describeEvent).join(', ') })))(
  'the backend does what the rule says that was searched: $named',
  async ({ way }) => {
    expect(await walk(backend, own, way)).toBeUndefined()
  },
)

it.each<[string, Partial<Rule>]>([
  ['for which the button proves a number', { pressProves: true }],
  ['that asks nobody', { claim: (claim) => ruleClaim({ ...claim, isYoung: true }) }],
  ['that heeds no evidence', { claim: (claim) => ruleClaim({ ...claim, hasEvidence: false }) }],
  ['by which WeChat takes back what was proved', { revokesProved: true }],
])(
  'it parts from a rule %s',
  async (_, changed) => {
    expect(await partingFrom({ ...own, ...changed })).toBeDefined()
  },
  600_000,
)
