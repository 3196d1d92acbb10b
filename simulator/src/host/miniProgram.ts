import type { Boot, HostMessage, Outcome, PageMessage, WechatCall } from '../wire'
import type { RequestRecord, ServerRecord, MiniProgramRecord } from '../record'
import type { PackedApp } from '../pack/packedApp'
import type { ScannedCode } from '../scannedCode'
import { calmNetwork, type Control } from '../workbenchWire'
import { maskBody, maskText } from '../masking'
import { askEverything, createPersonSide } from './answers'
import type { Conditions } from './conditions'
import { createControls } from './controls'
import { createTemporaryFiles, type TemporaryFiles } from './files'
import { spellingOf } from './headers'
import { createNetwork, type Network } from './network'
import { createPageLine, type PageLine } from './pageLine'
import { createPermissions } from './permissions'
import { createReceiver } from './receiver'
import { createRecords } from './records'
import type { SourceMaps } from './sourceMaps'
import type { Problem, MiniProgramOptions } from './miniProgramOptions'
import { connectStandIn } from './standIn'
import { createStarts, phoneOf } from './starts'
import { createTokenWatch } from './tokenWatch'
import { createWechatClient } from './wechatClient'

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

/** Makes a mini-program; `id` is part of addresses. */
export function createMiniProgram(
  id: string,
  { app, mapStack }: RunnableApp,
  options: MiniProgramOptions,
): MiniProgram {
  const phone = phoneOf(options)
  const { platform, sdkVersion } = phone
  const person = options.person ?? 'visitor'
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
  const starts = createStarts({ id, app, person, phone, permissions, options })
  const askWechat = async (call: WechatCall): Promise<Outcome> => {
    const isAsked = call.api === 'getNetworkType' && conditions.network.offline
    return isAsked ? { kind: 'ok', result: { networkType: 'none' } } : wechat.call(call)
  }

  const receive = createReceiver({
    line,
    records,
    files,
    network: () => network,
    askWechat,
    noteProblem,
  })

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
    startAt: starts.at,
    boot() {
      network.close()
      network = openNetwork()
      line.restart()
      return starts.boot(line.generation)
    },
    takeContent: (call, content) => network.takeContent(call, content),
    receive,
    connect: line.connect,
    replace: line.replace,
    close() {
      tokens.close()
      network.close()
    },
  }
}
