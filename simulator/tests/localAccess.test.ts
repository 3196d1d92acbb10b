import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWechat, startServer } from '../src'
import { fixtureApp, sendRaw } from './support/fixture'
import { visitOf } from './support/visit'

/** A server on this machine, and something of it that may be asked for. */
interface Target {
  url: string
  /** Any page of the machine, which only the name of the host can bar. */
  open: string
  /** What pages of other origins must not reach. */
  post: string
  body: string
  /** What they must not read either: it has what people are sent. */
  read: string
}

let targets: Record<'simulator' | 'stand-in', Target>
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  const simulator = await startServer({ dist: fixtureApp })
  const wechat = createWechat({ appId: 'wx0123456789abcdef', appSecret: 'secret' })
  closing.push(simulator.close, wechat.close)
  targets = {
    simulator: {
      url: simulator.url,
      open: '/regions.json',
      post: '/phone',
      body: JSON.stringify(visitOf()),
      read: '/inbox',
    },
    'stand-in': {
      url: await wechat.start(),
      open: '/sns/jscode2session',
      post: '/_control/login-code',
      body: '{"person":"lin"}',
      read: '/_control/sms',
    },
  }
})
afterAll(() => Promise.all(closing.map((close) => close())))

describe.each(['simulator', 'stand-in'] as const)('the server of the %s', (name) => {
  const get = async (host: string) => {
    const { url, open } = targets[name]
    return (await sendRaw(url + open, { headers: { host } })).status
  }
  const post = async (headers: Record<string, string>) => {
    const { url, post: path, body } = targets[name]
    const { status } = await sendRaw(url + path, { method: 'POST', headers, body })
    return status < 300 ? 'done' : status
  }
  const json = { 'content-type': 'application/json' }

  it.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('answers to %s', async (host) => {
    expect(await get(`${host}:${new URL(targets[name].url).port}`)).toBe(200)
    expect(await get(host)).toBe(200)
  })

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '192.0.2.7'])(
    'does not answer to %s',
    async (host) => {
      expect(await get(`${host}:${new URL(targets[name].url).port}`)).toBe(403)
      expect(await post({ ...json, host })).toBe(403)
    },
  )

  it('does what its own pages want, and what no page wants', async () => {
    expect(await post({ ...json, origin: targets[name].url })).toBe('done')
    expect(await post(json)).toBe('done')
  })

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:9'])(
    'does not do what pages of %s want',
    async (origin) => {
      expect(await post({ ...json, origin })).toBe(403)
    },
  )

  it('shows such pages nothing, nor one that a browser asks for without naming its page', async () => {
    const { url, open, read } = targets[name]
    const headers = { origin: 'https://evil.example' }
    expect((await sendRaw(url + read, { headers })).status).toBe(403)
    for (const path of [open, read]) {
      const { headers: sent } = await fetch(url + path)
      expect(sent.get('access-control-allow-origin')).toBeNull()
    }
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json-but-not'])(
    'takes no %s',
    async (type) => {
      expect(await post({ 'content-type': type })).toBe(415)
    },
  )

  it('takes no body without a content type, and JSON with a charset', async () => {
    expect(await post({})).toBe(415)
    expect(await post({ 'content-type': 'application/json; charset=utf-8' })).toBe('done')
  })
})

it("leaves WeChat's own endpoints to any content type", async () => {
  const { url } = targets['stand-in']
  const { text } = await sendRaw(`${url}/cgi-bin/stable_token`, { method: 'POST', body: '{}' })
  expect(JSON.parse(text)).toMatchObject({ errcode: 40002 })
})
