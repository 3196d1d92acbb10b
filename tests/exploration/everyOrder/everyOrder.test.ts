import { describe, expect, it } from 'vitest'
import { goThroughAll, type Scope } from '../interleavings'

const scope: Omit<Scope, 'setting'> = {
  /** The token is dead, and routes want the phone number, which the user has not given yet. */
  begin({ backend }) {
    backend.policy = { ...backend.policy, routes: 'phone' }
    backend.forget()
  },
  requests: 3,
  deeds: [{ do: 'give', kind: 'prompted', how: 'given' }, { do: 'logout' }],
  hasFault: true,
}
const setting = {
  ...{ hasWxLogin: true, hasSession: true, encrypts: false, isVersioned: true },
  ...{ lifetime: 7_200, concurrency: undefined },
}

// A count that changes says that the client does something more, or less, than before.
describe('the client keeps its guarantees in every order of', () => {
  it.each([
    { over: 'the contract', isSpokenInCodes: false, count: 19_082 },
    { over: 'a dialect that refreshes', isSpokenInCodes: true, count: 25_798 },
  ])(
    'three requests, the login that they need, a prompt, a logout and a fault, over $over: $count',
    async ({ isSpokenInCodes, count }) => {
      expect(await goThroughAll({ ...scope, setting: { ...setting, isSpokenInCodes } })).toBe(count)
    },
    600_000,
  )
})
