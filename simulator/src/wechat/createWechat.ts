import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { localHostOnly } from '../localAccess'
import { createAccessTokens } from './accessTokens'
import { createApi, type Bindings } from './api'
import { createCallLog } from './callLog'
import { createConsentPages, type WebUser } from './consentPages'
import { createControlApi } from './controlApi'
import { Refusal, refusalBody } from './errors'
import { createFaults, type Fault } from './faults'
import { createOAuth, type OAuthApp } from './oauth'
import { createPeople } from './people'
import { createIssuedCodes, createPhone, type Phone } from './phone'
import { createPush, type PushAddress } from './push'
import type { WxaCode } from './wxaCode'
import { createWxaCodes } from './wxaCodes'
import { createSmsInbox, type ReceivedSms } from './smsInbox'

export interface WechatOptions {
  appId: string
  appSecret: string
  /** Current time in ms; Date.now where absent. */
  now?: () => number
  /**
   * The person whom login codes belong to that were not issued here: WeChat DevTools brings codes
   * of the real WeChat. Where absent they are refused, as WeChat refuses them (40029).
   */
  stranger?: string | undefined
  /** The pages of the mini-program's release, which codes may open; none where absent. */
  publishedPages?: readonly string[]
  /** The apps of the same open platform account that users sign in to by OAuth. */
  oauthApps?: readonly OAuthApp[]
}

/** WeChat's servers and its users' phones; the phones' part needs no HTTP. */
export interface Wechat extends Phone {
  /** WeChat's API, its pages under `/connect`, and the control API under `/_control`. */
  readonly app: Hono<{ Bindings: Bindings }>
  /** The mini-program codes that backends have had made; the newest last. */
  wxaCodes(): WxaCode[]
  /** The text messages to one number, or to all; the newest last. */
  textMessages(phone?: string): ReceivedSms[]
  /** Something goes wrong at an endpoint from now on. */
  setFault(fault: Fault): void
  clearFaults(): void
  /**
   * Where the message push reports to, as entered in WeChat's console, which checks it at once.
   * Rejects with PushError.
   */
  setPushAddress(address: PushAddress): Promise<void>
  /**
   * Listens on 127.0.0.1 and resolves with its address, such as `http://127.0.0.1:3100`; a `port`
   * of 0 (the default) is any free one. Rejects with PortTakenError.
   */
  start(port?: number): Promise<string>
  /** Stops listening and ends connections, also those that still wait for an answer. */
  close(): Promise<void>
}

/** Somebody else listens at the port: take another. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError'
  constructor(readonly port: number) {
    super(`port ${port} is taken`)
  }
}

/** Stands in for WeChat's servers, for one mini-program. */
export function createWechat(options: WechatOptions): Wechat {
  const { appId, appSecret, now = Date.now, stranger } = options
  const { publishedPages = [], oauthApps = [] } = options
  const people = createPeople(appId)
  const codes = createIssuedCodes(
    now,
    stranger === undefined ? undefined : () => people.find(stranger),
  )
  const accessTokens = createAccessTokens(now)
  const faults = createFaults()
  const calls = createCallLog(now)
  const watermark = () => ({ timestamp: Math.floor(now() / 1000), appid: appId })
  const phone = createPhone(people, codes, watermark)
  const push = createPush(appId, now)
  const wxaCodes = createWxaCodes({ appId, publishedPages, now })
  const inbox = createSmsInbox(now)
  const oauth = createOAuth(oauthApps, now)
  let webUser: WebUser = { person: people.find('web'), isSnapshot: false }
  const setWebUser = (user: WebUser) => void (webUser = user)

  const app = new Hono<{ Bindings: Bindings }>()
  app.use(localHostOnly)
  app.route(
    '/_control',
    createControlApi({
      ...{ phone, people, push, faults, calls, inbox, oauth, wxaCodes, setWebUser },
    }),
  )
  app.route('/', createConsentPages({ oauth, people, webUser: () => webUser }))
  app.route(
    '/',
    createApi({
      ...{ appId, appSecret, people, codes, accessTokens, wxaCodes, oauth },
      ...{ faults, calls, watermark, now },
    }),
  )
  app.notFound((c) =>
    c.req.path.startsWith('/_control')
      ? c.json({ error: 'no such control' }, 404)
      : c.json(refusalBody(new Refusal(40066), c.req.path, now())),
  )

  const server = createAdaptorServer({ fetch: app.fetch })
  return {
    ...phone,
    app,
    wxaCodes: wxaCodes.all,
    textMessages: inbox.of,
    setFault: (fault) => faults.set(fault),
    clearFaults: () => faults.clear(),
    setPushAddress: push.setAddress,
    async start(port = 0) {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'EADDRINUSE' ? new PortTakenError(port) : error
      })
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    },
    async close() {
      if (!server.listening) return
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
