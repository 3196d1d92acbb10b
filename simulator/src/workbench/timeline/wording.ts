import type { ShownChallenge } from './challenges'
import type { ItemLabels } from './layout'
import type { BundleItem, ExchangeItem, MarkItem, StoryItem, Summary } from './story'
import type { TimelineTexts } from './texts'

/** `84 ms`, `1.25 s`, `2 min 5 s`, `3 h 20 min`. */
export function formatDuration(ms: number): string {
  if (ms < 10) return `${Math.round(ms * 10) / 10} ms`
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`
  const seconds = Math.round(ms / 1_000)
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Time since the story's beginning, short enough for the margin: `84`, `1.204`, `2:05.1` (s). */
export function formatOffset(ms: number): string {
  if (ms < 60_000) return `${(ms / 1_000).toFixed(3)}`
  const minutes = Math.floor(ms / 60_000)
  return `${minutes}:${((ms % 60_000) / 1_000).toFixed(1).padStart(4, '0')}`
}

/** A challenge as it was sent, its parameters unquoted. */
export function challengeText({ scheme, params }: ShownChallenge): string {
  return [scheme, ...Object.entries(params).map(([name, value]) => `${name}=${value}`)].join(' ')
}

/** How a request ended: `200`, `401 getPhoneNumber`, `failed: timeout`. */
export function outcomeText(item: ExchangeItem, texts: TimelineTexts): string {
  const { outcome, record, challenges } = item
  const simulated = record.interference ? texts.interference[record.interference] : undefined
  switch (outcome.kind) {
    case 'running':
      return record.sentAt === undefined ? texts.queued : texts.running
    case 'failed':
      return simulated ?? [texts.failed, outcome.reason].filter(Boolean).join(': ')
    case 'answered': {
      const named = challenges.map(({ scheme, params }) =>
        params.error === undefined ? scheme : `${scheme} ${params.error}`,
      )
      const why = outcome.status === 401 ? named.join(', ') || texts.noChallenge : ''
      return [outcome.status, why, simulated].filter(Boolean).join(' ')
    }
  }
}

/** The texts beside an item's arrows. */
export function labelsOf(item: StoryItem, texts: TimelineTexts): ItemLabels {
  const took = item.end === undefined ? undefined : formatDuration(item.end - item.start)
  const running = (there: string) => (took === undefined ? `${there} · ${texts.running}` : there)
  const lines = (there: string, back: string): ItemLabels => ({
    there: running(there),
    ...(took !== undefined && { back: `${back} · ${took}` }),
  })
  switch (item.kind) {
    case 'exchange': {
      if (took === undefined)
        return { there: `${nameOf(item, texts)} · ${outcomeText(item, texts)}` }
      const wanted = demandText(item, texts)
      return lines(
        nameOf(item, texts),
        [outcomeText(item, texts), wanted].filter(Boolean).join(' → '),
      )
    }
    case 'bundle':
      return {
        there: running(nameOf(item, texts)),
        ...(took !== undefined && { back: bundleOutcome(item, texts) }),
      }
    case 'loginCode':
    case 'call':
      return lines(nameOf(item, texts), wechatOutcome(item, texts))
    case 'prompt':
      return lines(nameOf(item, texts), item.answer ? texts.answers[item.answer] : '')
    case 'server': {
      const { errcode } = item.record
      return lines(nameOf(item, texts), errcode ? `errcode ${errcode}` : texts.ok)
    }
    case 'mark':
      return { there: nameOf(item, texts) }
  }
}

/** What an item is, without how it went. */
export function nameOf(item: StoryItem, texts: TimelineTexts): string {
  switch (item.kind) {
    case 'exchange': {
      const what = `#${item.number} ${item.record.method} ${item.path}`
      const name = item.purpose === 'signIn' ? `${texts.login} ${what}` : what
      return item.replayOf === undefined ? name : `${name} ${texts.replayOf(item.replayOf)}`
    }
    case 'bundle': {
      const what = `${item.method} ${item.path} ×${item.members.length}`
      return item.isReplay ? `${what} ${texts.replay}` : what
    }
    case 'loginCode':
    case 'call':
      return `wx.${item.record.api}`
    case 'prompt':
      return `${item.record.api} · ${texts.asks}`
    case 'server':
      return item.record.endpoint
    case 'mark':
      return markText(item, texts)
  }
}

/** An item as one sentence, for screen readers. */
export function sentenceOf(item: StoryItem, texts: TimelineTexts): string {
  const { there, back } = labelsOf(item, texts)
  return [there, back]
    .filter((one) => one !== undefined)
    .join(', ')
    .replace(/ · /g, ', ')
    .replace(/↻ /g, '')
}

/** One figure above the picture. */
export interface Figure {
  of: keyof Summary
  name: string
  value: string
}

/** The figures above the picture: always the same ones, so that each keeps its place. */
export const figuresOf = (summary: Summary, texts: TimelineTexts): Figure[] =>
  (Object.keys(texts.summary) as (keyof Summary)[]).map((of) => ({
    of,
    name: texts.summary[of],
    value: of === 'duration' ? formatDuration(summary.duration) : String(summary[of]),
  }))

/** `100 × 401 → log in again · 12–140 ms`. */
function bundleOutcome(item: BundleItem, texts: TimelineTexts): string {
  const wanted = item.demands.map((one) => texts.demands[one]).join(', ')
  const counts = [...item.outcomes].map(([name, count]) => {
    const what =
      name === 'failed' ? texts.failedCount : name === 'running' ? texts.runningCount : name
    return `${count} × ${what}${name === '401' ? ` → ${wanted}` : ''}`
  })
  const spread = item.durations && formatSpread(item.durations.min, item.durations.max)
  return [...counts, spread].filter(Boolean).join(' · ')
}

function formatSpread(min: number, max: number): string {
  const [from, to] = [formatDuration(min), formatDuration(max)]
  if (from === to) return to
  const unit = / \S+$/.exec(to)?.[0] ?? ''
  return `${from.endsWith(unit) ? from.slice(0, -unit.length) : from}–${to}`
}

/** A login of one's own is asked for by 401s only; the demand is left out where the name says it. */
function demandText({ demands, purpose }: ExchangeItem, texts: TimelineTexts): string {
  if (purpose === 'signIn' && !demands.some((one) => one.startsWith('get'))) return ''
  return demands.map((one) => texts.demands[one]).join(', ')
}

function wechatOutcome(
  item: Extract<StoryItem, { kind: 'loginCode' | 'call' }>,
  texts: TimelineTexts,
): string {
  if (item.isOk) return item.kind === 'loginCode' ? 'code' : texts.ok
  const reason = item.record.errMsg?.replace(/^\w+:fail ?/, '')
  return [texts.failed, reason].filter(Boolean).join(': ')
}

function markText({ record }: MarkItem, texts: TimelineTexts): string {
  switch (record.kind) {
    case 'life':
      return `${texts.life[record.event]} ${record.route}`
    case 'problem':
      return `${texts.problem[record.type]}: ${record.message}`
    case 'token':
      return texts.tokenEnded
  }
}
