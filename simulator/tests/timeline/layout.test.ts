import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  labelSize,
  layOut,
  lineHeight,
  timeX,
  type TimelineLayout,
} from '../../src/workbench/timeline/layout'
import { tellStory } from '../../src/workbench/timeline/sequence'
import { lanes } from '../../src/workbench/timeline/story'
import { timelineTexts, type TimelineLanguage } from '../../src/workbench/timeline/texts'
import { textWidth } from '../../src/workbench/timeline/textFit'
import { breakAfter, rowHeight } from '../../src/workbench/timeline/timeAxis'
import { labelsOf } from '../../src/workbench/timeline/wording'
import * as recordings from './records'

const draw = (
  records: Parameters<typeof tellStory>[0],
  width = 640,
  language: TimelineLanguage = 'zh',
): TimelineLayout =>
  layOut(tellStory(records).items, width, (item) => labelsOf(item, timelineTexts[language]))
/** Of a window of 390 px, and of one of 1,280 px beside the phone and the panels. */
const usualWidths = [375, 496]
const widths = [340, ...usualWidths, 640, 900, 1_200]
const stories = Object.entries({
  'a launch': recordings.guestLaunch(),
  'a booking': recordings.bookingWithPhone(),
  'a burst': recordings.burst(),
  failures: recordings.offlineFailures(),
  'always 401': recordings.alwaysUnauthorised(),
})
/** px left of the app's lane in which lines lead from a 401 to its replay. */
const linkRoom = 17
const labels = ({ items }: TimelineLayout) =>
  items.flatMap(({ there, back }) => (back ? [there, back] : [there])).sort((a, b) => a.y - b.y)

function expectReadable(layout: TimelineLayout): void {
  const all = labels(layout)
  const lanes = Math.max(...layout.items.map(({ bar }) => bar.x + bar.width), layout.laneX.wechat)
  all.forEach(({ lines, x, y, width }, index) => {
    expect(x).toBeGreaterThanOrEqual(lanes)
    expect(x + width).toBeLessThanOrEqual(layout.width)
    const bottom = y + (lines.length - 1) * lineHeight
    const next = all[index + 1]
    if (next) expect(next.y - bottom).toBeGreaterThanOrEqual(rowHeight)
    else expect(bottom).toBeLessThan(layout.height)
    for (const pause of layout.breaks) {
      const isAbove = pause.y < y - labelSize
      const isBelow = pause.y - labelSize / 2 > bottom
      expect(isAbove || isBelow).toBe(true)
    }
  })
}

it.each(stories.flatMap(([name, records]) => widths.map((width) => ({ name, records, width }))))(
  'draws $name at $width px with no label on another, on a lane or outside',
  ({ records, width }) => expectReadable(draw(records, width)),
)

it.each(
  stories.flatMap(([name, records]) =>
    (['zh', 'en'] as const).flatMap((language) =>
      usualWidths.map((width) => ({ name, records, language, width })),
    ),
  ),
)('cuts no label of $name at $width px in $language', ({ records, language, width }) => {
  const cut = labels(draw(records, width, language)).filter(({ lines }) =>
    lines.at(-1)!.endsWith('…'),
  )
  expect(cut).toEqual([])
})

it.each(widths)('keeps the names of the lanes apart at %i px, in both languages', (width) => {
  const { laneX, labelX } = draw(recordings.guestLaunch(), width)
  for (const { lanes: names } of Object.values(timelineTexts)) {
    const ends = lanes.map((lane) => {
      // The names are bold.
      const half = (textWidth(names[lane], labelSize) * 1.1) / 2
      return { left: laneX[lane] - half, right: laneX[lane] + half }
    })
    ends.forEach(({ left }, at) => expect(left).toBeGreaterThan(ends[at - 1]?.right ?? timeX))
    expect(laneX.app - linkRoom).toBeGreaterThan(timeX)
    expect(labelX).toBeGreaterThan(laneX.wechat)
  }
})

it('draws lanes from left to right and the arrows between them', () => {
  for (const width of widths) {
    const { laneX, items } = draw(recordings.guestLaunch(), width)
    const xs = [laneX.app, laneX.wx, laneX.backend, laneX.wechat]
    expect(xs).toEqual([...new Set(xs)].sort((a, b) => a - b))
    const login = items.find(({ item }) => item.kind === 'exchange')!
    expect(login.fromX).toBe(laneX.app)
    expect(Math.abs(login.toX - laneX.backend)).toBeLessThan(10)
  }
})

it('breaks the axis where nothing happens, and says for how long', () => {
  const notes = recordings.createNotes()
  notes.life('page', 'src/pages/home/home', 0)
  notes.life('hide', 'src/pages/home/home', breakAfter - 1)
  notes.life('show', 'src/pages/home/home', 60_000)
  const { breaks, items } = draw(notes.records)
  expect(breaks.map(({ length }) => length)).toEqual([60_000 - breakAfter + 1])
  const [first, second, third] = items.map(({ y }) => y)
  expect(third! - second!).toBeLessThan(third!)
  expect(Math.abs(third! - second! - (second! - first!))).toBeLessThan(1)
})

it('ties each bundle of replays to the requests it sends again', () => {
  const { links, items } = draw(recordings.burst())
  const [refused, replays] = items.filter(({ item }) => item.kind === 'bundle')
  expect(links).toHaveLength(1)
  expect(links[0]!.to).toBe(replays!.y)
  expect(links[0]!.from).toBeGreaterThan(refused!.y)
  expect(links[0]!.from).toBeLessThanOrEqual(refused!.endY!)
})

it('draws a stroke for each request of a bundle, ten at once', () => {
  const { items } = draw(recordings.burst())
  const [first] = items.filter(({ item }) => item.kind === 'bundle')
  const tops = new Set(first!.strokes!.map(({ y }) => Math.round(y)))
  expect(first!.strokes).toHaveLength(100)
  expect(tops.size).toBe(10)
})

it('leaves what has not ended open to the bottom', () => {
  const layout = draw(recordings.offlineFailures())
  const last = layout.items.at(-1)!
  expect(last.endY).toBeUndefined()
  expect(last.bar.y + last.bar.height).toBe(layout.height)
})

const events = fc.array(
  fc.record({
    path: fc.constantFrom('/a', '/b', '/auth/login', `/${'很长的地址'.repeat(20)}`),
    at: fc.integer({ min: 0, max: 20_000 }),
    took: fc.option(fc.integer({ min: 0, max: 4_000 })),
    status: fc.constantFrom(200, 401),
  }),
  { maxLength: 40 },
)
const written = (requests: recordings.WrittenRequest[]) => {
  const notes = recordings.createNotes()
  for (const request of requests) notes.request(request)
  return notes.records
}

it('lets no two labels overlap, whatever happened', () => {
  fc.assert(
    fc.property(events, fc.constantFrom(...widths), (requests, width) => {
      expectReadable(draw(written(requests), width))
    }),
  )
})

it('keeps the order of time, and every row in its place when more happens later', () => {
  fc.assert(
    fc.property(events, (requests) => {
      const before = written(requests.map((one) => ({ ...one, took: one.took ?? 5 })))
      const ys = draw(before).items.map(({ y }) => y)
      expect(ys).toEqual([...ys].sort((a, b) => a - b))
      const after = written([
        ...requests.map((one) => ({ ...one, took: one.took ?? 5 })),
        { path: '/later', at: 30_000 },
      ])
      expect(
        draw(after)
          .items.slice(0, -1)
          .map(({ y }) => y),
      ).toEqual(ys)
    }),
  )
})
