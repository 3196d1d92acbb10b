import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator, type DrivenPage, type LaunchOptions, type Simulator } from '../src'
import { callWx, fixtureApp, readBody, serveHttp } from './support/fixture'

let simulator: Simulator
let backend: Awaited<ReturnType<typeof serveHttp>>
/** Answers that the test lets go by itself, in the order the requests arrived. */
let held: { path: string; response: ServerResponse }[] = []
let arrived: (() => void) | undefined

beforeAll(async () => {
  backend = await serveHttp((request, response) => {
    const url = request.url ?? ''
    if (url.startsWith('/hold')) {
      held.push({ path: url, response })
      arrived?.()
    } else if (url === '/challenge') {
      response.writeHead(401, [
        ['www-authenticate', 'getUserInfo'],
        ['www-authenticate', 'getPhoneNumber'],
        ['content-type', 'application/json'],
      ] as never)
      response.end('{"status":401}')
    } else if (url === '/moved') {
      response.writeHead(302, { location: '/echo' }).end()
    } else if (url.startsWith('/moved-to?')) {
      response.writeHead(307, { location: decodeURIComponent(url.split('?')[1]!) }).end()
    } else if (url === '/long') {
      response.setHeader('content-length', 200_000)
      response.write(Buffer.alloc(100_000))
      held.push({ path: url, response })
      arrived?.()
    } else if (url === '/picture') {
      response.setHeader('content-type', 'image/png')
      response.end(Buffer.from([137, 80, 78, 71]))
    } else {
      void readBody(request).then((body) => {
        const { method, headers } = request
        response.setHeader('content-type', 'text/plain')
        response.end(JSON.stringify({ method, url, headers, body }))
      })
    }
  })
  simulator = await startSimulator({ dist: fixtureApp })
}, 30_000)
afterAll(async () => {
  await simulator.close()
  await backend.close()
})
beforeEach(() => void (held = []))

async function on(options: LaunchOptions, test: (page: DrivenPage) => Promise<void>) {
  const page = await simulator.launch('pages/net/net', options)
  await test(page)
  await page.close()
}

/** Waits until `count` requests are held by the server. */
const holding = (count: number) =>
  new Promise<void>((resolve) => {
    arrived = () => {
      if (held.length >= count) resolve()
    }
    arrived()
  })

/** Starts requests in the app and collects how each one ended, in `window.ended`. */
const startRequests = (page: DrivenPage, urls: string[], options: Record<string, unknown> = {}) =>
  page.page.evaluate(
    ([urls, options]) => {
      const app = window as unknown as {
        wx: { request(options: object): { abort(): void } }
        ended: string[]
        tasks: { abort(): void }[]
      }
      app.ended = []
      app.tasks = urls.map((url) =>
        app.wx.request({
          ...options,
          url,
          complete: ({ errMsg, errno }: { errMsg: string; errno?: number }) =>
            app.ended.push(
              `${url.split('/').at(-1)} ${errMsg}${errno === undefined ? '' : ` ${errno}`}`,
            ),
        }),
      )
    },
    [urls, options] as const,
  )
const ended = (page: DrivenPage) =>
  page.page.evaluate(() => (window as unknown as { ended: string[] }).ended)

describe('requests', () => {
  it('send data by the rules of wx.request and parse whatever looks like JSON', () =>
    on({}, async (page) => {
      const echo = `${backend.url}/echo`
      const get = await callWx(page, 'request', { url: echo, data: { a: '甲', b: 1 } })
      expect(get.result).toMatchObject({
        errMsg: 'request:ok',
        statusCode: 200,
        data: { method: 'GET', url: '/echo?a=%E7%94%B2&b=1', body: '' },
      })
      const post = await callWx(page, 'request', { url: echo, method: 'POST', data: { a: '甲' } })
      expect(post.result.data).toMatchObject({
        body: '{"a":"甲"}',
        headers: {
          'content-type': 'application/json',
          referer: 'https://servicewechat.com/touristappid/devtools/page-frame.html',
        },
      })
      const form = await callWx(page, 'request', {
        url: echo,
        method: 'PUT',
        header: { 'Content-Type': 'application/x-www-form-urlencoded' },
        data: { a: '甲 乙' },
      })
      expect(form.result.data).toMatchObject({ method: 'PUT', body: 'a=%E7%94%B2%20%E4%B9%99' })
      const text = await callWx(page, 'request', { url: echo, dataType: 'text' })
      expect(typeof text.result.data).toBe('string')
      const moved = await callWx(page, 'request', { url: `${backend.url}/moved` })
      expect(moved.result.data).toMatchObject({ url: '/echo' })
    }))

  it('take their credentials to another address, but not to another origin', () =>
    on({}, async (page) => {
      const other = await serveHttp((request, response) => {
        if (request.url === '/echo') response.end(JSON.stringify(request.headers))
        else response.writeHead(307, { location: `${backend.url}/echo` }).end()
      })
      const header = { AUTHORIZATION: 'Bearer a-token', Cookie: 'a=b', 'X-Own': 'kept' }
      const follow = async (location: string) => {
        const url = `${backend.url}/moved-to?${encodeURIComponent(location)}`
        return (await callWx(page, 'request', { url, header })).result.data
      }
      expect(await follow('/echo')).toMatchObject({
        headers: { authorization: 'Bearer a-token', cookie: 'a=b', 'x-own': 'kept' },
      })
      const there = await follow(`${other.url}/echo`)
      const thereAndBack = ((await follow(`${other.url}/back`)) as { headers: object }).headers
      for (const headers of [there, thereAndBack]) {
        expect(headers).toMatchObject({ 'x-own': 'kept' })
        expect(headers).not.toHaveProperty('authorization')
        expect(headers).not.toHaveProperty('cookie')
      }
      await other.close()
    }))

  it('go out ten at once, first in, first out', () =>
    on({}, async (page) => {
      const urls = Array.from({ length: 14 }, (_, i) => `${backend.url}/hold/${i}`)
      await startRequests(page, urls)
      await holding(10)
      expect(held.map(({ path }) => path).sort()).toEqual(
        urls
          .slice(0, 10)
          .map((url) => new URL(url).pathname)
          .sort(),
      )
      for (let i = 10; i < 14; i += 1) {
        expect(held).toHaveLength(i)
        held[i - 10]!.response.end('{}')
        await holding(i + 1)
        expect(held[i]!.path).toBe(`/hold/${i}`)
      }
      for (const { response } of held) response.end('{}')
      await page.settle()
      expect(await ended(page)).toHaveLength(14)
    }))

  it('share the ten places with uploads and downloads', () =>
    on({}, async (page) => {
      await startRequests(
        page,
        Array.from({ length: 10 }, (_, i) => `${backend.url}/hold/${i}`),
      )
      await holding(10)
      const download = callWx(page, 'downloadFile', { url: `${backend.url}/picture` })
      await page.waitFor(() => page.requests.length === 11)
      expect(page.requests[10]).toMatchObject({ api: 'downloadFile', method: 'GET' })
      expect(page.requests[10]?.sentAt).toBeUndefined()
      for (const { response } of held) response.end('{}')
      expect((await download).result).toMatchObject({ statusCode: 200 })
    }))

  it('fail with the texts and numbers of WeChat', () =>
    on({ domains: [backend.url, 'http://127.0.0.1:9'] }, async (page) => {
      const fail = async (options: Record<string, unknown>) =>
        (await callWx(page, 'request', options)).result
      expect(await fail({ url: 'nothing' })).toEqual({
        errMsg: 'request:fail invalid url "nothing"',
        errno: 600009,
      })
      expect(await fail({ url: 'http://elsewhere.test/' })).toEqual({
        errMsg: 'request:fail url not in domain list',
        errno: 600002,
      })
      expect(await fail({ url: 'http://127.0.0.1:9/' })).toEqual({
        errMsg:
          'request:fail errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED',
        errno: 600001,
      })
      expect(await fail({ url: `${backend.url}/hold`, timeout: 30 })).toEqual({
        errMsg: 'request:fail timeout',
        errno: 5,
      })
    }))

  it('are aborted by their task, under way or still queued', () =>
    on({}, async (page) => {
      await startRequests(
        page,
        Array.from({ length: 12 }, (_, i) => `${backend.url}/hold/${i}`),
      )
      await holding(10)
      await page.page.evaluate(() => {
        const { tasks } = window as unknown as { tasks: { abort(): void }[] }
        tasks[11]!.abort()
        tasks[0]!.abort()
      })
      await page.page.waitForFunction(
        () => (window as unknown as { ended: string[] }).ended.length === 2,
      )
      expect((await ended(page)).sort()).toEqual(['0 request:fail abort', '11 request:fail abort'])
      await holding(11)
      expect(held[10]?.path).toBe('/hold/10')
      for (const { response } of held) response.end('{}')
      await page.settle()
    }))

  it('are interrupted some time after the app went to the background', () =>
    on({ interruptAfter: 20 }, async (page) => {
      await startRequests(
        page,
        Array.from({ length: 11 }, (_, i) => `${backend.url}/hold/${i}`),
      )
      await holding(10)
      await page.background()
      await page.page.waitForFunction(
        () => (window as unknown as { ended: string[] }).ended.length === 11,
      )
      expect(new Set((await ended(page)).map((line) => line.replace(/^\d+ /, '')))).toEqual(
        new Set(['request:fail interrupted 600003']),
      )
      const meanwhile = await callWx(page, 'request', { url: `${backend.url}/echo` })
      expect(meanwhile.result.errno).toBe(600003)
      await page.foreground()
      expect((await callWx(page, 'request', { url: `${backend.url}/echo` })).ok).toBe(true)
    }))

  it('survive a short stay in the background', () =>
    on({ interruptAfter: 60_000 }, async (page) => {
      await startRequests(page, [`${backend.url}/hold/0`])
      await holding(1)
      await page.background()
      await page.foreground()
      held[0]!.response.end('{}')
      await page.settle()
      expect(await ended(page)).toEqual(['0 request:ok'])
    }))
})

describe('headers of an answer', () => {
  const spellings: [string, LaunchOptions, string, unknown][] = [
    ['iOS', { platform: 'ios' }, 'Www-Authenticate', 'getUserInfo,getPhoneNumber'],
    ['Android', { platform: 'android' }, 'WWW-Authenticate', 'getUserInfo,getPhoneNumber'],
    ['DevTools', { platform: 'devtools' }, 'WWW-Authenticate', 'getUserInfo,getPhoneNumber'],
    ['HTTP/2', { headerSpelling: 'lower' }, 'www-authenticate', 'getUserInfo,getPhoneNumber'],
    ['upper case', { headerSpelling: 'upper' }, 'WWW-AUTHENTICATE', 'getUserInfo,getPhoneNumber'],
    [
      'a function',
      { headerSpelling: (name) => name.replace('www', 'wWw') },
      'wWw-authenticate',
      'getUserInfo,getPhoneNumber',
    ],
    [
      'arrays of values',
      { headerValues: 'array' },
      'Www-Authenticate',
      ['getUserInfo', 'getPhoneNumber'],
    ],
  ]

  it.each(spellings)('are spelled for %s', (_, options, name, value) =>
    on(options, async (page) => {
      const { result } = await callWx(page, 'request', { url: `${backend.url}/challenge` })
      expect(result.statusCode).toBe(401)
      const header = result.header as Record<string, unknown>
      const names = Object.keys(header).filter((key) => key.toLowerCase() === 'www-authenticate')
      expect(names).toEqual([name])
      expect(header[name]).toEqual(value)
    }),
  )

  it.each(['request', 'uploadFile', 'downloadFile'])('reach onHeadersReceived of %s', (api) =>
    on({ answers: { chooseAvatar: 'allow' } }, async (page) => {
      const filePath = await avatarOf(page)
      const header = await page.page.evaluate(
        ([api, url, filePath]) =>
          new Promise((resolve) => {
            interface Task {
              onHeadersReceived(listener: (result: { header: object }) => void): void
            }
            const { wx } = window as unknown as { wx: Record<string, (options: object) => Task> }
            const task = wx[api]!({ url, filePath, name: 'file' })
            task.onHeadersReceived(({ header }) => resolve(header))
          }),
        [api, `${backend.url}/challenge`, filePath] as const,
      )
      expect(header).toMatchObject({ 'Www-Authenticate': 'getUserInfo,getPhoneNumber' })
    }),
  )
})

/** Lets the app choose an avatar and returns its temporary path. */
async function avatarOf(page: DrivenPage): Promise<string> {
  await callWx(page, 'switchTab', { url: '/pages/tab/tab' })
  await page.tap('.avatar')
  return (await page.text('.details')).trim()
}

describe('files', () => {
  it('are uploaded as multipart and downloaded to temporary paths', () =>
    on({ answers: { chooseAvatar: 'allow' } }, async (page) => {
      const filePath = await avatarOf(page)
      const uploaded = await callWx(page, 'uploadFile', {
        url: `${backend.url}/echo`,
        filePath,
        name: 'avatar',
        formData: { kind: '头像' },
      })
      const sent = JSON.parse(String(uploaded.result.data)) as { body: string; method: string }
      expect(sent.method).toBe('POST')
      expect(sent.body).toContain('name="avatar"; filename="tmp_1.png"')
      expect(sent.body).toContain('头像')
      const downloaded = await callWx(page, 'downloadFile', { url: `${backend.url}/picture` })
      expect(downloaded.result).toMatchObject({ tempFilePath: 'wxfile://tmp_2.png' })
      const missing = await callWx(page, 'uploadFile', {
        url: backend.url,
        filePath: 'x',
        name: 'f',
      })
      expect(missing.result.errMsg).toBe('uploadFile:fail file not found')
    }))
})

describe('the record', () => {
  it('holds status, times and headers, with secrets distinguished but not shown', () =>
    on({}, async (page) => {
      const call = (token: string) =>
        callWx(page, 'request', {
          url: `${backend.url}/challenge`,
          header: { Authorization: `Bearer ${token}` },
        })
      await call('first-secret')
      await call('second-secret')
      await call('first-secret')
      const [first, second, third] = page.requests
      expect(first).toMatchObject({ api: 'request', status: 401, errMsg: 'request:ok' })
      expect(first!.endedAt! >= first!.headersAt! && first!.headersAt! >= first!.sentAt!).toBe(true)
      expect(first!.responseHeaders?.['www-authenticate']).toBe('getUserInfo,getPhoneNumber')
      expect(first!.requestHeaders.authorization).toMatch(/^Bearer <[0-9a-f]{8}>$/)
      expect(first!.requestHeaders.authorization).toBe(third!.requestHeaders.authorization)
      expect(first!.requestHeaders.authorization).not.toBe(second!.requestHeaders.authorization)
      expect(JSON.stringify(page.requests)).not.toContain('secret')
    }))
})

describe('the progress of a transfer', () => {
  type Progress = Record<string, number>

  /** Starts one; what it reports grows in `window.reported`, and its end is waited for by `ended`. */
  const start = (page: DrivenPage, api: string, options: object) =>
    page.page.evaluate(
      ([api, options]) => {
        interface Task {
          onProgressUpdate(listener: (progress: object) => void): void
          offProgressUpdate(listener: (progress: object) => void): void
        }
        const world = window as unknown as {
          wx: Record<string, (options: object) => Task>
          reported: object[]
          ended: Promise<{ tempFilePath?: string }>
        }
        world.reported = []
        world.ended = new Promise((resolve, reject) => {
          const task = world.wx[api]!({ ...options, success: resolve, fail: reject })
          task.onProgressUpdate((progress) => world.reported.push(progress))
          const dropped = () => reject(new Error('no longer listened to'))
          task.onProgressUpdate(dropped)
          task.offProgressUpdate(dropped)
        })
      },
      [api, options] as const,
    )
  const reported = (page: DrivenPage) =>
    page.page.evaluate(() => (window as unknown as { reported: Progress[] }).reported)
  const ended = (page: DrivenPage) =>
    page.page.evaluate(
      () => (window as unknown as { ended: Promise<{ tempFilePath?: string }> }).ended,
    )

  it('is reported while it is under way, and is 100 at its end', () =>
    on({}, async (page) => {
      await start(page, 'downloadFile', { url: `${backend.url}/long` })
      await holding(1)
      await expect
        .poll(async () => (await reported(page)).at(-1))
        .toEqual({
          progress: 50,
          totalBytesWritten: 100_000,
          totalBytesExpectedToWrite: 200_000,
        })
      held[0]!.response.end(Buffer.alloc(100_000))
      const { tempFilePath } = await ended(page)
      expect((await reported(page)).at(-1)).toMatchObject({
        progress: 100,
        totalBytesWritten: 200_000,
      })

      await start(page, 'uploadFile', { url: backend.url, filePath: tempFilePath, name: 'file' })
      await ended(page)
      const sent = await reported(page)
      expect(sent.length).toBeGreaterThan(2)
      const total = sent[0]!.totalBytesExpectedToSend!
      expect(total).toBeGreaterThan(200_000)
      const steps = sent.map(({ totalBytesSent }) => totalBytesSent!)
      expect(steps).toEqual(steps.toSorted((a, b) => a - b))
      expect(sent.at(-1)).toEqual({
        progress: 100,
        totalBytesSent: total,
        totalBytesExpectedToSend: total,
      })
    }))

  it('is 100 once even where the length is unknown', () =>
    on({}, async (page) => {
      await start(page, 'downloadFile', { url: `${backend.url}/echo` })
      await ended(page)
      const last = (await reported(page)).filter(({ progress }) => progress === 100)
      expect(last).toHaveLength(1)
      expect(last[0]!.totalBytesWritten).toBe(last[0]!.totalBytesExpectedToWrite)
    }))
})
