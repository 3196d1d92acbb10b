import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AuthError } from '../../../src/auth/errors'
import type { Auth } from '../../../src/auth/auth'
import { flush } from '../../support/clock'
import { openClient, stateOf, type Client } from '../../support/client'
import { BASE } from '../../support/host'
import { outcomeOf, type Outcome } from '../../support/outcome'
import { createUniHost, type UniCall } from './uniHost'

export interface Started {
  result: Promise<unknown>
  /** By the library's own means. */
  abort(): void
}

/** A library, signed in. Its base address is `BASE`. */
export interface Layer {
  get(url: string): Started
  upload?(url: string): Started
  download?(url: string): Started
}

/** What a library's user gets; objects that the outcome must match. */
export interface Shapes {
  success: (data: unknown) => object
  /** The status 422, with data. */
  refusal: (data: unknown) => object
  networkFailure: object
  abort: object
  /** `false`: the library has none. */
  hasInterceptors?: boolean
  /** `false`: the library hides an upload's headers, so that no challenge can be read in them. */
  readsHeadersOfFiles?: boolean
}

/** What the app's own interceptors have seen. */
export interface Interceptions {
  requests: number
  responses: number
  failures: number
}

/** The interceptors of answers that axios has, and those that are made after it. */
interface ResponseInterceptors {
  use(answered: <R>(response: R) => R, failed: (error: unknown) => never): unknown
}

/** Has the app's own interceptors count what they see, and hand it on. */
export function countResponses(interceptors: ResponseInterceptors, seen: Interceptions): void {
  interceptors.use(
    (response) => {
      seen.responses += 1
      return response
    },
    (error) => {
      seen.failures += 1
      throw error
    },
  )
}

/** What a request is started with to be cancelled, and how to do that. */
export type Cancelable = () => [config: object, abort: () => void]

/** The two ways of axios, and those that are made after it. */
export function waysToCancel(
  source: () => { token: object; cancel(): void },
): [name: string, cancelable: Cancelable][] {
  return [
    [
      'a signal',
      () => {
        const controller = new AbortController()
        return [{ signal: controller.signal }, () => controller.abort()]
      },
    ],
    [
      'a token',
      () => {
        const { token, cancel } = source()
        return [{ cancelToken: token }, () => cancel()]
      },
    ],
  ]
}

/** Starts a request so that it can be cancelled. */
export function started(
  cancelable: Cancelable,
  send: (config: object) => Promise<unknown>,
): Started {
  const [config, abort] = cancelable()
  return { result: send(config), abort }
}

type Open = (auth: Auth, seen: Interceptions) => Layer

/** Refuses every token but this. */
const takes = (token: string) => (call: UniCall) =>
  call.header.authorization === `Bearer ${token}`
    ? { statusCode: 200, data: 'done' }
    : { statusCode: 401, data: '' }

/** Until nothing goes on: a sending takes one turn, and no request here is sent more than twice. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await flush()
}

/** The tests that every library passes. */
export function testLayer(open: Open, shapes: Shapes): void {
  let host: ReturnType<typeof createUniHost>
  let client: Client
  let layer: Layer
  let seen: Interceptions

  function start(token: string): void {
    client = openClient({ token })
    seen = { requests: 0, responses: 0, failures: 0 }
    layer = open(client.auth, seen)
  }
  beforeEach(() => {
    host = createUniHost()
    vi.stubGlobal('uni', host.uni)
    start('t')
  })
  afterEach(() => {
    expect(client.host.clock.pending).toBe(0)
    client.host.assertIdle()
    vi.unstubAllGlobals()
  })

  async function settled(started: Started): Promise<Outcome<unknown>> {
    const outcome = outcomeOf(started.result)
    await rest()
    return outcome
  }

  function answerPhonePrompt() {
    let given = false
    host.serve = () =>
      given
        ? { statusCode: 200, data: 'done' }
        : { statusCode: 401, header: { 'WWW-Authenticate': 'getPhoneNumber' }, data: '' }
    return async () => {
      given = true
      void client.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'c' })
      await (await client.host.take('POST /auth/phone-number')).answer(200, {})
      await rest()
    }
  }

  it('signs in 50 requests on a dead token with one login', async () => {
    start('dead')
    host.serve = takes('new')
    const outcomes = Array.from({ length: 50 }, (_, i) => outcomeOf(layer.get(`/a/${i}`).result))
    await rest()
    const logins = await client.host.takeAll('POST /auth/login')
    expect(logins.length).toBe(1)
    await logins[0]!.answer(200, { tokenState: stateOf('new') })
    await rest()
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ is: 'resolved', value: shapes.success('done') })
    }
    expect(client.host.sent.length).toBe(1)
    expect(host.sent.length).toBe(100)
    // The app's own interceptors run once for each request, not for each sending.
    if (shapes.hasInterceptors !== false)
      expect(seen).toEqual({ requests: 50, responses: 50, failures: 0 })
  })

  it('takes the place of a header of the app with the same name', async () => {
    host.serve = takes('t')
    await settled(layer.get('/a'))
    const names = Object.keys(host.sent[0]!.header).map((name) => name.toLowerCase())
    expect(names.filter((name) => name === 'authorization').length).toBe(1)
  })

  it('sends the request again once the user has given the phone number', async () => {
    const give = answerPhonePrompt()
    const outcome = await settled(layer.get('/a'))
    expect(client.auth.prompt?.kind).toBe('getPhoneNumber')
    expect(outcome.is).toBe('pending')
    await give()
    expect(outcome).toMatchObject({ is: 'resolved', value: shapes.success('done') })
    expect(host.sent.length).toBe(2)
  })

  it('rejects when the user declines', async () => {
    answerPhonePrompt()
    const outcome = await settled(layer.get('/a'))
    client.auth.cancelPrompt()
    await rest()
    expect(outcome.error).toBeInstanceOf(AuthError)
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'prompt_cancelled' } })
    if (shapes.hasInterceptors !== false)
      expect(seen).toEqual({ requests: 1, responses: 0, failures: 1 })
  })

  it('ends with an abort on the wire', async () => {
    const started = layer.get('/a')
    const outcome = await settled(started)
    started.abort()
    await rest()
    expect(outcome).toMatchObject({ is: 'rejected', error: shapes.abort })
    expect(host.sent).toMatchObject([{ isAborted: true }])
  })

  it('ends with an abort while the user is asked: the prompt closes', async () => {
    answerPhonePrompt()
    const started = layer.get('/a')
    const outcome = await settled(started)
    expect(client.auth.prompt).not.toBe(null)
    started.abort()
    await rest()
    expect(outcome).toMatchObject({ is: 'rejected', error: shapes.abort })
    expect(client.auth.prompt).toBe(null)
  })

  it('ends with an abort while a login is under way: it is not sent again', async () => {
    start('dead')
    host.serve = takes('new')
    const started = layer.get('/a')
    const outcome = await settled(started)
    started.abort()
    await rest()
    expect(outcome).toMatchObject({ is: 'rejected', error: shapes.abort })
    const login = await client.host.take('POST /auth/login')
    await login.answer(200, { tokenState: stateOf('new') })
    expect(host.sent.length).toBe(1)
  })

  it('leaves a 422 to the library', async () => {
    host.serve = () => ({ statusCode: 422, data: { problem: 'date' } })
    expect(await settled(layer.get('/a'))).toMatchObject(shapes.refusal({ problem: 'date' }))
    expect(host.sent.length).toBe(1)
  })

  it('leaves a failure of the network to the library, and forgets the request', async () => {
    host.serve = () => ({})
    const outcome = await settled(layer.get('/a'))
    expect(outcome).toMatchObject({ is: 'rejected', error: shapes.networkFailure })
    expect(host.sent.length).toBe(1)
  })

  it.each(['https://maps.example/a', `${BASE}.evil/a`])('adds nothing to %s', async (url) => {
    host.serve = () => ({ statusCode: 200, data: { tokenState: stateOf('theirs') } })
    expect((await settled(layer.get(url))).is).toBe('resolved')
    expect(JSON.stringify(host.sent)).not.toContain('Bearer t"')
    expect(client.auth.tokenState?.accessToken).toBe('t')
  })

  it('leaves no credential in what the library hands out', async () => {
    const replies = [{ statusCode: 200, data: 1 }, { statusCode: 422, data: 1 }, {}]
    for (const reply of replies) {
      host.serve = () => reply
      const { value, error } = await settled(layer.get('/a'))
      const { message, ...rest } = { message: undefined, ...((value ?? error) as object) }
      expect(JSON.stringify([rest, message], withoutTasks)).not.toContain('Bearer t"')
    }
    expect(host.sent.every(({ header }) => header.authorization === 'Bearer t')).toBe(true)
  })

  const files = (['upload', 'download'] as const).filter((kind) => {
    const auth = openClient().auth
    return open(auth, { requests: 0, responses: 0, failures: 0 })[kind]
  })
  it.each(files)('signs in an %s', async (kind) => {
    start('dead')
    host.serve = takes('new')
    const outcome = await settled(layer[kind]!('/file'))
    const login = await client.host.take('POST /auth/login')
    await login.answer(200, { tokenState: stateOf('new') })
    await rest()
    expect(outcome.is).toBe('resolved')
    expect(host.sent.map(({ api }) => api)).toEqual([`${kind}File`, `${kind}File`])
  })

  const prompting = shapes.readsHeadersOfFiles === false ? [] : files
  it.runIf(prompting.length).each(prompting)('asks the user for what an %s needs', async (kind) => {
    const give = answerPhonePrompt()
    const outcome = await settled(layer[kind]!('/file'))
    expect(client.auth.prompt?.kind).toBe('getPhoneNumber')
    await give()
    expect(outcome.is).toBe('resolved')
  })
}

const withoutTasks = (name: string, value: unknown) =>
  name === 'task' || name === 'request' ? undefined : value
