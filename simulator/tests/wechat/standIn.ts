import { createDecipheriv } from 'node:crypto'
import { afterEach, beforeEach } from 'vitest'
import { createWechat, type Wechat } from '../../src/wechat'

export const appId = 'wx0123456789abcdef'
export const appSecret = 'a-secret-of-the-app'

/** One of each kind, which lead back to this machine. */
export const oauthApps = [
  { kind: 'official', appId: 'wx1111111111111111', appSecret: 'official', domains: ['localhost'] },
  { kind: 'web', appId: 'wx2222222222222222', appSecret: 'web', domains: ['localhost'] },
  { kind: 'mobile', appId: 'wx3333333333333333', appSecret: 'mobile' },
] as const

/** A body of WeChat's or of the control API. */
export type Body = Record<string, unknown>

/** The stand-in on a port of its own, with a clock, spoken to over HTTP. */
export interface RunningStandIn {
  wechat: Wechat
  url: string
  /** The clock, in ms. */
  now(): number
  advance(ms: number): void
  get(path: string, query?: Record<string, string>): Promise<Body>
  post(path: string, body: unknown): Promise<Body>
  /** Asks the control API, which must agree. */
  control(name: string, body: unknown): Promise<Body>
  exchange(code: unknown, changes?: Record<string, string>): Promise<Body>
  /** A login from end to end: the code, then what WeChat answers to it. */
  logIn(person: string): Promise<{ openid: string; sessionKey: string }>
  accessToken(changes?: object): Promise<string>
}

/** Starts one for each test of the file and closes it afterwards. */
export function useStandIn(): RunningStandIn {
  let time = 0
  const standIn = { now: () => time, advance: (ms: number) => void (time += ms) } as RunningStandIn

  beforeEach(async () => {
    time = Date.UTC(2026, 0, 1)
    standIn.wechat = createWechat({
      ...{ appId, appSecret, oauthApps },
      publishedPages: ['pages/published'],
      now: standIn.now,
    })
    standIn.url = await standIn.wechat.start()
  })
  afterEach(() => standIn.wechat.close())

  const read = async (response: Response) => (await response.json()) as Body
  standIn.get = async (path, query = {}) =>
    read(await fetch(`${standIn.url}${path}?${new URLSearchParams(query)}`))
  standIn.post = async (path, body) => read(await send(standIn.url + path, body))
  standIn.control = async (name, body) => {
    const response = await send(`${standIn.url}/_control/${name}`, body)
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return read(response)
  }
  standIn.exchange = (code, changes) =>
    standIn.get('/sns/jscode2session', {
      appid: appId,
      secret: appSecret,
      js_code: String(code),
      grant_type: 'authorization_code',
      ...changes,
    })
  standIn.logIn = async (person) => {
    const { code } = await standIn.control('login-code', { person })
    const { openid, session_key } = await standIn.exchange(code)
    return { openid: String(openid), sessionKey: String(session_key) }
  }
  standIn.accessToken = async (changes) => {
    const app = { grant_type: 'client_credential', appid: appId, secret: appSecret }
    return String(
      (await standIn.post('/cgi-bin/stable_token', { ...app, ...changes })).access_token,
    )
  }
  return standIn
}

/** A POST of JSON; text is sent as it is. */
export function send(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** Opens what WeChat encrypts, as its documentation tells backends to; throws with a wrong key. */
export function open(
  sealed: { encryptedData?: unknown; iv?: unknown },
  sessionKey: string,
): string {
  const [key, iv] = [sessionKey, String(sealed.iv)].map((part) => Buffer.from(part, 'base64'))
  const decipher = createDecipheriv('aes-128-cbc', key!, iv!)
  return decipher.update(String(sealed.encryptedData), 'base64', 'utf8') + decipher.final('utf8')
}
