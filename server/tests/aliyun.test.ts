import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAliyunSender } from '../src/sms/aliyun'
import { createSmsSender } from '../src/sms/createSmsSender'
import { createLogger } from '../src/log'

interface Received {
  method: string
  url: URL
  headers: Record<string, string>
  body: string
}

const accessKeySecret = 'a-secret-of-alibaba'
const message = {
  phoneNumber: '+8613800138000',
  code: '012345',
  purpose: 'login',
  expiresIn: 300,
} as const

let received: Received[] = []
let answered: { status: number; body: object }
const server = createServer((request, response) => {
  void text(request).then((body) => {
    const headers = request.headers as Record<string, string>
    const url = new URL(request.url ?? '/', `http://${headers.host}`)
    received.push({ method: request.method ?? '', url, headers, body })
    response.writeHead(answered.status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(answered.body))
  })
})
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
beforeEach(() => {
  received = []
  answered = { status: 200, body: { Code: 'OK', Message: 'OK', Success: true, RequestId: 'r' } }
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
})

const config = {
  accessKeyId: 'an-access-key',
  accessKeySecret,
  signName: '速通互联验证码',
  templateCode: '100001',
}

async function send(to: Partial<{ phoneNumber: string }> = {}) {
  const { port } = server.address() as AddressInfo
  const sendSms = createSmsSender({
    is: 'aliyun',
    ...config,
    endpoint: { host: `127.0.0.1:${port}`, protocol: 'HTTP' },
  })
  await sendSms?.({ ...message, ...to })
}

it('sends the parameters that Alibaba Cloud documents, once', async () => {
  await send()
  expect(received).toHaveLength(1)
  const { method, url, headers } = received[0]!
  expect(method).toBe('POST')
  expect(headers).toMatchObject({
    'x-acs-action': 'SendSmsVerifyCode',
    'x-acs-version': '2017-05-25',
  })
  expect(Object.fromEntries(url.searchParams)).toEqual({
    CountryCode: '86',
    PhoneNumber: '13800138000',
    SignName: '速通互联验证码',
    TemplateCode: '100001',
    TemplateParam: '{"code":"012345","min":"5"}',
  })
})

it('signs as Alibaba Cloud documents (V3, ACS3-HMAC-SHA256)', async () => {
  await send()
  const { method, url, headers, body } = received[0]!
  const [, credential, signed = '', signature] =
    /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=(\w+)$/.exec(
      headers.authorization ?? '',
    ) ?? []
  expect(credential).toBe('an-access-key')
  const encode = (value: string) =>
    encodeURIComponent(value).replaceAll(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    )
  const query = [...url.searchParams]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
  const sha256 = (value: string) => createHash('sha256').update(value).digest('hex')
  const names = signed.split(';')
  expect(names).toEqual(expect.arrayContaining(['host', 'x-acs-action', 'x-acs-content-sha256']))
  const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join('')
  const canonical = [method, '/', query, lines, signed, sha256(body)].join('\n')
  const toSign = `ACS3-HMAC-SHA256\n${sha256(canonical)}`
  expect(signature).toBe(createHmac('sha256', accessKeySecret).update(toSign).digest('hex'))
})

it.each([
  ['an answer', 200, 'biz.FREQUENCY'],
  ['an error', 400, 'isv.MOBILE_NUMBER_ILLEGAL'],
])(
  'rejects with the code of %s, and keeps number, code and address out of the log',
  async (_, status, Code) => {
    answered = { status, body: { Code, Message: 'not to 13800138000', RequestId: 'r' } }
    const error: unknown = await send().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'SmsRefusedError', code: Code })
    const lines: string[] = []
    createLogger('info', { write: (line) => void lines.push(line) }).warn({ error }, 'not sent')
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toMatch(/13800138000|012345|PhoneNumber/)
    expect(received).toHaveLength(1)
  },
)

it('sends nothing to a number of another country', async () => {
  await expect(send({ phoneNumber: '+85291234567' })).rejects.toMatchObject({
    name: 'SmsRefusedError',
  })
  expect(received).toEqual([])
})

describe('the SDK', () => {
  /** Loads modules as from a directory that has none. */
  const elsewhere = () => createRequire('file:///nowhere/at/all.js')

  it('is named with the command that installs it where it is missing', () => {
    expect(() => createAliyunSender(config, elsewhere)).toThrow(
      'SMS_SENDER=aliyun needs the SDK: npm install @alicloud/dypnsapi20170525',
    )
  })

  it('is not called missing where it is broken', () => {
    const broken = () => {
      throw new SyntaxError('Unexpected token')
    }
    expect(() => createAliyunSender(config, broken)).toThrow('Unexpected token')
  })
})
