import { usualSdkVersion } from '../platforms'
import type { Boot, HostMessage, Outcome, PageMessage, WechatCall } from '../wire'
import type { RequestRecord, ServerRecord, MiniProgramRecord } from '../record'
import type { PackedApp } from '../pack/packedApp'
import { scannedScene, scannedUrl, type ScannedCode } from '../scannedCode'
import { calmNetwork, type Control } from '../workbenchWire'
import { maskBody, maskText } from '../masking'
import { appKeyOf } from './appKey'
import { askEverything, createPersonSide } from './answers'
import type { Conditions } from './conditions'
import { createControls } from './controls'
import { createTemporaryFiles, type TemporaryFiles } from './files'
import { spellingOf } from './headers'
import { createNetwork, type Network } from './network'
import { createPageLine, type PageLine } from './pageLine'
import { createPermissions } from './permissions'
import { createRecords } from './records'
import type { SourceMaps } from './sourceMaps'
import type { Problem, MiniProgramOptions } from './miniProgramOptions'
import { connectStandIn } from './standIn'
import { createTokenWatch } from './tokenWatch'
import { createWechatClient } from './wechatClient'

/** WeChat's number for an app that was opened from the list of apps (WeChat: 场景值). */
const usualScene = 1001

/** What a mini-program runs. */
export interface RunnableApp extends SourceMaps {
  app: PackedApp
}

/** One mini-program as Node sees it: its network, WeChat's side, and the line to its page. */
export interface MiniProgram {
  readonly id: string
  /** See `PageLine`. */
  readonly line: PageLine['state']
  readonly files: TemporaryFiles
  readonly app: PackedApp
  readonly person: string
  /** See `SourceMaps`. */
  mapStack(text: string): string
  /** Everything that happened since the mini-program began. */
  readonly records: readonly MiniProgramRecord[]
  /** What of it was asked for over HTTP. */
  readonly requests: readonly RequestRecord[]
  /** Functions, open types and `<tag>`s for which nothing is modelled or prepared. */
  readonly unanswered: string[]
  /** Begins a new start of the page: earlier calls end, and nothing of them reaches it. */
  boot(): Boot
  /** Where the page starts next time. */
  startAt(at: string | ScannedCode): void
  receive(message: PageMessage): void
  /** Takes the content of an upload that follows its call. */
  takeContent(call: string, content: Uint8Array): void
  /** Takes what the person in front of the workbench wants. Rejects with an Error saying why not. */
  control(control: Control): Promise<void>
  /** A backend has called WeChat's servers about this person, or about nobody. */
  noteServerCall(call: ServerRecord): void
  /** Connects the page; what was said before is said now. Returns how to disconnect. */
  connect(send: (message: HostMessage) => void): () => void
  /** Notifies the page that another has taken its place. */
  replace(): void
  close(): void
}

/** The phone as it was ordered, with a default for every part. */
const phoneOf = ({
  platform = 'ios',
  sdkVersion = usualSdkVersion(platform),
  theme = 'light',
  language = 'zh_CN',
  fontScale = 1,
  hasBatteryFault = false,
  submitWithOpenType = 'both',
}: MiniProgramOptions) => ({
  platform,
  sdkVersion,
  theme,
  language,
  fontScale,
  hasBatteryFault,
  submitWithOpenType,
})

/** Makes a mini-program; `id` is part of addresses. */
export function createMiniProgram(
  id: string,
  { app, mapStack }: RunnableApp,
  options: MiniProgramOptions,
): MiniProgram {
  const phone = phoneOf(options)
  const { platform, sdkVersion } = phone
  const person = options.person ?? 'visitor'
  const appKey = appKeyOf(app)
  const files = createTemporaryFiles()
  const personSide = createPersonSide(options.personAnswers ?? askEverything)
  const standIn =
    options.wechat === undefined ? undefined : connectStandIn(options.wechat, options.unionid)
  const conditions: Conditions = {
    network: options.network ?? calmNetwork,
    alwaysUnauthorised: options.alwaysUnauthorised ?? false,
  }
  const line = createPageLine()
  const records = createRecords((record) => {
    if (options.isWatched) line.send({ type: 'record', record })
  })
  const unanswered: string[] = []
  /** `name` is that of what is not modelled, or was not prepared. */
  const noteProblem = ({ type, message, stack }: Problem, name?: string) => {
    if (name !== undefined) unanswered.push(name)
    const problem = {
      type,
      message: maskBody(message),
      ...(stack !== undefined && { stack: maskText(mapStack(stack)) }),
    }
    records.note({ kind: 'problem', ...problem })
    options.onProblem?.(problem)
  }
  const tokens = createTokenWatch(
    {
      onToken: (token) => records.note({ kind: 'token', ...token }),
      onFault: (message) => noteProblem({ type: 'error', message }),
    },
    options.backend,
  )
  const permissions = options.permissions ?? createPermissions(options.authSetting)
  const wechat = createWechatClient({
    side: options.side ?? personSide,
    standIn,
    person,
    platform,
    sdkVersion,
    files,
    permissions,
    onUnanswered(name) {
      const message = `${name} needs a scripted answer: see simulator/README.md, Driving it`
      noteProblem({ type: 'unanswered', message }, name)
    },
  })
  const openNetwork = () =>
    createNetwork({
      appId: app.appId,
      files,
      conditions,
      tokens,
      hideCodes: records.hideCodes,
      onRecord: (record) => records.put(record),
      headerSpelling: options.headerSpelling ?? spellingOf(platform),
      headerValues: options.headerValues ?? 'string',
      interruptAfter: options.interruptAfter ?? 5_000,
      ...(options.domains && { domains: options.domains }),
    })
  let network: Network = openNetwork()
  const startOf = (at: string | ScannedCode) =>
    typeof at === 'string'
      ? { url: at, scene: usualScene }
      : { url: scannedUrl(at, app.pages[0] ?? ''), scene: scannedScene }
  let start = startOf(options.code ?? options.url ?? '')

  // An answer may throw, above all that of a caller's own side; the call has to end all the same.
  const settle = async (
    id: string,
    api: string,
    outcome: Promise<Outcome>,
    onSettled?: (outcome: Outcome) => void,
  ) => {
    const { generation } = line
    const fail = (error: unknown): Outcome => ({ kind: 'fail', errMsg: `${api}:fail ${error}` })
    const settled = await outcome.catch(fail)
    onSettled?.(settled)
    line.send({ type: 'done', id, outcome: settled }, generation)
  }
  const askWechat = async (call: WechatCall): Promise<Outcome> => {
    const isAsked = call.api === 'getNetworkType' && conditions.network.offline
    return isAsked ? { kind: 'ok', result: { networkType: 'none' } } : wechat.call(call)
  }

  const control = createControls({
    person,
    personSide,
    conditions,
    tokens,
    standIn,
    permissions,
    onNetwork: (isConnected) => line.send({ type: 'network', isConnected }),
  })

  return {
    id,
    app,
    person,
    records: records.all,
    requests: records.requests,
    control,
    noteServerCall: (call) => records.put(call),
    get line() {
      return line.state
    },
    files,
    unanswered,
    mapStack,
    startAt(next) {
      start = startOf(next)
    },
    boot() {
      network.close()
      network = openNetwork()
      line.restart()
      const { generation } = line
      const terms = options.side ? options.side.next('requirePrivacyAuthorize', {}) : 'unknown'
      const willAgree = terms === undefined || terms === 'allow'
      const isPrivacyAgreed = permissions.isPrivacyAgreed || willAgree
      const boot: Boot = { id, appKey, person, generation, ...start, ...phone, isPrivacyAgreed }
      if (generation > 1) return boot
      return {
        ...boot,
        ...(options.isCleared && { isCleared: true }),
        ...(options.storage && { storage: options.storage }),
      }
    },
    takeContent: (call, content) => network.takeContent(call, content),
    receive(message) {
      const { generation } = line
      switch (message.type) {
        case 'abort':
          return network.abort(message.id)
        case 'visibility':
          return network.setVisible(message.visible)
        case 'life':
          return records.note({ kind: 'life', event: message.event, route: message.route })
        case 'file':
          return message.base64 === null
            ? files.remove(message.path)
            : files.put(message.path, Buffer.from(message.base64, 'base64'))
        case 'problem': {
          const { name, ...problem } = message.problem
          return noteProblem(problem, name)
        }
        case 'answered':
          return records.answered(message.api, message.errMsg)
        case 'wechat': {
          const { id, call } = message
          // With a choice it is the answer to a question that has its record.
          const onSettled = call.choice === undefined ? records.ask(call) : undefined
          return void settle(id, call.api, askWechat(call), onSettled)
        }
        case 'http': {
          const { id, call } = message
          const outcome = network.call(id, call, {
            onHeaders: (header, status) =>
              line.send({ type: 'headers', id, header, status }, generation),
            onChunk: (chunk) =>
              line.send({ type: 'chunk', id, base64: chunk.toString('base64') }, generation),
            onProgress: (done, total) =>
              line.send({ type: 'progress', id, done, total }, generation),
          })
          return void settle(id, call.api, outcome)
        }
      }
    },
    connect: line.connect,
    replace: line.replace,
    close() {
      tokens.close()
      network.close()
    },
  }
}
