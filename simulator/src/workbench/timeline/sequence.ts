import type { RequestRecord, ServerRecord, MiniProgramRecord, WechatRecord } from '../../record'
import { bundleExchanges } from './bundles'
import { challengesOf, demandsOf } from './challenges'
import { pairReplays, type PersonReply } from './replays'
import type {
  CallItem,
  ExchangeItem,
  LoginCodeItem,
  MarkItem,
  PromptItem,
  Purpose,
  RequestOutcome,
  ServerItem,
  Story,
  StoryItem,
  Summary,
} from './story'

/**
 * What the records tell: every login, request, 401, prompt and replay, by their start. Where a
 * record was sent again, only its last form may be among them.
 */
export function tellStory(records: readonly MiniProgramRecord[]): Story {
  const exchanges = exchangesOf(records)
  const others = records.flatMap((record) => otherItem(record) ?? [])
  const items = [...bundleExchanges(exchanges), ...others].sort((a, b) => a.start - b.start)
  return { items, summary: sum(items, exchanges) }
}

function exchangesOf(records: readonly MiniProgramRecord[]): ExchangeItem[] {
  const requests = records
    .filter((record): record is RequestRecord => record.kind === 'request')
    .sort((a, b) => a.queuedAt - b.queuedAt)
  const codes = records.flatMap((record) => (record.kind === 'wechat' && record.code) || [])
  const exchanges = requests.map((record, index) => exchangeItem(record, index + 1, codes))
  for (const [replay, original] of pairReplays(requests, repliesIn(records))) {
    exchanges[replay]!.replayOf = original + 1
    exchanges[original]!.replayedBy = replay + 1
  }
  return exchanges
}

/** By WeChat's dialogues, and by submits: a form for the profile has no dialogue. */
function repliesIn(records: readonly MiniProgramRecord[]): PersonReply[] {
  return records.flatMap((record): PersonReply[] => {
    if (record.kind === 'request') {
      const { status = 0, endedAt, url } = record
      const isGiven = endedAt !== undefined && status >= 200 && status < 300
      return isGiven && isSubmit(pathOf(url)) ? [{ how: 'gave', at: endedAt }] : []
    }
    const item = record.kind === 'wechat' ? wechatItem(record) : undefined
    if (item?.kind !== 'prompt' || item.end === undefined) return []
    return [{ how: item.answer === 'allowed' ? 'gave' : 'declined', at: item.end }]
  })
}

const isSubmit = (path: string) => /\/auth\/(user-info|phone-number|avatar)$/.test(path)

function exchangeItem(
  record: RequestRecord,
  number: number,
  codes: readonly string[],
): ExchangeItem {
  const path = pathOf(record.url)
  const challenges = record.status === 401 ? challengesOf(record) : []
  return {
    kind: 'exchange',
    id: record.id,
    from: 'app',
    to: 'backend',
    start: record.queuedAt,
    ...(record.endedAt !== undefined && { end: record.endedAt }),
    record,
    purpose: purposeOf(record, path, codes),
    number,
    path,
    outcome: outcomeOf(record),
    challenges,
    demands: record.status === 401 ? demandsOf(challenges) : [],
  }
}

/** The path of an address without origin and query; what is no address stays as it is. */
function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split(/[?#]/)[0] || '/'
}

/** By the addresses of the contract; a request that carries a login code is a sign-in at any backend. */
function purposeOf(record: RequestRecord, path: string, codes: readonly string[]): Purpose {
  if (path.endsWith('/auth/login')) return 'signIn'
  if (isSubmit(path)) return 'submit'
  if (path.endsWith('/auth/logout')) return 'signOut'
  return carriesOne(record, codes) ? 'signIn' : 'ordinary'
}

function carriesOne(record: RequestRecord, codes: readonly string[]): boolean {
  if (/^wxlogin\b/i.test(record.requestHeaders.authorization ?? '')) return true
  if (codes.length === 0) return false
  const sent = [record.url, record.requestBody ?? '', ...Object.values(record.requestHeaders)]
  return codes.some((code) => sent.some((text) => text.includes(code)))
}

function outcomeOf({ status, errMsg, endedAt }: RequestRecord): RequestOutcome {
  if (endedAt === undefined) return { kind: 'running' }
  const failed = errMsg !== undefined && !/^\w+:ok/.test(errMsg)
  if (failed || status === undefined) {
    return { kind: 'failed', reason: (errMsg ?? '').replace(/^\w+:fail ?/, '') }
  }
  return { kind: 'answered', status }
}

function otherItem(record: MiniProgramRecord): StoryItem | undefined {
  switch (record.kind) {
    case 'request':
      return undefined
    case 'wechat':
      return wechatItem(record)
    case 'server':
      return serverItem(record)
    case 'life':
    case 'problem':
      return markItem(record)
    case 'token':
      return record.tokenState === null ? markItem(record) : undefined
  }
}

function wechatItem(record: WechatRecord): LoginCodeItem | PromptItem | CallItem {
  const { id, askedAt: start, endedAt, errMsg } = record
  const ended = endedAt === undefined ? undefined : /^\w+:ok/.test(errMsg ?? '')
  const end = endedAt === undefined ? {} : { end: endedAt }
  const call = { id, from: 'app', to: 'wx', start, ...end, record } as const
  if (record.isOpenType || record.shownAt !== undefined) {
    if (ended === undefined) return { kind: 'prompt', ...call }
    return { kind: 'prompt', ...call, answer: ended ? 'allowed' : 'refused' }
  }
  const kind = record.api === 'login' ? 'loginCode' : 'call'
  return { kind, ...call, ...(ended !== undefined && { isOk: ended }) }
}

function serverItem(record: ServerRecord): ServerItem {
  const { id, startedAt: start, endedAt } = record
  const end = endedAt === undefined ? {} : { end: endedAt }
  return { kind: 'server', id, from: 'backend', to: 'wechat', start, ...end, record }
}

function markItem(record: MarkItem['record']): MarkItem {
  const { id, at } = record
  return { kind: 'mark', id, from: 'app', to: 'app', start: at, end: at, record }
}

function sum(items: readonly StoryItem[], exchanges: readonly ExchangeItem[]): Summary {
  const prompts = items.filter(({ kind }) => kind === 'prompt').length
  const refusedCalls = items.filter((one) => one.kind === 'server' && one.record.errcode).length
  let last = -Infinity
  for (const { start, end } of items) last = Math.max(last, end ?? start)
  return {
    logins: exchanges.filter(({ purpose }) => purpose === 'signIn').length,
    requests: exchanges.length,
    refused: exchanges.filter(({ record }) => record.status === 401).length,
    replays: exchanges.filter(({ replayOf }) => replayOf !== undefined).length,
    prompts,
    failures: exchanges.filter(({ outcome }) => outcome.kind === 'failed').length + refusedCalls,
    duration: items.length === 0 ? 0 : last - items[0]!.start,
  }
}
