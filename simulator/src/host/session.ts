import type { Boot, HostMessage, Language, Outcome, PageMessage, Platform, Theme } from '../wire'
import type { RequestRecord } from '../record'
import type { UnionidVisibility } from '../wechat/people'
import { personSide, type WechatSide } from './answers'
import { createTemporaryFiles, type TemporaryFiles } from './files'
import { spellingOf, type HeaderSpelling } from './headers'
import { createNetwork, type Network } from './network'
import { connectStandIn } from './standIn'
import { createWechat } from './wechat'

/** How one mini-program is to be run. Every part has a default. */
export interface SessionOptions {
  /** Page and query to start with: `src/pages/home/home?from=share`. */
  url?: string
  /** Stored values to begin with, by key. */
  storage?: Record<string, unknown>
  /** Who uses WeChat, as the stand-in knows them. */
  person?: string
  /** Where WeChat shows their unionid; as the stand-in has it where absent. */
  unionid?: UnionidVisibility
  /** Answers on WeChat's side; a person in front of the page where absent. */
  side?: WechatSide
  /** Address of the stand-in for WeChat's servers. */
  wechat?: string
  platform?: Platform
  /** Base library: what is newer is absent from `wx`. */
  sdkVersion?: string
  /** `light` where absent. */
  theme?: Theme
  /** `zh_CN` where absent. */
  language?: Language
  headerSpelling?: HeaderSpelling
  headerValues?: 'string' | 'array'
  domains?: readonly string[]
  /** ms in the background until requests are interrupted. */
  interruptAfter?: number
}

/** One mini-program as Node sees it: its network, WeChat's side, and the line to its page. */
export interface Session {
  readonly id: string
  /** Whether its page listens; `new` until it does for the first time. */
  readonly line: 'new' | 'open' | 'gone'
  readonly files: TemporaryFiles
  /** Everything that was asked for over HTTP, since the session began. */
  readonly requests: RequestRecord[]
  /** Calls nothing was prepared for. */
  readonly unanswered: string[]
  /** Begins a new start of the page: earlier calls end, and nothing of them reaches it. */
  boot(): Boot
  /** Where the page starts next time. */
  startAt(url: string): void
  receive(message: PageMessage): void
  /** Connects the page; what was said before is said now. Returns how to disconnect. */
  connect(send: (message: HostMessage) => void): () => void
  /** Tells the page that another has taken its place. */
  replace(): void
  close(): void
}

/** Makes a session; `id` is part of addresses. */
export function createSession(id: string, appId: string, options: SessionOptions): Session {
  const platform = options.platform ?? 'ios'
  const sdkVersion = options.sdkVersion ?? '3.8.0'
  const person = options.person ?? 'visitor'
  const files = createTemporaryFiles()
  const requests: RequestRecord[] = []
  const wechat = createWechat({
    side: options.side ?? personSide,
    standIn:
      options.wechat === undefined ? undefined : connectStandIn(options.wechat, options.unionid),
    person,
    platform,
    sdkVersion,
    files,
  })
  const openNetwork = () =>
    createNetwork({
      appId,
      files,
      records: requests,
      headerSpelling: options.headerSpelling ?? spellingOf(platform),
      headerValues: options.headerValues ?? 'string',
      interruptAfter: options.interruptAfter ?? 5_000,
      ...(options.domains && { domains: options.domains }),
    })
  let network: Network = openNetwork()
  let url = options.url ?? ''
  let generation = 0
  let line: Session['line'] = 'new'
  let send: ((message: HostMessage) => void) | undefined
  let unsent: HostMessage[] = []

  const say = (of: number, message: HostMessage) => {
    if (of !== generation) return
    if (send) send(message)
    else unsent.push(message)
  }
  // Whoever answers may throw, above all a side of one's own; the page must hear of it.
  const settle = async (id: string, api: string, outcome: Promise<Outcome>) => {
    const of = generation
    const fail = (error: unknown): Outcome => ({ kind: 'fail', errMsg: `${api}:fail ${error}` })
    say(of, { type: 'done', id, outcome: await outcome.catch(fail) })
  }

  return {
    id,
    get line() {
      return line
    },
    files,
    requests,
    unanswered: wechat.unanswered,
    startAt(next) {
      url = next
    },
    boot() {
      network.close()
      network = openNetwork()
      generation += 1
      unsent = []
      const { theme = 'light', language = 'zh_CN' } = options
      const phone = { platform, sdkVersion, theme, language }
      const boot: Boot = { session: id, person, generation, url, ...phone }
      return generation === 1 && options.storage ? { ...boot, storage: options.storage } : boot
    },
    receive(message) {
      const of = generation
      switch (message.type) {
        case 'abort':
          return network.abort(message.id)
        case 'visibility':
          return network.setVisible(message.visible)
        case 'life':
          return
        case 'problem':
          if (message.problem.name !== undefined) wechat.unanswered.push(message.problem.name)
          return
        case 'wechat':
          return void settle(message.id, message.call.api, wechat.call(message.call))
        case 'http': {
          const { id, call } = message
          const onHeaders: Parameters<Network['call']>[2] = (header) =>
            say(of, { type: 'headers', id, header })
          return void settle(id, call.api, network.call(id, call, onHeaders))
        }
      }
    },
    connect(next) {
      send = next
      line = 'open'
      for (const message of unsent.splice(0)) next(message)
      return () => {
        if (send !== next) return
        send = undefined
        line = 'gone'
      }
    },
    replace: () => send?.({ type: 'replaced' }),
    close: () => network.close(),
  }
}
