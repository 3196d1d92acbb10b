import { describe, expect, it } from 'vitest'
import { ruleClaim, rulePress } from '../src/people/numberRule'
import { describeEvent, type Rule } from './support/numberModel'
import { search, type Fault } from './support/numberSearch'

const own: Rule = { claim: ruleClaim, press: rulePress, pressProves: false, revokesProved: false }

/** The number is the key to the account. */
const plain: Rule = {
  claim: ({ holder, purpose, isMine }) => {
    if (holder === 'nobody') return 'take'
    if (holder === 'self' || purpose !== 'bind') return 'renew'
    return isMine === undefined ? 'ask' : isMine ? 'join' : 'leave'
  },
  press: (press) => rulePress({ ...press, phoneJoin: 'button' }),
  pressProves: false,
  revokesProved: true,
}

/** A proof is good for 90 days, also one by the button; then the number is somebody new's. */
const ninetyDays: Rule = {
  claim: ({ holder, isYoung, purpose }) => {
    if (holder === 'nobody') return 'take'
    if (!isYoung && holder === 'other') return 'move'
    return holder === 'other' && purpose === 'bind' ? 'join' : 'renew'
  },
  press: ({ holder }) => (holder === 'self' ? 'keep' : holder === 'nobody' ? 'note' : 'leave'),
  pressProves: true,
  revokesProved: false,
}

const wayTo = (fault: Fault, rule: Rule, depth = 6) =>
  search(rule, depth).faults[fault]?.map(describeEvent)

describe('whatever two people do with one SIM, in twelve events,', () => {
  it('nobody gets the account of another, is locked out of theirs, or has two of it', () => {
    const { worlds, faults } = search(own, 12)
    expect(faults).toEqual({})
    expect(worlds).toBeGreaterThan(1000)
  })
})

describe('the search finds what is wrong', () => {
  it('where the number is the key: its next holder gets the account', () => {
    expect(wayTo('hand-over', plain)).toEqual([
      ...['A text', 'give-up-sim', 'pass', 'B get-sim', 'B text'],
    ])
    expect(wayTo('lock-out', plain)).toEqual(expect.arrayContaining(['A revoke']))
    expect(wayTo('split', plain)).toEqual(expect.arrayContaining(['A revoke']))
  })

  it('where a proof is good for 90 days only: its owner loses the account', () => {
    expect(wayTo('split', ninetyDays)).toEqual(['A text', 'pass', 'A text'])
    expect(wayTo('lock-out', ninetyDays)).toEqual(['A text', 'A sign-out', 'pass', 'A text'])
    expect(wayTo('hand-over', ninetyDays)).toEqual([
      ...['A wechat', 'give-up-sim', 'pass', 'A press', 'B get-sim', 'B text'],
    ])
  })

  it.each<[string, Fault, Partial<Rule>]>([
    ['the button proves the number', 'hand-over', { pressProves: true }],
    ['WeChat takes back what a text code has proved', 'lock-out', { revokesProved: true }],
    [
      'a word is as good as a proof',
      'hand-over',
      { claim: (claim) => (ruleClaim(claim) === 'restrict' ? 'renew' : ruleClaim(claim)) },
    ],
    [
      'a password is set on a word',
      'hand-over',
      { claim: (claim) => (ruleClaim(claim) === 'need-second-proof' ? 'join' : ruleClaim(claim)) },
    ],
    [
      'a number that is another’s stays theirs',
      'lock-out',
      { claim: (claim) => (ruleClaim(claim) === 'move' ? 'leave' : ruleClaim(claim)) },
    ],
    [
      'evidence counts for nothing',
      'lock-out',
      { claim: (claim) => ruleClaim({ ...claim, hasEvidence: false }) },
    ],
  ])('where %s', (_, fault, changed) => {
    expect(wayTo(fault, { ...own, ...changed }, 7)).toBeDefined()
  })
})
