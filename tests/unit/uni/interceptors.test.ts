// Interceptors as uni-app itself runs them: its runtime for WeChat, on a `wx` written by hand.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Platform, WireCall } from '../../../src/auth/platform'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'

interface Sent {
  api: string
  options: { url?: string; success?(result: object): void; fail?(failure: object): void }
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

  it('by giving no answer on: the call fails', async () => {
    uni.addInterceptor('request', { success: async () => {} })
    const outcome = outcomeOf(platform.send(REQUEST).answer)
    sent[0]!.options.success!({ statusCode: 200, data: 'x' })
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
