// Interceptors as uni-app itself runs them: its runtime for WeChat, on a `wx` written by hand.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Platform, WireCall } from '../../../src/auth/platform'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'

interface Sent {
  api: string
  options: {
    url?: string
    header?: Record<string, string>
    success?(result: object): void
    fail?(failure: object): void
    complete?(outcome: object): void
  }
  isAborted: boolean
  /** Reports headers, and how much is done. */
  receive(header: object): void
  progress(percent: number): void
}

const base = { url: 'https://api.example.com/a', header: {}, timeout: 5_000 }
const REQUEST: WireCall = { type: 'request', method: 'GET', ...base }
const UPLOAD: WireCall = { type: 'upload', filePath: 'wxfile://1', name: 'file', ...base }
const DOWNLOAD: WireCall = { type: 'download', ...base }
const CALLS: [string, WireCall][] = [
  ['request', REQUEST],
  ['uploadFile', UPLOAD],
  ['downloadFile', DOWNLOAD],
]

let sent: Sent[]
let uni: UniRuntime
let platform: Platform

function start(api: string) {
  return (options: Sent['options']) => {
    const headers: ((result: object) => void)[] = []
    const progress: ((result: object) => void)[] = []
    const call: Sent = {
      api,
      options,
      isAborted: false,
      receive: (header) => headers.forEach((listener) => listener({ header })),
      progress: (percent) => progress.forEach((listener) => listener({ progress: percent })),
    }
    sent.push(call)
    return {
      abort: () => void (call.isAborted = true),
      onHeadersReceived: (listener: (typeof headers)[number]) => void headers.push(listener),
      onProgressUpdate: (listener: (typeof progress)[number]) => void progress.push(listener),
    }
  }
}

/** An interceptor that takes its time. */
function createGate() {
  let open!: () => void
  const opened = new Promise<void>((resolve) => (open = resolve))
  const invoke = async (options: object) => {
    await opened
    return options
  }
  return { invoke, open }
}

beforeEach(async () => {
  sent = []
  const apis = ['request', 'uploadFile', 'downloadFile', 'login', 'checkSession']
  vi.stubGlobal('wx', {
    canIUse: () => true,
    getAppBaseInfo: () => ({}),
    ...Object.fromEntries(apis.map((api) => [api, start(api)])),
  })
  vi.resetModules()
  uni = (await import('@dcloudio/uni-mp-weixin/dist/uni.api.esm.js')).default
  vi.stubGlobal('uni', uni)
  platform = (await import('../../../src/uni/uniPlatform')).uniPlatform()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('an interceptor that takes its time', () => {
  it.each(CALLS)('goes before uni.%s, which is answered', async (api, call) => {
    uni.addInterceptor(api, {
      invoke: async (options: object) => ({ ...options, url: 'https://other.example.com' }),
    })
    const outcome = outcomeOf(platform.send(call).answer)
    await flush()
    expect(sent).toMatchObject([{ api, options: { url: 'https://other.example.com' } }])
    sent[0]!.options.success!({ statusCode: 200, data: 'x', tempFilePath: 'wxfile://tmp' })
    await flush()
    expect(outcome.value).toMatchObject({ status: 200 })
  })

  it.each(CALLS)('leaves uni.%s to be aborted', async (api, call) => {
    uni.addInterceptor(api, { invoke: async (options: object) => options })
    const task = platform.send(call)
    await flush()
    expect(sent[0]?.isAborted).toBe(false)
    task.abort()
    expect(sent[0]?.isAborted).toBe(true)
  })

  it.each(CALLS)('leaves uni.%s to be aborted before it has been called', async (api, call) => {
    const { invoke, open } = createGate()
    uni.addInterceptor(api, { invoke })
    const task = platform.send(call)
    await flush()
    expect(() => task.abort()).not.toThrow()
    expect(sent).toEqual([])
    open()
    await flush()
    expect(sent).toMatchObject([{ isAborted: true }])
  })

  it.each([
    ['uploadFile', UPLOAD],
    ['downloadFile', DOWNLOAD],
  ])('lets the headers of uni.%s be read', async (api, call) => {
    uni.addInterceptor(api, { invoke: async (options: object) => options })
    const outcome = outcomeOf(platform.send(call).answer)
    await flush()
    sent[0]!.receive({ 'Www-Authenticate': 'getPhoneNumber' })
    sent[0]!.options.success!({ statusCode: 401, data: '' })
    await flush()
    expect(outcome.value).toMatchObject({ headers: { 'Www-Authenticate': 'getPhoneNumber' } })
  })

  it('lets an upload’s progress be reported', async () => {
    uni.addInterceptor('uploadFile', { invoke: async (options: object) => options })
    const heard: number[] = []
    platform.send({ ...UPLOAD, onProgress: (percent) => heard.push(percent) })
    await flush()
    for (const percent of [0, 40, 100]) sent[0]!.progress(percent)
    expect(heard).toEqual([0, 40, 100])
  })

  it('may hide the task: uni-app’s documentation has one that gives the results alone', async () => {
    uni.addInterceptor('request', { invoke: async (options: object) => options })
    uni.addInterceptor('request', {
      returnValue: (given: Promise<unknown[]>) =>
        new Promise((resolve, reject) => {
          void given.then((pair) => (pair[0] ? reject(pair[0]) : resolve(pair[1])))
        }),
    })
    const task = platform.send(REQUEST)
    const outcome = outcomeOf(task.answer)
    await flush()
    expect(() => task.abort()).not.toThrow()
    sent[0]!.options.success!({ statusCode: 204 })
    await flush()
    expect(outcome.value).toMatchObject({ status: 204 })
  })
})

describe('an interceptor that stops the call', () => {
  it.each(CALLS)('by false: uni.%s fails at once', async (api, call) => {
    uni.addInterceptor(api, { invoke: () => false })
    const task = platform.send(call)
    const outcome = outcomeOf(task.answer)
    await flush()
    expect(sent).toEqual([])
    expect(outcome.error).toMatchObject({ kind: 'network' })
    expect(() => task.abort()).not.toThrow()
  })

  it.each(CALLS)('by a rejection: uni.%s fails with what it says', async (api, call) => {
    uni.addInterceptor(api, { invoke: () => Promise.reject(new Error('not signed')) })
    const outcome = outcomeOf(platform.send(call).answer)
    await flush()
    expect(outcome.error).toEqual({ kind: 'network', errMsg: 'not signed' })
  })

  it.each(CALLS)('by an exception: uni.%s fails', async (api, call) => {
    uni.addInterceptor(api, {
      invoke() {
        throw new Error('not signed')
      },
    })
    const outcome = outcomeOf(platform.send(call).answer)
    await flush()
    expect(outcome.error).toMatchObject({ message: 'not signed' })
  })

  it('by a rejection after it was aborted: nobody has to hear of it', async () => {
    uni.addInterceptor('request', { invoke: () => Promise.reject(new Error('not signed')) })
    const task = platform.send(REQUEST)
    const outcome = outcomeOf(task.answer)
    task.abort()
    await flush()
    expect(outcome.error).toMatchObject({ kind: 'network' })
  })

  it('keeps no login and no check waiting, nor leaves a rejection', async () => {
    uni.addInterceptor({ invoke: () => Promise.reject(new Error('not signed')) })
    await expect(platform.login!()).rejects.toEqual({ errMsg: 'not signed' })
    expect(await platform.checkSession!()).toBe(false)
  })
})

it('a task that is a promise too is a task', async () => {
  const abort = vi.fn()
  const request = () => Object.assign(Promise.reject(new Error('reported twice')), { abort })
  vi.stubGlobal('uni', { request })
  const task = platform.send(REQUEST)
  task.abort()
  expect(abort).toHaveBeenCalledTimes(1)
  await expect(task.answer).rejects.toMatchObject({ errMsg: 'reported twice' })
})

/** Ends a call as WeChat does. */
function answer({ options }: Sent, result: object): void {
  options.success!(result)
  options.complete!(result)
}

describe('an interceptor of the answer', () => {
  const RESULT = { statusCode: 200, header: { a: 'b' }, data: { code: 401 } }
  const heard: string[] = []

  beforeEach(() => {
    heard.length = 0
    platform.onInterference!((detail) => heard.push(detail))
  })

  it.each([
    ['nothing', async () => {}],
    ['the data alone', async ({ data }: { data: unknown }) => data],
    ['null', async () => null],
  ])('may give %s on, later: the client reads what the host said', async (_name, success) => {
    uni.addInterceptor('request', { success })
    const outcome = outcomeOf(platform.send(REQUEST).answer)
    answer(sent[0]!, RESULT)
    await flush()
    expect(outcome.value).toEqual({ status: 200, headers: { a: 'b' }, data: { code: 401 } })
    expect(heard).toEqual([])
  })

  it('may be one of two that take their time, of which uni-app loses the answer', async () => {
    uni.addInterceptor('request', { success: async (result: object) => result })
    uni.addInterceptor('request', { success: (result: object) => result })
    const outcome = outcomeOf(platform.send(REQUEST).answer)
    answer(sent[0]!, RESULT)
    await flush()
    expect(outcome.value).toMatchObject({ status: 200, data: { code: 401 } })
  })

  it('is waited for, e.g. while it decrypts', async () => {
    uni.addInterceptor('request', { success: async (result: object) => ({ ...result, data: 'x' }) })
    const outcome = outcomeOf(platform.send(REQUEST).answer)
    answer(sent[0]!, RESULT)
    await flush()
    expect(outcome.value).toMatchObject({ status: 200, data: 'x' })
    expect(heard).toEqual(['request answer'])
  })

  it.each([
    ['of success', 'success', RESULT, { is: 'resolved', value: { status: 200 } }],
    ['of fail', 'fail', { errMsg: 'request:fail timeout' }, { error: { kind: 'timeout' } }],
  ])('%s may swallow it by false: the call ends', async (_name, hook, result, expected) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    uni.addInterceptor('request', { [hook]: () => false })
    const outcome = outcomeOf(platform.send(REQUEST).answer)
    const { options } = sent[0]!
    if (hook === 'success') options.success!(result)
    else options.fail!(result)
    options.complete!(result)
    await flush()
    expect(outcome.is).toBe('pending')
    vi.advanceTimersByTime(3_000)
    await flush()
    expect(outcome).toMatchObject(expected)
  })

  it.each([
    ['data', { code: 401 }],
    ['statusCode', 401],
  ])('that writes into its %s is reported, once', async (name, original) => {
    const change = (result: Record<string, unknown>) => {
      result[name] = name === 'data' ? 'unwrapped' : 200
    }
    uni.addInterceptor('request', { success: change })
    for (const index of [0, 1]) {
      const outcome = outcomeOf(platform.send(REQUEST).answer)
      answer(sent[index]!, { ...RESULT, [name]: original })
      await flush()
      expect(outcome.is).toBe('resolved')
    }
    expect(heard).toEqual(['request answer'])
  })

  it('that only looks is not reported', async () => {
    uni.addInterceptor('request', { invoke() {}, success() {}, complete() {}, fail() {} })
    const outcome = outcomeOf(platform.send(REQUEST).answer)
    answer(sent[0]!, RESULT)
    await flush()
    expect(outcome.is).toBe('resolved')
    expect(heard).toEqual([])
  })

  it.each(CALLS)('that hides the task of uni.%s is reported', async (api, call) => {
    uni.addInterceptor(api, { returnValue: () => Promise.resolve('nothing') })
    const outcome = outcomeOf(platform.send(call).answer)
    answer(sent[0]!, { statusCode: 200, tempFilePath: 'wxfile://tmp' })
    await flush()
    expect(outcome.is).toBe('resolved')
    expect(heard).toEqual([`${call.type} task`])
  })
})

describe('an interceptor of the request, and a client', () => {
  interface Options {
    header: Record<string, string>
  }

  async function openClient() {
    const { createAuth } = await import('../../../src/createAuth')
    const storage = new Map<string, unknown>()
    const warnings: string[] = []
    Object.assign(uni, {
      getStorageSync: (key: string) => storage.get(key),
      setStorageSync: (key: string, value: unknown) => storage.set(key, value),
      removeStorageSync: (key: string) => storage.delete(key),
    })
    const auth = createAuth({
      baseURL: 'https://api.example.com',
      onWarning: ({ code, message }) => warnings.push(`${code}: ${message}`),
    })
    auth.adopt({ accessToken: 't' })
    const ask = async () => {
      const outcome = outcomeOf(auth.request('/a'))
      await flush()
      return { outcome, call: sent.at(-1) }
    }
    return { auth, ask, warnings }
  }

  it.each([
    ['beside it', 'Authorization'],
    ['in its place', 'authorization'],
  ])('one that writes a token of its own %s is reported once', async (_name, name) => {
    const { ask, warnings } = await openClient()
    uni.addInterceptor('request', {
      invoke: ({ header }: Options) => void (header[name] = 'Bearer of-the-app'),
    })
    for (const status of [200, 404]) {
      const { outcome, call } = await ask()
      answer(call!, { statusCode: status, header: {}, data: {} })
      await flush()
      expect(outcome.is).not.toBe('pending')
    }
    expect(warnings).toEqual([expect.stringContaining('interceptor_interferes')])
    expect(warnings[0]).toContain(`${name} header`)
    expect(warnings[0]).not.toContain('of-the-app')
  })

  it('one that adds headers is not', async () => {
    const { ask, warnings } = await openClient()
    uni.addInterceptor('request', { invoke: ({ header }: Options) => void (header.trace = '1') })
    const { outcome, call } = await ask()
    answer(call!, { statusCode: 200, header: {}, data: {} })
    await flush()
    expect(outcome.is).toBe('resolved')
    expect(warnings).toEqual([])
  })

  it('one that hides the answer makes no success of a refusal, and warns', async () => {
    const { auth, ask, warnings } = await openClient()
    uni.addInterceptor('request', {
      returnValue: (given: unknown) => new Promise((resolve) => resolve(given)),
      success: async ({ data }: { data: unknown }) => data,
    })
    uni.addInterceptor('request', { returnValue: () => ({ hidden: true }) })
    const { outcome, call } = await ask()
    answer(call!, { statusCode: 422, header: {}, data: { detail: 'no' } })
    await flush()
    expect(outcome).toMatchObject({ is: 'rejected', error: { status: 422 } })
    expect(warnings).toEqual([expect.stringContaining('request task')])
    expect(auth.tokenState).not.toBe(null)
  })

  it('one whose gate is shut lets an abort reject at once, and the call be aborted later', async () => {
    const { auth } = await openClient()
    const { invoke, open } = createGate()
    uni.addInterceptor('request', { invoke })
    const task = auth.request('/a')
    const outcome = outcomeOf(task)
    await flush()
    task.abort()
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'aborted' } })
    open()
    await flush()
    expect(sent).toMatchObject([{ isAborted: true }])
  })

  it.each([
    ['false', () => false],
    ['a rejection', () => Promise.reject(new Error('not signed'))],
    [
      'an exception',
      () => {
        throw new Error('not signed')
      },
    ],
  ])('one that refuses by %s: the request rejects with network', async (_name, invoke) => {
    const { ask } = await openClient()
    uni.addInterceptor('request', { invoke })
    const { outcome } = await ask()
    expect(outcome).toMatchObject({ error: { code: 'network' } })
  })

  it('two of which the first takes its time: uni-app loses the call, and it ends by its limit', async () => {
    const { ask } = await openClient()
    uni.addInterceptor('request', { invoke: async (options: object) => options })
    uni.addInterceptor('request', { invoke() {} })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { outcome } = await ask()
    expect(outcome.is).toBe('pending')
    vi.advanceTimersByTime(60_000)
    vi.useRealTimers()
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'timeout' } })
  })
})
