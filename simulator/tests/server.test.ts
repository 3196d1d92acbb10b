import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startServer, type SimulatorServer } from '../src'
import { fixtureApp, sendRaw } from './support/fixture'
import { hasIpv6 } from './support/ipv6'
import { visitOf } from './support/visit'

let server: SimulatorServer
let visitor: string

beforeAll(async () => {
  server = await startServer({ dist: fixtureApp, workbench: {} })
  const side = {
    answer(api: string) {
      if (api === 'login') throw new Error('this side is broken')
      return undefined
    },
    next: () => undefined,
  }
  visitor = `${server.url}/phone/${server.openMiniProgram({ side }).id}`
})
afterAll(() => server.close())

const json = { 'content-type': 'application/json' }
const visit = (body: string) =>
  sendRaw(`${server.url}/phone`, { method: 'POST', headers: json, body })
const lin = visitOf()
const openVisit = async (before?: string) => {
  const { text } = await visit(JSON.stringify({ ...lin, ...(before && { before }) }))
  return (JSON.parse(text) as { id: string }).id
}
const say = (body: string, headers: Record<string, string> = json) =>
  sendRaw(`${visitor}/messages`, { method: 'POST', headers, body })

const header = {}
const request = { api: 'request', method: 'GET', url: 'x', header, responseType: 'text' }

describe('what a page says', () => {
  it.each([
    ['nothing', ''],
    ['half of JSON', '[{"type":'],
    ['no list', '{"type":"abort","id":"1"}'],
    ['no call', '[{"type":"wechat","id":"y"}]'],
    ['an unknown type', '[{"type":"reboot","id":"1"}]'],
    ['options that are no object', '[{"type":"wechat","id":"1","call":{"api":"x","options":[]}}]'],
    [
      'an unknown choice',
      '[{"type":"wechat","id":"1","call":{"api":"x","options":{},"choice":"ask"}}]',
    ],
    ['no timeout', JSON.stringify([{ type: 'http', id: '1', call: request }])],
    [
      'a header that is no text',
      JSON.stringify([
        { type: 'http', id: '1', call: { ...request, timeout: 1, header: { a: 1 } } },
      ]),
    ],
    ['one good and one bad message', '[{"type":"visibility","visible":true},{"type":"abort"}]'],
  ])('is answered 400 if it is %s', async (_, body) => {
    expect((await say(body)).status).toBe(400)
    expect((await say('[{"type":"visibility","visible":true}]')).status).toBe(204)
  })

  it.each([
    ['dropped if no call waits for it', {}, 204],
    ["refused from another origin's page", { origin: 'http://127.0.0.1:1' }, 403],
  ])('is %s, as the content of an upload', async (_, headers, status) => {
    const put = { method: 'PUT', headers, body: 'bytes' }
    expect((await sendRaw(`${visitor}/contents?call=1.1`, put)).status).toBe(status)
  })

  it('ends in a failure where the answering side throws', async () => {
    const heard = await fetch(`${visitor}/messages`)
    const reader = heard.body!.pipeThrough(new TextDecoderStream()).getReader()
    await say('[{"type":"wechat","id":"7","call":{"api":"login","options":{}}}]')
    const { value } = await reader.read()
    await reader.cancel()
    expect(JSON.parse(String(value).replace(/^data: /, ''))).toEqual({
      type: 'done',
      id: '7',
      outcome: { kind: 'fail', errMsg: 'login:fail Error: this side is broken' },
    })
  })

  it.each(['__proto__', 'constructor', 'toString'])(
    'finds nothing prepared, and nothing to hand out, under the name %s',
    async (api) => {
      const miniProgram = server.openMiniProgram({ wechat: 'http://127.0.0.1:9' })
      const outcomeOf = (choice: { choice?: 'allow' }) =>
        new Promise((resolve) => {
          miniProgram.connect((message) => resolve('outcome' in message && message.outcome))
          miniProgram.receive({ type: 'wechat', id: '1', call: { api, options: {}, ...choice } })
        })
      const errMsg = `${api}:fail nothing is prepared for it in this run`
      expect(await outcomeOf({})).toEqual({ kind: 'fail', errMsg })
      expect(miniProgram.unanswered).toEqual([api])
      expect(await outcomeOf({ choice: 'allow' })).toEqual({ kind: 'ok', result: {} })
      server.closeMiniProgram(miniProgram)
    },
  )
})

describe.runIf(hasIpv6)('localhost', () => {
  const page = async (address: string) => {
    const headers = { host: `localhost:${new URL(address).port}` }
    return (await sendRaw(address, { headers })).status
  }
  const twin = (address: string) => address.replace('127.0.0.1', '[::1]')

  it('is answered at both addresses of this machine', async () => {
    expect([await page(server.url), await page(twin(server.url))]).toEqual([200, 200])
  })

  it('is where the workbench moves to from the other address', async () => {
    const { port } = new URL(server.url)
    const { status, headers } = await fetch(`http://[::1]:${port}/?a=1`, { redirect: 'manual' })
    expect([status, headers.get('location')]).toEqual([302, `http://localhost:${port}/?a=1`])
  })

  it('is nobody else: a port that is taken at one of them is taken', async () => {
    const other = createServer((_, response) => response.end('somebody else'))
    await new Promise<void>((resolve) => other.listen(0, '::1', resolve))
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    await expect(startServer({ dist: fixtureApp, port })).rejects.toThrow('EADDRINUSE')
    // Nothing is left behind at the first.
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow()
  })

  it('is let go at both when the server closes', async () => {
    const short = await startServer({ dist: fixtureApp })
    await short.close()
    await expect(fetch(short.url)).rejects.toThrow()
    await expect(fetch(twin(short.url))).rejects.toThrow()
  })
})

it('names scripts and styles by their content, for a browser to keep', async () => {
  const { text } = await sendRaw(visitor)
  const paths = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!)
  expect(paths.map((path) => path.replace(/-[0-9a-f]{16}\./, '.'))).toEqual([
    '/phone.css',
    '/app.js',
    '/runtime.js',
  ])
  for (const path of paths) {
    const response = await fetch(server.url + path)
    expect([path, response.status]).toEqual([path, 200])
    expect(response.headers.get('cache-control')).toBe('max-age=31536000, immutable')
  }
  const unknown = paths[1]!.replace(/-[0-9a-f]{16}/, `-${'0'.repeat(16)}`)
  expect((await sendRaw(server.url + unknown)).status).toBe(404)
})

describe('visits', () => {
  const phone = async (id: string) => (await sendRaw(`${server.url}/phone/${id}`)).status

  it.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['nobody', JSON.stringify({ ...lin, person: '' })],
    ['an unknown kind of person', JSON.stringify({ ...lin, kind: 'dead' })],
    ['an answer missing', JSON.stringify({ ...lin, answers: { phoneNumber: 'ask' } })],
    [
      'a base library that is none',
      JSON.stringify({ ...lin, phone: { ...lin.phone, sdkVersion: '3' } }),
    ],
    ['a negative latency', JSON.stringify({ ...lin, network: { ...lin.network, latency: -1 } })],
    ['more than is known', JSON.stringify({ ...lin, name: 'lin' })],
  ])('are not opened by %s', async (_, body) => {
    expect((await visit(body)).status).toBe(400)
  })

  it('say why somebody cannot be known to a backend nobody has named', async () => {
    const { status, text } = await visit(JSON.stringify({ ...lin, kind: 'phoneBound' }))
    expect(status).toBe(422)
    expect(JSON.parse(text)).toEqual({ error: "no stand-in for WeChat's servers is connected" })
  })

  it('say which file is at fault, and go on once it is mended', async () => {
    const dist = await mkdtemp(join(tmpdir(), 'watchword-dist-'))
    const late = await startServer({ dist, workbench: {} })
    const open = () =>
      sendRaw(`${late.url}/phone`, { method: 'POST', headers: json, body: JSON.stringify(lin) })
    const refused = await open()
    expect([refused.status, JSON.parse(refused.text)]).toEqual([
      422,
      { error: expect.stringMatching(/^app\.json: not found in /) },
    ])
    await cp(fixtureApp, dist, { recursive: true })
    expect((await open()).status).toBe(201)
    await late.close()
    await rm(dist, { recursive: true })
  })

  it('end when the same page begins another, or when four others have begun', async () => {
    const first = await openVisit()
    const second = await openVisit(first)
    expect([await phone(first), await phone(second)]).toEqual([404, 200])
    for (let others = 1; others < 4; others += 1) await openVisit()
    expect(await phone(second)).toBe(200)
    await openVisit()
    expect(await phone(second)).toBe(404)
  })
})

describe('assets', () => {
  const asset = async (name: string) => (await sendRaw(`${server.url}/assets/${name}`)).status

  it('are the files of the compiled directory', async () => {
    expect(await asset('app.wxss')).toBe(200)
    expect(await asset('pages/home/%68ome.wxml')).toBe(200)
  })

  it.each([
    '%',
    '%00',
    'pages',
    'pages/',
    '',
    'nothing.png',
    '%2e%2e%2fapp.test.ts',
    'x'.repeat(300),
  ])('are not %s', async (name) => {
    expect(await asset(name)).toBe(404)
  })
})
