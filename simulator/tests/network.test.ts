import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { callWx, fixtureApp, serveHttp } from './support/fixture'
import type { PhoneOptions } from './support/sharedPhones'
import { useBackend, usePhones } from './support/usePhones'

const backend = useBackend()
const phones = usePhones(fixtureApp)

const on = (options: PhoneOptions, test: (page: DrivenPage) => Promise<void>) =>
  phones.on('pages/net/net', options, test)

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
      await backend.holding(10)
      expect(backend.held.map(({ path }) => path).sort()).toEqual(
        urls
          .slice(0, 10)
          .map((url) => new URL(url).pathname)
          .sort(),
      )
      for (let i = 10; i < 14; i += 1) {
        expect(backend.held).toHaveLength(i)
        backend.held[i - 10]!.response.end('{}')
        await backend.holding(i + 1)
        expect(backend.held[i]!.path).toBe(`/hold/${i}`)
      }
      for (const { response } of backend.held) response.end('{}')
      await page.settle()
      expect(await ended(page)).toHaveLength(14)
    }))

  it('share the ten places with uploads and downloads', () =>
    on({}, async (page) => {
      const before = page.requests.length
      await startRequests(
        page,
        Array.from({ length: 10 }, (_, i) => `${backend.url}/hold/${i}`),
      )
      await backend.holding(10)
      const download = callWx(page, 'downloadFile', { url: `${backend.url}/picture` })
      await page.waitFor(() => page.requests.length === before + 11)
      expect(page.requests.at(-1)).toMatchObject({ api: 'downloadFile', method: 'GET' })
      expect(page.requests.at(-1)?.sentAt).toBeUndefined()
      for (const { response } of backend.held) response.end('{}')
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
      await backend.holding(10)
      await page.page.evaluate(() => {
        const { tasks } = window as unknown as { tasks: { abort(): void }[] }
        tasks[11]!.abort()
        tasks[0]!.abort()
      })
      await page.page.waitForFunction(
        () => (window as unknown as { ended: string[] }).ended.length === 2,
      )
      expect((await ended(page)).sort()).toEqual(['0 request:fail abort', '11 request:fail abort'])
      await backend.holding(11)
      expect(backend.held[10]?.path).toBe('/hold/10')
      for (const { response } of backend.held) response.end('{}')
      await page.settle()
    }))

  it('are interrupted some time after the app went to the background', () =>
    on({ interruptAfter: 20 }, async (page) => {
      await startRequests(
        page,
        Array.from({ length: 11 }, (_, i) => `${backend.url}/hold/${i}`),
      )
      await backend.holding(10)
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
      await backend.holding(1)
      await page.background()
      await page.foreground()
      backend.held[0]!.response.end('{}')
      await page.settle()
      expect(await ended(page)).toEqual(['0 request:ok'])
    }))
})

describe('the record', () => {
  it('holds status, times and headers, with secrets distinguished but not shown', () =>
    on({}, async (page) => {
      const before = page.requests.length
      const call = (token: string) =>
        callWx(page, 'request', {
          url: `${backend.url}/challenge`,
          header: { Authorization: `Bearer ${token}` },
        })
      await call('first-secret')
      await call('second-secret')
      await call('first-secret')
      const [first, second, third] = page.requests.slice(before)
      expect(first).toMatchObject({ api: 'request', status: 401, errMsg: 'request:ok' })
      expect(first!.endedAt! >= first!.headersAt! && first!.headersAt! >= first!.sentAt!).toBe(true)
      expect(first!.responseHeaders?.['www-authenticate']).toBe('getUserInfo,getPhoneNumber')
      expect(first!.requestHeaders.authorization).toMatch(/^Bearer <[0-9a-f]{8}>$/)
      expect(first!.requestHeaders.authorization).toBe(third!.requestHeaders.authorization)
      expect(first!.requestHeaders.authorization).not.toBe(second!.requestHeaders.authorization)
      expect(JSON.stringify(page.requests)).not.toContain('secret')
    }))
})
