import { describe, expect, it } from 'vitest'
import { isAuthError, type AuthError } from '../../../src/auth/errors'
import { sendWithin } from '../../../src/auth/wire'
import type { Platform, WireAnswer, WireCall } from '../../../src/platform/platform'
import { createClock, flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'

const CALL: WireCall = {
  type: 'request',
  url: 'https://api.example.com/a',
  method: 'GET',
  header: {},
  timeout: 5_000,
}

/** One call on a host that does what it is told. */
function send(start: () => { answer: PromiseLike<WireAnswer>; abort(): void }) {
  const clock = createClock()
  const platform = { ...clock, send: start } as unknown as Platform
  return { clock, outcome: outcomeOf(sendWithin(platform, CALL).answer) }
}

describe('a failure of the host', () => {
  it.each<[string, unknown, string, object]>([
    ['an errMsg that is a number', { kind: 'network', errMsg: 7 }, 'network', {}],
    ['an errMsg that is null', { kind: 'timeout', errMsg: null }, 'timeout', {}],
    ['an errMsg that is an object', { kind: 'interrupted', errMsg: {} }, 'network', {}],
    ['an errno that is a text', { errMsg: 'fail', errno: '5' }, 'network', { errMsg: 'fail' }],
    ['a kind that is none', { kind: {}, errno: 5 }, 'network', { errno: 5 }],
    ['null', null, 'network', {}],
    ['nothing', undefined, 'network', {}],
    ['a number', 7, 'network', {}],
    ['a text', 'fail https://a.b/c?d=1', 'network', { errMsg: 'fail …' }],
    ['an Error', new Error('no such host'), 'network', { errMsg: 'no such host' }],
  ])('is survived: %s', async (_name, failure, code, cause) => {
    const { outcome } = send(() => ({ answer: Promise.reject(failure), abort() {} }))
    await flush()
    expect(isAuthError(outcome.error)).toBe(true)
    const error = outcome.error as AuthError
    expect(error.code).toBe(code)
    const { kind, ...told } = error.cause as { kind?: unknown }
    expect(told).toEqual(cause)
    expect([undefined, 'network', 'timeout', 'interrupted']).toContain(kind)
  })

  it('is survived when it is thrown', async () => {
    const { outcome, clock } = send(() => {
      throw { errMsg: 7 }
    })
    await flush()
    expect(outcome.error).toMatchObject({ code: 'network' })
    expect(clock.pending).toBe(0)
  })
})
