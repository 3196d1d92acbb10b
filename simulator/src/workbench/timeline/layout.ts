import { lanes, type ExchangeItem, type Lane, type StoryItem } from './story'
import { fitText, textWidth } from './textFit'
import { createTimeAxis, type AxisBreak, type AxisEvent, type TimeAxis } from './timeAxis'

/** px, as everything here. */
export const headerHeight = 34
/** px */
export const labelSize = 12

/** What an item says as it begins, and as it ends. */
export interface ItemLabels {
  there: string
  back?: string
}

/** A text in its place; `x` is its left end, `y` its base line. */
export interface PlacedLabel {
  text: string
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

/** Lanes from left to right over a width of `width` px; the time is left of the first. */
function placeLanes(width: number): Record<Lane, number> {
  const first = 78
  const last = width - (width < 500 ? 30 : 56)
  const x = (index: number) => Math.round(first + ((last - first) * index) / (lanes.length - 1))
  return { app: x(0), wx: x(1), backend: x(2), wechat: x(3) }
}

/**
 * Puts items, by their start, into a picture `width` px wide. Each beginning and each end has a row
 * of its own, so labels never overlap; rows stay where they are when later items come.
 */
export function layOut(
  items: readonly StoryItem[],
  width: number,
  labelsOf: (item: StoryItem) => ItemLabels,
): TimelineLayout {
  const laneX = placeLanes(width)
  const events = items.flatMap(eventsOf)
  const axis = createTimeAxis(events, headerHeight)
  const height = axis.bottom + 28
  const freeSlot = createSlots()
  let event = 0
  const placed = items.map((item): PlacedItem => {
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
    const { there, back } = labelsOf(item)
    const indent = (item.kind === 'prompt' ? slot * slotWidth : 0) + 10
    const place = (text: string, at: number, before: number) =>
      placeLabel(text, fromX + indent + before, at - 6, width - 8)
    return {
      item,
      fromX,
      toX: bar.x,
      y,
      ...(endY !== undefined && { endY }),
      bar,
      there: place(there, y, 0),
      ...(back !== undefined &&
        endY !== undefined && { back: place(back, endY, isWarned(item) ? warningWidth : 0) }),
      ...(isBundle && { strokes: strokesOf(item.members, bar, axis, height) }),
    }
  })
  return {
    width,
    height,
    laneX,
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

const hasEnd = ({ kind, end }: StoryItem) => kind !== 'mark' && end !== undefined

/** Of things at the same time, ends come before beginnings, except an item's own. */
function eventsOf(item: StoryItem): AxisEvent[] {
  const start = { at: item.start, rank: 1, room: item.kind === 'bundle' ? 34 : 0 }
  if (!hasEnd(item)) return [start]
  return [start, { at: item.end!, rank: item.end === item.start ? 2 : 0, room: 0 }]
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

/** Left of its place where it would not end before `right`, and cut where even that is too little. */
function placeLabel(text: string, x: number, y: number, right: number): PlacedLabel {
  const fitted = fitText(text, labelSize, right - 8)
  const width = textWidth(fitted, labelSize)
  return { text: fitted, x: Math.max(8, Math.min(x, right - width)), y, width }
}

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
    return { from, to, x: appX - 9 - slot * 5 }
  })
}

/** The requests of an item. */
function exchangesIn(item: StoryItem): readonly ExchangeItem[] {
  if (item.kind === 'bundle') return item.members
  return item.kind === 'exchange' ? [item] : []
}
