import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Platform, WireCall } from '../../../src/auth/platform'

interface Sent {
  api: string
  options: Record<string, unknown> & {
    success(result: object): void
    fail(failure: object): void
  }
  isAborted: boolean
  /** Gives the headers, as WeChat does before it gives the result. */
  receiveHeaders(header: unknown): void
}

/** `uni`, written by hand: it records what it is asked and answers when the test says so. */
function createUni() {
  const sent: Sent[] = []
  const storage = new Map<string, unknown>()
  const listeners = { show: [] as (() => void)[], hide: [] as (() => void)[] }
  const start = (api: string) => (options: Sent['options']) => {
    const heard: ((result: { header: unknown }) => void)[] = []
    const call: Sent = {
      api,
      options,
      isAborted: false,
      receiveHeaders: (header) => heard.forEach((listener) => listener({ header })),
    }
    sent.push(call)
    return {
      abort: () => void (call.isAborted = true),
      onHeadersReceived: (listener: (typeof heard)[number]) => void heard.push(listener),
    }
  }
  const uni = {
    request: start('request'),
    uploadFile: start('uploadFile'),
    downloadFile: start('downloadFile'),
    login: start('login'),
    checkSession: start('checkSession'),
    // What there is not is an empty string (uni: getStorageSync).
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void storage.set(key, value),
    removeStorageSync: (key: string) => void storage.delete(key),
    onAppShow: (listener: () => void) => void listeners.show.push(listener),
    onAppHide: (listener: () => void) => void listeners.hide.push(listener),
    getAppBaseInfo: (() => ({ SDKVersion: '3.8.0' })) as unknown,
    getSystemInfoSync: (() => ({ SDKVersion: '2.9.0' })) as unknown,
    getFileSystemManager: (() => ({
      readFileSync: (path: string, encoding: string) => `${path} as ${encoding}`,
    })) as unknown,
  }
  return { uni, sent, storage, listeners }
}

let fake: ReturnType<typeof createUni>

/** A new platform on the fake, as an app that was just started has it. */
async function createPlatform(): Promise<Platform> {
  vi.resetModules()
  const { uniPlatform } = await import('../../../src/uni/uniPlatform')
  return uniPlatform()
}

const pages = [{ route: 'home' }, { route: 'booking' }]

beforeEach(() => {
  fake = createUni()
  vi.stubGlobal('uni', fake.uni)
  vi.stubGlobal('getCurrentPages', () => pages)
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

const header = { authorization: 'Bearer t' }
const REQUEST: WireCall = {
  type: 'request',
  url: 'https://api.example.com/a',
  method: 'POST',
  header,
  data: '{}',
  timeout: 5_000,
}
const UPLOAD: WireCall = {
  type: 'upload',
  url: 'https://api.example.com/u',
  header,
  filePath: 'wxfile://1',
  name: 'file',
  formData: { a: '1' },
  timeout: 5_000,
}
const DOWNLOAD: WireCall = {
  type: 'download',
  url: 'https://api.example.com/d',
  header,
  timeout: 5_000,
}

describe('sending', () => {
  it.each([
    ['request', REQUEST],
    ['uploadFile', UPLOAD],
    ['downloadFile', DOWNLOAD],
  ])(
    'calls uni.%s with what is given, and callbacks, so that there is a task',
    async (api, call) => {
      const platform = await createPlatform()
      platform.send(call)
      const { type, ...given } = call
      expect(type).toBeDefined()
      expect(fake.sent).toHaveLength(1)
      expect(fake.sent[0]).toMatchObject({ api, options: given })
      expect(fake.sent[0]?.options).not.toHaveProperty('type')
    },
  )

  it.each([200, 204, 401, 404, 500])('answers %i, a request’s header as it is', async (status) => {
    const platform = await createPlatform()
    const { answer } = platform.send(REQUEST)
    const result = { statusCode: status, header: { 'Www-Authenticate': 'a' }, data: { b: 1 } }
    fake.sent[0]!.options.success(result)
    expect(await answer).toEqual({ status, headers: result.header, data: { b: 1 } })
  })

  it('takes an upload’s headers from its task, where the result has none', async () => {
    const platform = await createPlatform()
    const { answer } = platform.send(UPLOAD)
    fake.sent[0]!.receiveHeaders({ 'WWW-Authenticate': 'getPhoneNumber' })
    fake.sent[0]!.options.success({ statusCode: 401, data: '{"a":1}' })
    const headers = { 'WWW-Authenticate': 'getPhoneNumber' }
    expect(await answer).toEqual({ status: 401, headers, data: '{"a":1}' })
  })

  it('prefers the task’s headers to those of the result', async () => {
    const platform = await createPlatform()
    const { answer } = platform.send(UPLOAD)
    fake.sent[0]!.receiveHeaders({ 'WWW-Authenticate': 'getPhoneNumber' })
    fake.sent[0]!.options.success({ statusCode: 401, header: {}, data: '' })
    expect((await answer).headers).toEqual({ 'WWW-Authenticate': 'getPhoneNumber' })
  })

  it('takes them from the result where the task throws, as in browsers', async () => {
    const { uploadFile } = fake.uni
    fake.uni.uploadFile = (options) => ({
      ...uploadFile(options),
      onHeadersReceived() {
        throw new Error('Method not implemented.')
      },
    })
    const platform = await createPlatform()
    const { answer } = platform.send(UPLOAD)
    fake.sent[0]!.options.success({ statusCode: 200, header: { a: 'b' }, data: '' })
    expect((await answer).headers).toEqual({ a: 'b' })
  })

  it('reports an upload’s progress as the host does, and does without', async () => {
    const heard: number[] = []
    const listeners: ((result: { progress: number }) => void)[] = []
    const { uploadFile } = fake.uni
    fake.uni.uploadFile = (options) => ({
      ...uploadFile(options),
      onProgressUpdate: (listener: (typeof listeners)[number]) => void listeners.push(listener),
    })
    const platform = await createPlatform()
    platform.send(UPLOAD)
    platform.send({ ...UPLOAD, onProgress: (percent) => heard.push(percent) })
    expect(listeners).toHaveLength(1)
    for (const progress of [0, 40, 100]) listeners[0]!({ progress })
    expect(heard).toEqual([0, 40, 100])
    fake.uni.uploadFile = uploadFile
    expect(() => platform.send({ ...UPLOAD, onProgress: () => {} })).not.toThrow()
  })

  it('does without headers where the task cannot tell them', async () => {
    fake.uni.uploadFile = ((options: Sent['options']) => {
      options.success({ statusCode: 200, data: 'x' })
      return { abort() {} }
    }) as never
    const platform = await createPlatform()
    const { answer } = platform.send(UPLOAD)
    expect(await answer).toEqual({ status: 200, headers: undefined, data: 'x' })
  })

  it.each([
    [{ tempFilePath: 'wxfile://tmp' }, { tempFilePath: 'wxfile://tmp' }],
    [{ filePath: 'wxfile://mine' }, { filePath: 'wxfile://mine' }],
    [{ tempFilePath: '', filePath: 'wxfile://mine' }, { filePath: 'wxfile://mine' }],
  ])('gives a download’s paths: %j', async (result, data) => {
    const platform = await createPlatform()
    const { answer } = platform.send(DOWNLOAD)
    fake.sent[0]!.receiveHeaders({ a: 'b' })
    fake.sent[0]!.options.success({ statusCode: 200, ...result })
    expect(await answer).toEqual({ status: 200, headers: { a: 'b' }, data })
  })

  it('reads the problem of a failed download from its temporary file', async () => {
    const platform = await createPlatform()
    const { answer } = platform.send(DOWNLOAD)
    fake.sent[0]!.options.success({ statusCode: 401, tempFilePath: 'wxfile://tmp' })
    expect(await answer).toMatchObject({
      data: { tempFilePath: 'wxfile://tmp' },
      text: 'wxfile://tmp as utf8',
    })
  })

  it.each([
    [{ 'Content-Type': 'application/json;charset=UTF-8' }, 'wxfile://tmp as utf8'],
    [{ 'content-type': 'application/pdf' }, undefined],
    [undefined, undefined],
  ])('reads what a download with the headers %j says: %s', async (headers, text) => {
    const platform = await createPlatform()
    const { answer } = platform.send(DOWNLOAD)
    fake.sent[0]!.receiveHeaders(headers)
    fake.sent[0]!.options.success({ statusCode: 200, tempFilePath: 'wxfile://tmp' })
    expect((await answer).text).toBe(text)
  })

  it('reads it in a browser too', async () => {
    vi.stubEnv('UNI_PLATFORM', 'h5')
    const platform = await createPlatform()
    const { answer } = platform.send(DOWNLOAD)
    const tempFilePath = URL.createObjectURL(new Blob(['{"code":401}']))
    const header = { 'content-type': 'application/json' }
    fake.sent[0]!.options.success({ statusCode: 200, header, tempFilePath })
    expect(await answer).toMatchObject({ data: { tempFilePath }, text: '{"code":401}' })
    URL.revokeObjectURL(tempFilePath)
  })

  it.each<[string, unknown]>([
    ['the host has no files', undefined],
    [
      'the file cannot be read',
      () => ({
        readFileSync() {
          throw new Error('permission denied')
        },
      }),
    ],
  ])('gives the paths of a failed download when %s', async (_name, manager) => {
    fake.uni.getFileSystemManager = manager
    const platform = await createPlatform()
    const { answer } = platform.send(DOWNLOAD)
    fake.sent[0]!.options.success({ statusCode: 404, tempFilePath: 'wxfile://tmp' })
    expect(await answer).toMatchObject({ data: { tempFilePath: 'wxfile://tmp' } })
    expect((await answer).text).toBeUndefined()
  })

  it.each([
    ['network', { errMsg: 'request:fail', errno: 600001 }],
    ['network', { errMsg: 'request:fail url not in domain list', errno: 600002 }],
    ['network', { errMsg: 'request:fail invalid url', errno: 600009 }],
    ['network', { errMsg: 'request:fail' }],
    ['network', { errMsg: 'request:fail abort' }],
    ['network', {}],
    ['timeout', { errMsg: 'request:fail timeout', errno: 5 }],
    ['timeout', { errMsg: 'request:fail', errno: 5 }],
    ['timeout', { errMsg: 'request:fail timeout' }],
    ['timeout', { errMsg: 'uploadFile:fail Timed Out' }],
    ['interrupted', { errMsg: 'request:fail interrupted', errno: 600003 }],
    ['interrupted', { errMsg: 'request:fail', errno: 600003 }],
    ['interrupted', { errMsg: 'request:fail interrupted' }],
  ])('fails with %s on %j', async (kind, failure) => {
    const platform = await createPlatform()
    const { answer } = platform.send(REQUEST)
    fake.sent[0]!.options.fail(failure)
    await expect(answer).rejects.toEqual({ errMsg: '', ...failure, kind })
  })

  it.each<[string, unknown, object]>([
    ['an errMsg that is a number', { errMsg: 7 }, { kind: 'network', errMsg: '' }],
    [
      'an errMsg that is null',
      { errMsg: null, errno: 5 },
      { kind: 'timeout', errMsg: '', errno: 5 },
    ],
    ['an errMsg that is an object', { errMsg: { a: 1 } }, { kind: 'network', errMsg: '' }],
    [
      'an errno that is a text',
      { errMsg: 'a:fail', errno: '5' },
      { kind: 'network', errMsg: 'a:fail' },
    ],
    ['null', null, { kind: 'network', errMsg: '' }],
    ['nothing', undefined, { kind: 'network', errMsg: '' }],
    ['a number', 7, { kind: 'network', errMsg: '' }],
    ['a text', 'request:fail timeout', { kind: 'timeout', errMsg: 'request:fail timeout' }],
    ['an Error', new Error('interrupted'), { kind: 'interrupted', errMsg: 'interrupted' }],
  ])('survives a failure that is %s', async (_name, failure, expected) => {
    const platform = await createPlatform()
    const { answer } = platform.send(REQUEST)
    fake.sent[0]!.options.fail(failure as object)
    await expect(answer).rejects.toEqual(expected)
    const code = platform.login!()
    fake.sent[1]!.options.fail(failure as object)
    const { errMsg, errno } = expected as { errMsg: string; errno?: number }
    await expect(code).rejects.toEqual({ errMsg, errno })
  })

  it.each([null, undefined, 'fine', 7])('takes a success with %j for a failure', async (result) => {
    const platform = await createPlatform()
    const { answer } = platform.send(REQUEST)
    fake.sent[0]!.options.success(result as never)
    await expect(answer).rejects.toMatchObject({ kind: 'network' })
  })

  it('aborts the task', async () => {
    const platform = await createPlatform()
    const tasks = [REQUEST, UPLOAD, DOWNLOAD].map((call) => platform.send(call))
    for (const task of tasks) task.abort()
    expect(fake.sent.map(({ isAborted }) => isAborted)).toEqual([true, true, true])
  })

  it('fails, and does not throw, when the host throws', async () => {
    fake.uni.request = () => {
      throw new Error('not on this platform')
    }
    const platform = await createPlatform()
    const { answer, abort } = platform.send(REQUEST)
    abort()
    await expect(answer).rejects.toThrow('not on this platform')
  })
})

describe('an answer in pieces', () => {
  interface Heard {
    head(result?: object): void
    chunk(data: unknown): void
  }

  /** Sends one in WeChat, whose task reports what the test says. */
  async function start(members: 'all' | 'no pieces' = 'all') {
    const heard: unknown[] = []
    const listeners: Record<string, (result: object | undefined) => void> = {}
    const { request } = fake.uni
    const listen = (name: string) => (listener: (result: object | undefined) => void) => {
      listeners[name] = listener
    }
    fake.uni.request = (options) =>
      Object.assign(request(options), {
        onHeadersReceived: listen('head'),
        ...(members === 'all' && { onChunkReceived: listen('chunk') }),
      })
    const platform = await createPlatform()
    const call: WireCall = {
      ...{
        type: 'request',
        url: 'https://api.example.com/a',
        method: 'POST',
        header,
        timeout: 5_000,
      },
      responseType: 'arraybuffer',
      stream: {
        onHead: (head) => heard.push(head),
        onChunk: (chunk) => heard.push(chunk),
      },
    }
    const task = platform.send(call)
    const host: Heard = {
      head: (result) => listeners.head!(result),
      chunk: (data) => listeners.chunk!({ data }),
    }
    return { heard, host, task, options: fake.sent[0]!.options }
  }

  it('is asked for by enableChunked, with a limit that leaves the silence to the client', async () => {
    const { options } = await start()
    expect(options).toMatchObject({ enableChunked: true, responseType: 'arraybuffer', header })
    expect(options.timeout).toBeGreaterThan(600_000)
    expect(options).not.toHaveProperty('stream')
  })

  it('is not asked for where nobody wants pieces', async () => {
    const platform = await createPlatform()
    platform.send(REQUEST)
    expect(fake.sent[0]!.options).not.toHaveProperty('enableChunked')
    expect(fake.sent[0]!.options.timeout).toBe(5_000)
  })

  it('reports head and pieces, each as an ArrayBuffer of its own', async () => {
    const { heard, host, task, options } = await start()
    host.head({ header: { a: 'b' }, statusCode: 200 })
    const bytes = new Uint8Array([1, 2, 3, 4])
    host.chunk(bytes.buffer)
    // As DevTools: a view of something larger.
    host.chunk(bytes.subarray(1, 3))
    bytes.fill(0)
    options.success({ statusCode: 200, header: { a: 'b' }, data: '' })
    expect(heard).toEqual([
      { status: 200, headers: { a: 'b' } },
      new Uint8Array([1, 2, 3, 4]).buffer,
      new Uint8Array([2, 3]).buffer,
    ])
    expect(await task.answer).toMatchObject({ status: 200, headers: { a: 'b' } })
  })

  it('has a head without a status where the host reports none', async () => {
    const { heard, host } = await start()
    host.head({ header: { a: 'b' } })
    host.head()
    expect(heard).toEqual([
      { status: undefined, headers: { a: 'b' } },
      { status: undefined, headers: undefined },
    ])
  })

  it('comes whole from a host without pieces', async () => {
    const { task, options } = await start('no pieces')
    const data = new Uint8Array([1]).buffer
    options.success({ statusCode: 200, header: {}, data })
    expect((await task.answer).data).toBe(data)
  })
})

describe('signing in with WeChat', () => {
  it('gives the code of uni.login', async () => {
    const platform = await createPlatform()
    const code = platform.login!()
    fake.sent[0]!.options.success({ code: 'login-code', errMsg: 'login:ok' })
    expect(await code).toBe('login-code')
  })

  it('rejects with what WeChat says, and no more', async () => {
    const platform = await createPlatform()
    const code = platform.login!()
    fake.sent[0]!.options.fail({ errMsg: 'login:fail', errno: 600001, code: 'x' })
    await expect(code).rejects.toEqual({ errMsg: 'login:fail', errno: 600001 })
  })

  it('reports whether the session key is alive', async () => {
    const platform = await createPlatform()
    const both = [platform.checkSession!(), platform.checkSession!()]
    fake.sent[0]!.options.success({ errMsg: 'checkSession:ok' })
    fake.sent[1]!.options.fail({ errMsg: 'checkSession:fail session expired' })
    expect(await Promise.all(both)).toEqual([true, false])
  })

  it.each([
    ['1.9.91', true],
    ['2.9.0', true],
    ['2.21.1', true],
    ['2.21.2', false],
    ['2.21.10', false],
    ['2.22.0', false],
    ['2.30.0', false],
    ['3.0.0', false],
    ['3.8.0', false],
    ['10.0.0', false],
    ['2.21', true],
    ['2.22', false],
    ['3', false],
    ['', true],
    ['latest', true],
    ['x.30.0', true],
    [undefined, true],
    [7, true],
  ])('on base library %j a phone number is encrypted: %j', async (SDKVersion, is) => {
    fake.uni.getAppBaseInfo = () => ({ SDKVersion })
    const platform = await createPlatform()
    expect(platform.encrypts!('getPhoneNumber')).toBe(is)
    expect(platform.encrypts!('getUserInfo')).toBe(true)
  })

  it('asks older hosts in the older way, and takes silence as an old one', async () => {
    fake.uni.getAppBaseInfo = undefined
    fake.uni.getSystemInfoSync = () => ({ SDKVersion: '2.30.0' })
    const platform = await createPlatform()
    expect(platform.encrypts!('getPhoneNumber')).toBe(false)
    fake.uni.getSystemInfoSync = () => ({})
    expect(platform.encrypts!('getPhoneNumber')).toBe(true)
    fake.uni.getSystemInfoSync = () => {
      throw new Error("Input string is not a valid integer. Path 'batteryLevel'")
    }
    expect(platform.encrypts!('getPhoneNumber')).toBe(true)
    fake.uni.getSystemInfoSync = undefined
    expect(platform.encrypts!('getPhoneNumber')).toBe(true)
  })

  it.each(['h5', 'app', 'mp-alipay', 'mp-toutiao', ''])('does not exist on %j', async (name) => {
    vi.stubEnv('UNI_PLATFORM', name)
    const platform = await createPlatform()
    expect(platform.login).toBeUndefined()
    expect(platform.checkSession).toBeUndefined()
    expect(platform.encrypts).toBeUndefined()
    expect(platform.send).toBeDefined()
  })
})

describe('the rest of the host', () => {
  it('is one platform, however often it is asked for', async () => {
    vi.resetModules()
    const { uniPlatform } = await import('../../../src/uni/uniPlatform')
    expect(uniPlatform()).toBe(uniPlatform())
  })

  it('keeps, gives and forgets what is stored; a storage that throws throws', async () => {
    const platform = await createPlatform()
    platform.setItem('k', 'v')
    expect(fake.storage.get('k')).toBe('v')
    expect(platform.getItem('k')).toBe('v')
    platform.removeItem('k')
    expect(fake.storage.size).toBe(0)
    fake.uni.getStorageSync = () => {
      throw new Error('getStorageSync:fail')
    }
    expect(() => platform.getItem('k')).toThrow('getStorageSync:fail')
  })

  it('reports coming and going, where the host does', async () => {
    const platform = await createPlatform()
    const [show, hide] = [vi.fn(), vi.fn()]
    platform.onShow!(show)
    platform.onHide!(hide)
    for (const listener of fake.listeners.hide) listener()
    expect([show.mock.calls.length, hide.mock.calls.length]).toEqual([0, 1])
    for (const listener of fake.listeners.show) listener()
    expect([show.mock.calls.length, hide.mock.calls.length]).toEqual([1, 1])
    Object.assign(fake.uni, { onAppShow: undefined, onAppHide: undefined })
    platform.onShow!(show)
    platform.onHide!(hide)
  })

  it('knows the pages', async () => {
    expect((await createPlatform()).pages!()).toEqual(pages)
  })

  it('has the wall clock and timers that can be cancelled', async () => {
    vi.useFakeTimers({ now: 1_000 })
    const platform = await createPlatform()
    expect(platform.now()).toBe(1_000)
    const [kept, cancelled] = [vi.fn(), vi.fn()]
    platform.after(50, kept)
    platform.after(50, cancelled)()
    vi.advanceTimersByTime(50)
    expect(kept).toHaveBeenCalledTimes(1)
    expect(cancelled).not.toHaveBeenCalled()
  })
})
