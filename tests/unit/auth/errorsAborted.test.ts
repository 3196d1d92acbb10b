import { describe, expect, it } from 'vitest'
import type { AuthTask } from '../../../src/auth/types'
import { asking } from '../../support/challenged'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'
import { openClient, stateOf, type Client } from '../../support/client'

/** The two ways to abort; both reject with `aborted`. */
const WAYS = ['abort()', 'signal'] as const

function start({ auth }: Client, way: (typeof WAYS)[number], url = '/a') {
  const controller = new AbortController()
  const { signal } = controller
  const task: AuthTask<unknown> = auth.request({ url, ...(way === 'signal' && { signal }) })
  const outcome = outcomeOf(task)
  return { outcome, abort: () => (way === 'signal' ? controller.abort() : task.abort()) }
}

const ABORTED = { is: 'rejected', error: { name: 'AuthError', code: 'aborted' } }

describe.each(WAYS)('a request aborted by %s', (way) => {
  it('leaves the wire', async () => {
    const client = openClient({ token: 't' })
    const { outcome, abort } = start(client, way)
    const call = await client.host.take('GET /a')
    abort()
    await flush()
    expect(outcome).toMatchObject(ABORTED)
    expect(call.isAborted).toBe(true)
    client.host.assertIdle()
  })

  it('leaves the queue, and the others move up', async () => {
    const client = openClient({ token: 't', concurrency: 1 })
    void client.auth.request('/first')
    const { outcome, abort } = start(client, way)
    void client.auth.request('/last')
    abort()
    await (await client.host.take('GET /first')).answer(200, {})
    expect(outcome).toMatchObject(ABORTED)
    await client.host.take('GET /last')
    expect(client.host.sent.map(({ line }) => line)).toEqual(['GET /first', 'GET /last'])
  })

  it('leaves a login to the others', async () => {
    const client = openClient({ token: 't' })
    const { outcome, abort } = start(client, way)
    const other = outcomeOf(client.auth.request('/b'))
    for (const call of await client.host.takeAll('GET')) await call.answer(401)
    abort()
    await (await client.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect(outcome).toMatchObject(ABORTED)
    await (await client.host.take('GET /b')).answer(200, { data: 1 })
    expect(other.value).toBe(1)
    client.host.assertIdle()
  })

  it('closes a prompt that only it has waited for', async () => {
    const client = openClient({ token: 't' })
    const { outcome, abort } = start(client, way)
    await (await client.host.take('GET /a')).answer(401, {}, asking('getPhoneNumber'))
    abort()
    await flush()
    expect(outcome).toMatchObject(ABORTED)
    expect(client.auth.prompt).toBe(null)
  })

  it('is as it was when it is over already', async () => {
    const client = openClient({ token: 't' })
    const { outcome, abort } = start(client, way)
    await (await client.host.take('GET /a')).answer(200, { data: 1 })
    abort()
    abort()
    await flush()
    expect(outcome).toEqual({ is: 'resolved', value: 1 })
  })

  it('can be aborted twice', async () => {
    const client = openClient({ token: 't' })
    const { outcome, abort } = start(client, way)
    abort()
    abort()
    await flush()
    expect(outcome).toMatchObject(ABORTED)
    expect(client.host.sent).toHaveLength(0)
  })

  it('keeps the session that its first answer brings', async () => {
    const client = openClient()
    const { outcome, abort } = start(client, way)
    const other = outcomeOf(client.auth.request('/b'))
    const carrier = await client.host.take('GET /a')
    abort()
    await carrier.answer(200, { data: 1, tokenState: stateOf('n') })
    expect(outcome).toMatchObject(ABORTED)
    expect(client.auth.tokenState?.accessToken).toBe('n')
    await (await client.host.take('GET /b')).answer(200, { data: 2 })
    expect(other.value).toBe(2)
  })
})

describe('a signal', () => {
  it('that was aborted before sends nothing', async () => {
    const { host, auth } = openClient()
    const outcome = outcomeOf(auth.request({ url: '/a', signal: AbortSignal.abort() }))
    await flush()
    expect(outcome).toMatchObject(ABORTED)
    expect(host.sent).toHaveLength(0)
    expect(host.logins).toBe(0)
  })

  it('may be shared by many, and is let go of when they are over', async () => {
    const { host, auth } = openClient({ token: 't' })
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
    const { host, auth } = openClient({ token: 't' })
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
