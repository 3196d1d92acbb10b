import { describe, expect, it } from 'vitest'
import { goThroughAll } from './interleavings'
import type { World } from './world'

const setting = {
  ...{ hasWxLogin: true, hasSession: true, encrypts: false, isVersioned: true },
  ...{ lifetime: 7_200, concurrency: undefined },
}
const give = { do: 'give', kind: 'prompted', how: 'given' } as const
const [login, logout] = [{ do: 'login' }, { do: 'logout' }] as const

/** Routes want the phone number, which the user has not given yet. */
function wantPhone({ backend }: World): void {
  backend.policy = { ...backend.policy, routes: 'phone' }
}

/** Three requests at once find that their token is dead. */
function makeBurst(world: World): void {
  wantPhone(world)
  world.backend.forget()
  for (let i = 0; i < 3; i++) world.app.request('plain')
}

const burst = { begin: makeBurst, requests: 0, deeds: [give, logout], hasFault: true }
const oneByOne = { begin: wantPhone, requests: 3, deeds: [give, logout], hasFault: true }
const whileLoggingIn = { begin: wantPhone, requests: 3, deeds: [login, logout], hasFault: false }

// A count that changes says that the client does something more, or less, than before.
describe('the client keeps its guarantees in every order of', () => {
  it.each([
    { over: 'the contract', isSpokenInCodes: false, count: 4_229 },
    { over: 'a dialect that refreshes', isSpokenInCodes: true, count: 5_691 },
  ])(
    'a burst on a dead token, its login, a prompt, a logout and a fault, over $over: $count',
    async ({ isSpokenInCodes, count }) => {
      const scope = { ...burst, setting: { ...setting, isSpokenInCodes } }
      expect(await goThroughAll(scope)).toBe(count)
    },
    600_000,
  )

  it.each([
    { what: 'three requests, a prompt, a logout and a fault', scope: oneByOne, count: 2_905 },
    { what: 'three requests, a login and a logout', scope: whileLoggingIn, count: 1_860 },
  ])(
    '$what: $count',
    async ({ scope, count }) => {
      const whole = { ...scope, setting: { ...setting, isSpokenInCodes: false } }
      expect(await goThroughAll(whole)).toBe(count)
    },
    600_000,
  )
})
