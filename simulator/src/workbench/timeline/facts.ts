import type { Durations, StoryItem } from './story'
import type { TimelineTexts } from './texts'
import { challengeText, formatDuration, formatOffset, labelsOf, outcomeText } from './wording'

/** Name and value of what there is to know about an item, beside headers and bodies. */
export function factsOf(
  item: StoryItem,
  began: number,
  texts: TimelineTexts,
): [name: string, value: string][] {
  const { details } = texts
  const clock = new Date(item.start).toLocaleTimeString('en-GB')
  const facts: [string, string][] = [
    [details.began, `${clock} (+${formatOffset(item.start - began)} s)`],
  ]
  if (item.kind !== 'mark') {
    const took = item.end === undefined ? texts.running : formatDuration(item.end - item.start)
    facts.push([details.total, took])
  }
  facts.push(...ownFacts(item, texts))
  return facts
}

function ownFacts(item: StoryItem, texts: TimelineTexts): [string, string][] {
  const { details } = texts
  switch (item.kind) {
    case 'exchange': {
      const replayed = item.replayedBy === undefined ? [] : [texts.replayedBy(item.replayedBy)]
      return [
        [details.address, item.record.url],
        [details.outcome, [outcomeText(item, texts), ...replayed].join(' · ')],
        ...item.challenges.map((one): [string, string] => [details.challenges, challengeText(one)]),
      ]
    }
    case 'bundle':
      return [
        [details.outcome, labelsOf(item, texts).back ?? texts.running],
        ...(item.durations ? [pair(details.durations, spreadOf(item.durations, texts))] : []),
        [details.atOnce, String(item.atOnce)],
      ]
    case 'prompt': {
      const { shownAt, askedAt, errMsg } = item.record
      const shown =
        shownAt === undefined ? details.noDialogue : `+${formatDuration(shownAt - askedAt)}`
      return [[details.shown, shown], ...(errMsg ? [pair(details.message, errMsg)] : [])]
    }
    case 'loginCode':
    case 'call':
      return item.record.errMsg ? [[details.message, item.record.errMsg]] : []
    case 'server':
      return item.record.errcode ? [[details.errcode, String(item.record.errcode)]] : []
    case 'mark':
      return markFacts(item.record, texts)
  }
}

const spreadOf = ({ min, median, max }: Durations, { details }: TimelineTexts) =>
  details.spread(formatDuration(min), formatDuration(median), formatDuration(max))

function markFacts(
  record: Extract<StoryItem, { kind: 'mark' }>['record'],
  { details, tokenEnded }: TimelineTexts,
): [string, string][] {
  switch (record.kind) {
    case 'life':
      return [[details.route, record.route]]
    case 'problem':
      return [
        [details.message, record.message],
        ...(record.stack ? [pair(details.stack, record.stack)] : []),
      ]
    case 'token':
      return [[details.message, tokenEnded]]
  }
}

const pair = (name: string, value: string): [string, string] => [name, value]
