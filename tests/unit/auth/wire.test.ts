import { describe, expect, it } from 'vitest'
import { isAuthError, type AuthError } from '../../../src/auth/errors'
import { sendWithin } from '../../../src/auth/wire'
import type { Platform, WireAnswer, WireCall } from '../../../src/auth/platform'
import { createClock, flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'

const CALL: WireCall = {
  type: 'request',
  url: 'https://api.example.com/a',
  method: 'GET',
  header: {},
  timeout: 5_000,
}

const ANSWER: WireAnswer = { status: 200, headers: {}, data: 'x' }

/** One call on a host that does what the test says. */
function send(start: () => { answer: PromiseLike<WireAnswer>; abort(): void }) {
  const clock = createClock()
  const platform = { ...clock, send: start } as unknown as Platform
  const task = sendWithin(platform, CALL)
  return { clock, task, outcome: outcomeOf(task.answer) }
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
    ['an address without a query', 'fail https://a.b/c/d now', 'network', { errMsg: 'fail … now' }],
    ['a path with a query', 'invalid url /v1/a?b=1', 'network', { errMsg: 'invalid url …' }],
    ['an Error', new Error('no such host'), 'network', { errMsg: 'no such host' }],
  ])('is survived: %s', async (_name, failure, code, cause) => {
    const { outcome } = send(() => ({ answer: Promise.reject(failure), abort() {} }))
    await flush()
    expect(isAuthError(outcome.error)).toBe(true)
    const error = outcome.error as AuthError
    expect(error.code).toBe(code)
    const { kind, ...rest } = error.cause as { kind?: unknown }
    expect(rest).toEqual(cause)
    expect([undefined, 'network', 'timeout', 'interrupted']).toContain(kind)
  })

  // In time by the square of the text it would take longer than a test may.
  it('is survived when its text is long: it is cut', async () => {
    const errMsg = `https://a.b/c?d=1 ${'x'.repeat(5_000_000)}`
    const { outcome } = send(() => ({ answer: Promise.reject({ errMsg }), abort() {} }))
    await flush()
    expect((outcome.error as AuthError).cause).toMatchObject({ errMsg: `… ${'x'.repeat(482)}` })
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

/** A host whose answer comes when the test says so, more than once if need be. */
function hold() {
  let resolve!: (answer: WireAnswer) => void
  let reject!: (failure: unknown) => void
  let aborts = 0
  const answer: PromiseLike<WireAnswer> = {
    // As careless as a promise of a host's own may be.
    then: ((yes: typeof resolve, no: typeof reject) => {
      resolve = yes
      reject = no
    }) as never,
  }
  const sent = send(() => ({ answer, abort: () => void aborts++ }))
  return {
    ...sent,
    answer: () => resolve(ANSWER),
    fail: () => reject({ kind: 'network' }),
    get aborts() {
      return aborts
    },
  }
}

describe('a call', () => {
  it('settles once, with the answer, and stops its timer at once', async () => {
    const call = hold()
    expect(call.clock.pending).toBe(1)
    call.answer()
    expect(call.clock.pending).toBe(0)
    call.fail()
    call.task.abort()
    await call.clock.advance(10_000)
    expect(call.outcome).toEqual({ is: 'resolved', value: ANSWER })
  })

  it('settles once, with the failure, and stops its timer at once', async () => {
    const call = hold()
    call.fail()
    expect(call.clock.pending).toBe(0)
    call.answer()
    await call.clock.advance(10_000)
    expect(call.outcome).toMatchObject({ is: 'rejected', error: { code: 'network' } })
  })

  it('that is over is not aborted', async () => {
    const call = hold()
    call.answer()
    call.task.abort()
    expect(call.aborts).toBe(0)
    await flush()
    expect(call.outcome.is).toBe('resolved')
  })

  it('that takes too long is aborted, once; a late answer is ignored', async () => {
    const call = hold()
    await call.clock.advance(5_000)
    expect(call.outcome).toMatchObject({ error: { code: 'timeout' } })
    expect(call.aborts).toBe(1)
    call.answer()
    call.fail()
    call.task.abort()
    await flush()
    expect(call.aborts).toBe(1)
    expect(call.outcome).toMatchObject({ is: 'rejected', error: { code: 'timeout' } })
    expect(call.clock.pending).toBe(0)
  })

  it('that is aborted settles at once, although the abort throws', async () => {
    const { task, outcome, clock } = send(() => ({
      answer: new Promise(() => {}),
      abort() {
        throw new Error('not now')
      },
    }))
    expect(() => task.abort()).not.toThrow()
    expect(clock.pending).toBe(0)
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'aborted' } })
  })

  it('leaves no rejection where nobody waits for it', async () => {
    const platform = {
      ...createClock(),
      send: () => ({ answer: new Promise(() => {}), abort() {} }),
    }
    sendWithin(platform as unknown as Platform, CALL).abort()
    const failing = { ...createClock(), send: () => ({ answer: Promise.reject(null), abort() {} }) }
    sendWithin(failing as unknown as Platform, CALL)
    // An unhandled rejection would fail the run.
    await flush()
  })

  it('fails where the host gives no promise, or nothing', async () => {
    for (const given of [undefined, {}, { answer: 7 }]) {
      const { outcome, clock } = send(() => given as never)
      await flush()
      expect(outcome).toMatchObject({ error: { code: 'network' } })
      expect(clock.pending).toBe(0)
    }
  })
})
