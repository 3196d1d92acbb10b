import { setTimeout as wait } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { AccessTokens } from './accessTokens'
import type { CallLog, OpenCall } from './callLog'
import { signWithSessionKey } from './crypto'
import { Refusal, refusalBody } from './errors'
import { endpoints, type Endpoint, type Faults } from './faults'
import { phoneInfo, type Watermark } from './openData'
import type { OAuth } from './oauth'
import type { People } from './people'
import type { IssuedCodes } from './phone'
import { wxaCodeBody, type WxaCodes } from './wxaCodes'

/** Absent where `app.request()` is called without a server. */
export type Bindings = Partial<HttpBindings>

/** What a request to the API carries with it. */
interface ApiEnv {
  Bindings: Bindings
  Variables: { call?: OpenCall }
}

type ApiContext = Context<ApiEnv>

/** What WeChat's servers know. */
export interface ApiState {
  appId: string
  appSecret: string
  people: People
  codes: IssuedCodes
  accessTokens: AccessTokens
  wxaCodes: WxaCodes
  oauth: OAuth
  faults: Faults
  calls: CallLog
  watermark: () => Watermark
  now: () => number
}

const text = z.string().optional()
const tokenBody = z.object({
  grant_type: text,
  appid: text,
  secret: text,
  force_refresh: z.boolean().optional(),
})
const phoneBody = z.object({ code: text, openid: text })

/** The endpoints of api.weixin.qq.com that a backend signs its users in with. */
export function createApi(state: ApiState): Hono<ApiEnv> {
  const { people, codes, accessTokens, wxaCodes, oauth, watermark, now } = state
  const api = new Hono<ApiEnv>()

  /** In which order WeChat looks at these is not documented. */
  function checkApp(app: { appid: string | undefined; secret: string | undefined }) {
    if (!app.appid) throw new Refusal(41002)
    if (!app.secret) throw new Refusal(41004)
    if (app.appid !== state.appId) throw new Refusal(40013)
    if (app.secret !== state.appSecret) throw new Refusal(40125)
  }

  /** WeChat: 小程序登录, code2Session. */
  function exchangeLoginCode(c: ApiContext) {
    const { req } = c
    checkApp({ appid: req.query('appid'), secret: req.query('secret') })
    if (req.query('grant_type') !== 'authorization_code') throw new Refusal(40002)
    const code = req.query('js_code')
    if (!code) throw new Refusal(41008)
    const login = codes.login.redeem(code)
    if (login.state !== 'good') throw new Refusal(login.state === 'used' ? 40163 : 40029)
    const { owner } = login
    c.get('call')?.isAbout(owner.name)
    // Of several codes that are under way at once, each yields the one key that is valid now.
    owner.isSessionKeyExchanged = true
    const { sessionKey: session_key, openid, unionid, unionidVisibility } = owner
    return { session_key, openid, ...(unionidVisibility === true && { unionid }) }
  }

  /** WeChat: 获取稳定版接口调用凭据. */
  async function issueAccessToken(c: ApiContext) {
    const body = await readBody(c, tokenBody)
    if (body.grant_type !== 'client_credential') throw new Refusal(40002)
    checkApp({ appid: body.appid, secret: body.secret })
    return accessTokens.issue(body.force_refresh ?? false)
  }

  /**
   * WeChat: 获取手机号; its page names 40029 alone, so it is what a used code gets. What the openid of
   * another user gets is not documented: 40003 is what checksession answers to a wrong one.
   */
  async function tellPhoneNumber(c: ApiContext) {
    accessTokens.check(c.req.query('access_token'))
    const { code, openid } = await readBody(c, phoneBody)
    if (!code) throw new Refusal(41008)
    const press = codes.phone.redeem(code)
    if (press.state !== 'good') throw new Refusal(40029)
    c.get('call')?.isAbout(press.owner.name)
    if (openid !== undefined && openid !== press.owner.openid) throw new Refusal(40003)
    return { errcode: 0, errmsg: 'ok', phone_info: phoneInfo(press.owner, watermark()) }
  }

  /** WeChat: 检验登录态. */
  function checkSessionKey(c: ApiContext) {
    const { req } = c
    accessTokens.check(req.query('access_token'))
    const person = people.findByOpenid(req.query('openid') ?? '')
    if (!person) throw new Refusal(40003)
    c.get('call')?.isAbout(person.name)
    if (req.query('sig_method') !== 'hmac_sha256') throw new Refusal(87008)
    const proof = signWithSessionKey('', person.sessionKey)
    if (req.query('signature') !== proof) throw new Refusal(87009)
    return { errcode: 0, errmsg: 'ok' }
  }

  /** WeChat: 获取不限制的小程序码. */
  async function makeWxaCode(c: ApiContext) {
    accessTokens.check(c.req.query('access_token'))
    return wxaCodes.make(await readBody(c, wxaCodeBody))
  }

  /** WeChat: 网页授权, 网站应用微信登录 and 移动应用微信登录, 通过 code 获取 access_token. */
  function exchangeOAuthCode(c: ApiContext) {
    const { answer: granted, person } = oauth.exchange((name) => c.req.query(name))
    c.get('call')?.isAbout(person.name)
    return granted
  }

  function serve(name: Endpoint, handle: (c: ApiContext) => object | Promise<object>) {
    const { method, path } = endpoints[name]
    api.all(path, async (c) => {
      const call = state.calls.begin(name)
      c.set('call', call)
      const fault = state.faults.take(name)
      if (fault?.errcode) throw new Refusal(fault.errcode)
      if (fault?.drop) c.env.outgoing?.destroy()
      if (fault?.delay) await delay(fault.delay, c.req.raw.signal)
      // Nobody listens any more: what was asked for is not done either.
      if (fault?.drop || c.req.raw.signal.aborted) {
        call.end()
        return RESPONSE_ALREADY_SENT
      }
      if (c.req.method !== method) throw new Refusal(method === 'GET' ? 43001 : 43002)
      const body = await handle(c)
      call.end(0)
      return Buffer.isBuffer(body) ? picture(c, body) : answer(c, body)
    })
  }

  serve('jscode2session', exchangeLoginCode)
  serve('stable_token', issueAccessToken)
  serve('getuserphonenumber', tellPhoneNumber)
  serve('checksession', checkSessionKey)
  serve('getwxacodeunlimit', makeWxaCode)
  serve('access_token', exchangeOAuthCode)
  api.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error
    c.get('call')?.end(error.errcode)
    return answer(c, refusalBody(error, c.req.path, now()))
  })
  return api
}

/** WeChat calls its JSON `text/plain` under /sns. */
function answer(c: Context, body: object): Response {
  const type = c.req.path.startsWith('/sns/') ? 'text/plain' : 'application/json; encoding=utf-8'
  return c.body(JSON.stringify(body), 200, { 'Content-Type': type })
}

function picture(c: Context, bytes: Buffer): Response {
  return c.body(new Uint8Array(bytes), 200, { 'Content-Type': 'image/png' })
}

async function readBody<T>({ req }: Context, shape: z.ZodType<T>): Promise<T> {
  const sent = await req.text()
  if (!sent) throw new Refusal(44002)
  try {
    return shape.parse(JSON.parse(sent))
  } catch {
    throw new Refusal(47001)
  }
}

/** Resolves after `time` ms, or as soon as the client has gone. */
async function delay(time: number, signal: AbortSignal): Promise<void> {
  await wait(time, undefined, { signal }).catch(() => undefined)
}
