import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asking, challenge } from '../../../support/challenged'
import { flush } from '../../../support/clock'
import { createHost, type FakeHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf } from '../../../support/client'

const unhandled: unknown[] = []
const note = (error: unknown) => unhandled.push(error)
beforeEach(() => void process.on('unhandledRejection', note))
afterEach(() => {
  process.off('unhandledRejection', note)
  expect(unhandled.splice(0)).toEqual([])
})

/** What the host does as it is called, once: an interceptor of the app runs then. */
function whenSending(host: FakeHost, act: () => void) {
  const { send } = host.platform
  host.platform.send = (call) => {
    host.platform.send = send
    act()
    return send(call)
  }
}

describe('guarantee 13: a logout from within another call', () => {
  it('from a warning of an answer: the place is given back, and nothing is held', async () => {
    const host = createHost()
    const { auth } = openClient({
      host,
      token: 't',
      concurrency: 1,
      onWarning: () => void auth.logout(),
    })
    const outcome = outcomeOf(auth.request('/a'))
    const tokenState = { ...stateOf('n'), openid: 'o' }
    await (await host.take('GET /a')).answer(200, { data: 1, tokenState })
    expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    await (await host.take('POST /auth/logout')).answer(204)
    const next = outcomeOf(auth.request('/b'))
    await (await host.take('GET /b')).answer(200, { data: 2 })
    expect(next.value).toBe(2)
    expect(auth.tokenState).toBe(null)
  })

  it('from the sending of a request: it is aborted, and opens nothing', async () => {
    const { host, auth } = openClient({ token: 't' })
    whenSending(host, () => void auth.logout())
    const outcome = outcomeOf(auth.request('/a'))
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    expect(host.onWire.map(({ line }) => line)).toEqual(['POST /auth/logout'])
    expect(auth.prompt).toBe(null)
  })

  it('from the sending of a carried login: the token that it brings is revoked', async () => {
    const { host, auth } = openClient()
    whenSending(host, () => void auth.logout())
    const outcome = outcomeOf(auth.request('/a'))
    const call = await host.take('GET /a')
    expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    await call.answer(200, { data: 1, tokenState: stateOf('late') })
    expect((await host.take('POST /auth/logout')).authorization).toBe('Bearer late')
    expect(auth.tokenState).toBe(null)
    expect(auth.signedOut).toBe(true)
  })
})

describe('guarantee 15: an abort from within the sending', () => {
  it('ends the request, which then opens nothing', async () => {
    const { host, auth } = openClient({ token: 't' })
    const task = auth.request('/a')
    whenSending(host, () => task.abort())
    const outcome = outcomeOf(task)
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'aborted' } })
    for (const call of await host.takeAll('GET')) {
      if (!call.isAborted) await call.answer(401, {}, asking('getPhoneNumber'))
    }
    expect(auth.prompt).toBe(null)
    const next = outcomeOf(auth.request('/b'))
    await (await host.take('GET /b')).answer(200, { data: 1 })
    expect(next.value).toBe(1)
  })

  it('of a carried login sends its code once', async () => {
    const { host, auth } = openClient()
    const task = auth.request('/a')
    task.catch(() => {})
    whenSending(host, () => task.abort())
    await flush()
    void auth.request('/b')
    await flush()
    expect(host.onWire.map(({ authorization }) => authorization)).toEqual(['WxLogin code-1'])
  })
})

describe('a host that breaks its word', () => {
  it('throws where it is asked about encryption or pages: a prompt opens all the same', async () => {
    const host = createHost()
    host.encrypts = () => {
      throw new Error('not on this phone')
    }
    host.platform.pages = () => {
      throw new Error('not yet')
    }
    const client = openClient({ token: 't', host })
    const outcome = await challenge(client, '/a', 'getPhoneNumber')
    await flush()
    expect(client.auth.prompt?.kind).toBe('getPhoneNumber')
    client.auth.cancelPrompt()
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'prompt_cancelled' } })
  })

  it('answers sign-in’s own call with nothing: a typed error', async () => {
    const { host, auth } = openClient()
    const { send } = host.platform
    host.platform.send = (call) => ({ ...send(call), answer: Promise.resolve(undefined as never) })
    await expect(auth.login()).rejects.toMatchObject({ name: 'AuthError', code: 'protocol' })
  })
})

it('a function that is subscribed twice is ended once', () => {
  const { auth } = openClient({ token: 't' })
  let calls = 0
  const listener = () => void calls++
  const end = auth.subscribe(listener)
  auth.subscribe(listener)
  end()
  void auth.logout()
  expect(calls).toBe(1)
})
