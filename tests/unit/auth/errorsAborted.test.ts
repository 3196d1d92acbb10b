import { describe, expect, it } from 'vitest'
import type { AuthTask } from '../../../src/auth/types'
import { asking } from '../../support/challenged'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'
import { createBench, stateOf, type Bench } from '../../support/signedIn'

/** The two ways to abort; both reject with `aborted`. */
const WAYS = ['abort()', 'signal'] as const

function start({ auth }: Bench, way: (typeof WAYS)[number], url = '/a') {
  const controller = new AbortController()
  const { signal } = controller
  const task: AuthTask<unknown> = auth.request({ url, ...(way === 'signal' && { signal }) })
  const outcome = outcomeOf(task)
  return { outcome, abort: () => (way === 'signal' ? controller.abort() : task.abort()) }
}

const ABORTED = { is: 'rejected', error: { name: 'AuthError', code: 'aborted' } }

describe.each(WAYS)('a request aborted by %s', (way) => {
  it('leaves the wire', async () => {
    const bench = createBench({ token: 't' })
    const { outcome, abort } = start(bench, way)
    const call = await bench.host.take('GET /a')
    abort()
    await flush()
    expect(outcome).toMatchObject(ABORTED)
    expect(call.isAborted).toBe(true)
    bench.host.assertIdle()
  })

  it('leaves the queue, and the others move up', async () => {
    const bench = createBench({ token: 't', concurrency: 1 })
    void bench.auth.request('/first')
    const { outcome, abort } = start(bench, way)
    void bench.auth.request('/last')
    abort()
    await (await bench.host.take('GET /first')).answer(200, {})
    expect(outcome).toMatchObject(ABORTED)
    await bench.host.take('GET /last')
    expect(bench.host.sent.map(({ line }) => line)).toEqual(['GET /first', 'GET /last'])
  })

  it('leaves a login to the others', async () => {
    const bench = createBench({ token: 't' })
    const { outcome, abort } = start(bench, way)
    const other = outcomeOf(bench.auth.request('/b'))
    for (const call of await bench.host.takeAll('GET')) await call.answer(401)
    abort()
    await (await bench.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect(outcome).toMatchObject(ABORTED)
    await (await bench.host.take('GET /b')).answer(200, { data: 1 })
    expect(other.value).toBe(1)
    bench.host.assertIdle()
  })

  it('closes a prompt that only it has waited for', async () => {
    const bench = createBench({ token: 't' })
    const { outcome, abort } = start(bench, way)
    await (await bench.host.take('GET /a')).answer(401, {}, asking('getPhoneNumber'))
    abort()
    await flush()
    expect(outcome).toMatchObject(ABORTED)
    expect(bench.auth.prompt).toBe(null)
  })

  it('is as it was when it is over already', async () => {
    const bench = createBench({ token: 't' })
    const { outcome, abort } = start(bench, way)
    await (await bench.host.take('GET /a')).answer(200, { data: 1 })
    abort()
    abort()
    await flush()
    expect(outcome).toEqual({ is: 'resolved', value: 1 })
  })

  it('can be aborted twice', async () => {
    const bench = createBench({ token: 't' })
    const { outcome, abort } = start(bench, way)
    abort()
    abort()
    await flush()
    expect(outcome).toMatchObject(ABORTED)
    expect(bench.host.sent).toHaveLength(0)
  })

  it('keeps the session that its first answer brings', async () => {
    const bench = createBench()
    const { outcome, abort } = start(bench, way)
    const other = outcomeOf(bench.auth.request('/b'))
    const pilot = await bench.host.take('GET /a')
    abort()
    await pilot.answer(200, { data: 1, tokenState: stateOf('n') })
    expect(outcome).toMatchObject(ABORTED)
    expect(bench.auth.tokenState?.accessToken).toBe('n')
    await (await bench.host.take('GET /b')).answer(200, { data: 2 })
    expect(other.value).toBe(2)
  })
})

describe('a signal', () => {
  it('that was aborted before sends nothing', async () => {
    const { host, auth } = createBench()
    const outcome = outcomeOf(auth.request({ url: '/a', signal: AbortSignal.abort() }))
    await flush()
    expect(outcome).toMatchObject(ABORTED)
    expect(host.sent).toHaveLength(0)
    expect(host.logins).toBe(0)
  })

  it('may be shared by many, and is let go of when they are over', async () => {
    const { host, auth } = createBench({ token: 't' })
    const listeners = new Set<() => void>()
    const signal = {
      aborted: false,
      addEventListener: (_type: 'abort', listener: () => void) => void listeners.add(listener),
      removeEventListener: (_type: 'abort', listener: () => void) =>
        void listeners.delete(listener),
    }
    const outcomes = ['/a', '/b', '/c'].map((url) => outcomeOf(auth.request({ url, signal })))
    await (await host.take('GET /a')).answer(200, { data: 1 })
    await (await host.take('GET /b')).answer(500)
    expect(listeners.size).toBe(1)
    for (const listener of listeners) listener()
    await flush()
    expect(outcomes.map(({ is }) => is)).toEqual(['resolved', 'rejected', 'rejected'])
    expect(outcomes[2]).toMatchObject(ABORTED)
    expect(listeners.size).toBe(0)
  })

  it('works for uploads and downloads', async () => {
    const { host, auth } = createBench({ token: 't' })
    const controller = new AbortController()
    const { signal } = controller
    const outcomes = [
      outcomeOf(auth.upload({ url: '/u', filePath: 'wxfile://1', name: 'f', signal })),
      outcomeOf(auth.download({ url: '/d', signal })),
    ]
    await flush()
    controller.abort()
    await flush()
    for (const outcome of outcomes) expect(outcome).toMatchObject(ABORTED)
    host.assertIdle()
  })
})
