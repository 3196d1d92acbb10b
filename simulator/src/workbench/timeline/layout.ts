import type { ExchangeItem, Lane, StoryItem } from './story'
import { textWidth, wrapText } from './textFit'
import { createTimeAxis, type AxisBreak, type AxisEvent, type TimeAxis } from './timeAxis'

/** px, as everything here. */
export const headerHeight = 34
/** Right end of the times. */
export const timeX = 44
/** px */
export const labelSize = 12
/** px from one line of a label to the next. */
export const lineHeight = 14

/** What an item says as it begins, and as it ends. */
export interface ItemLabels {
  there: string
  back?: string
}

/** A text in its place; `x` is its left end, `y` the base line of its first line. */
export interface PlacedLabel {
  lines: string[]
  x: number
  y: number
  width: number
}

/** An item in its place. */
export interface PlacedItem {
  item: StoryItem
  /** Where its first arrow starts and ends. */
  fromX: number
  toX: number
  /** y of its beginning, and of its end where it has one. */
  y: number
  endY?: number
  bar: { x: number; y: number; width: number; height: number }
  there: PlacedLabel
  back?: PlacedLabel
  /** One stroke for each member of a bundle, from leaving the queue to the end. */
  strokes?: { x: number; y: number; height: number }[]
}

/** The line from a 401 to the request that is sent again for it. */
export interface PlacedLink {
  from: number
  to: number
  x: number
}

/** The whole picture. */
export interface TimelineLayout {
  width: number
  height: number
  laneX: Record<Lane, number>
  /** Where texts begin, right of all lanes. */
  labelX: number
  items: PlacedItem[]
  links: PlacedLink[]
  breaks: AxisBreak[]
}

const bundleWidth = 44
const barWidth = 9
const slotWidth = 6
const slots = 5
const warningWidth = 18
const linkSlots = 3
/** Lines of a label at most. */
const mostLines = 4
const rightMargin = 8
/** Room for the bars of the last lane. */
const barsWidth = 24
/** From the first lane to each, in px of a narrow picture: as near as their names allow. */
const laneOffsets: Record<Lane, number> = { app: 0, wx: 36, backend: 82, wechat: 142 }

/** Lanes from left to right; the time is left of the first, texts are right of the last. */
function placeLanes(width: number): Record<Lane, number> {
  const first = 66
  const scale = Math.min(1.6, Math.max(1, width / 420))
  const x = (lane: Lane) => Math.round(first + laneOffsets[lane] * scale)
  return { app: x('app'), wx: x('wx'), backend: x('backend'), wechat: x('wechat') }
}

/**
 * Puts items, by their start, into a picture `width` px wide. Each beginning and each end has a row
 * of its own, and its text is right of all lanes, so texts cross neither lanes nor each other; rows
 * stay where they are when later items come.
 */
export function layOut(
  items: readonly StoryItem[],
  width: number,
  labelsOf: (item: StoryItem) => ItemLabels,
): TimelineLayout {
  const laneX = placeLanes(width)
  const labelX = laneX.wechat + barsWidth
  const texts = items.map((item) => {
    const { there, back } = labelsOf(item)
    const wrap = (text: string, indent = 0) =>
      wrapText(text, labelSize, width - rightMargin - labelX - indent, mostLines)
    return {
      there: wrap(there),
      back: back === undefined ? undefined : wrap(back, indentOf(item)),
    }
  })
  const events = items.flatMap((item, index) => eventsOf(item, texts[index]!))
  const axis = createTimeAxis(events, headerHeight)
  const height = axis.bottom + 28
  const freeSlot = createSlots()
  let event = 0
  const placed = items.map((item, index): PlacedItem => {
    const y = axis.ys[event++]!
    const endY = hasEnd(item) ? axis.ys[event++]! : undefined
    const lane = item.kind === 'prompt' ? 'app' : item.to
    const slot = item.kind === 'mark' ? 0 : freeSlot(lane, y, endY ?? height)
    const isBundle = item.kind === 'bundle'
    // A call of the backend leaves from the edge of its bar.
    const fromX = laneX[item.from] + (item.kind === 'server' ? barWidth / 2 : 0)
    const bar = {
      x: laneX[lane] - barWidth / 2 + slot * slotWidth - (isBundle ? bundleWidth / 2 : 0),
      y,
      width: isBundle ? bundleWidth : barWidth,
      height: item.kind === 'mark' ? 0 : (endY ?? height) - y,
    }
    const { there, back } = texts[index]!
    return {
      item,
      fromX,
      toX: bar.x,
      y,
      ...(endY !== undefined && { endY }),
      bar,
      there: placeLabel(there, labelX, y),
      ...(back !== undefined &&
        endY !== undefined && { back: placeLabel(back, labelX + indentOf(item), endY) }),
      ...(isBundle && { strokes: strokesOf(item.members, bar, axis, height) }),
    }
  })
  return {
    width,
    height,
    laneX,
    labelX,
    items: placed,
    links: linksOf(placed, axis, laneX.app),
    breaks: axis.breaks,
  }
}

/** Whether an item ends with something that has to be noticed: a 401, a failure, a refusal. */
export function isWarned(item: StoryItem): boolean {
  switch (item.kind) {
    case 'exchange':
      return item.outcome.kind === 'failed' || item.record.status === 401
    case 'bundle':
      return item.outcomes.has('401') || item.outcomes.has('failed')
    case 'loginCode':
    case 'call':
      return item.isOk === false
    case 'prompt':
      return item.answer === 'refused'
    case 'server':
      return Boolean(item.record.errcode)
    case 'mark':
      return false
  }
}

/** The sign in front of the text of its end. */
const indentOf = (item: StoryItem) => (isWarned(item) ? warningWidth : 0)

const hasEnd = ({ kind, end }: StoryItem) => kind !== 'mark' && end !== undefined

/** Of things at the same time, ends come before beginnings, except an item's own. */
function eventsOf(
  item: StoryItem,
  { there, back }: { there: string[]; back: string[] | undefined },
): AxisEvent[] {
  const below = (lines: string[] = []) => Math.max(0, lines.length - 1) * lineHeight
  const bundle = item.kind === 'bundle' ? 34 : 0
  const start = { at: item.start, rank: 1, room: Math.max(below(there), bundle) }
  if (!hasEnd(item)) return [start]
  const rank = item.end === item.start ? 2 : 0
  return [start, { at: item.end!, rank, room: below(back) }]
}

/** Bars side by side on a lane; beyond five they overlap. */
function createSlots() {
  const ends: Record<Lane, number[]> = { app: [], wx: [], backend: [], wechat: [] }
  return (lane: Lane, from: number, to: number): number => {
    const taken = ends[lane]
    const free = taken.findIndex((end) => end <= from)
    const slot = free >= 0 ? free : Math.min(taken.length, slots - 1)
    taken[slot] = Math.max(to, taken[slot] ?? 0)
    return slot
  }
}

/** Beside the row at `rowY`. */
const placeLabel = (lines: string[], x: number, rowY: number): PlacedLabel => ({
  lines,
  x,
  y: rowY + 4,
  width: Math.max(...lines.map((line) => textWidth(line.trimEnd(), labelSize))),
})

function strokesOf(
  members: readonly ExchangeItem[],
  bar: PlacedItem['bar'],
  axis: TimeAxis,
  bottom: number,
) {
  const step = (bar.width - 6) / Math.max(1, members.length - 1)
  return members.flatMap(({ record: { sentAt }, end }, index) => {
    if (sentAt === undefined) return []
    const y = axis.yAt(sentAt)
    const height = Math.max(1, (end === undefined ? bottom : axis.yAt(end)) - y)
    return { x: bar.x + 3 + index * step, y, height }
  })
}

function linksOf(placed: readonly PlacedItem[], axis: TimeAxis, appX: number): PlacedLink[] {
  const endedAt = new Map<number, number>()
  for (const exchange of placed.flatMap(({ item }) => exchangesIn(item))) {
    if (exchange.end !== undefined) endedAt.set(exchange.number, exchange.end)
  }
  const ends = new Array<number>(linkSlots).fill(-Infinity)
  return placed.flatMap(({ item, y: to }) => {
    const originals = exchangesIn(item).flatMap(({ replayOf }) => endedAt.get(replayOf ?? 0) ?? [])
    if (originals.length === 0) return []
    const from = Math.min(axis.yAt(Math.min(...originals)), to)
    const free = ends.findIndex((end) => end <= from)
    const slot = free >= 0 ? free : linkSlots - 1
    ends[slot] = to
    return { from, to, x: appX - 9 - slot * 4 }
  })
}

/** The requests of an item. */
function exchangesIn(item: StoryItem): readonly ExchangeItem[] {
  if (item.kind === 'bundle') return item.members
  return item.kind === 'exchange' ? [item] : []
}
