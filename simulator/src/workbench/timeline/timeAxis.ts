/** px between two neighbouring rows at least. */
export const rowHeight = 30
/** Where nothing happens for so many ms, the axis is broken. */
export const breakAfter = 1_500

const pxPerMs = 0.03

/** Something that needs a row of its own. */
export interface AxisEvent {
  /** ms since 1970. */
  at: number
  /** Order among events of the same time. */
  rank: number
  /** px between this row and the next one, beside what the time takes. */
  room: number
}

/** A stretch of time that is drawn shorter than it was. */
export interface AxisBreak {
  y: number
  /** ms */
  length: number
}

/** Time on its way down the page. */
export interface TimeAxis {
  /** y of each event, in the order in which they were given. */
  ys: number[]
  breaks: AxisBreak[]
  /** y of any time; between two events by their distance. */
  yAt(time: number): number
  bottom: number
}

/**
 * Assigns a row to every event, in the order of time, at least `rowHeight` apart; more where more
 * time passed, up to `breakAfter`. A row's y depends on earlier events only, so no drawn row moves
 * while it grows.
 */
export function createTimeAxis(events: readonly AxisEvent[], top: number): TimeAxis {
  const order = events.map((_, index) => index)
  order.sort((a, b) => events[a]!.at - events[b]!.at || events[a]!.rank - events[b]!.rank || a - b)
  const ys = new Array<number>(events.length).fill(top)
  const breaks: AxisBreak[] = []
  const times: number[] = []
  const rows: number[] = []
  let y = top
  order.forEach((index, place) => {
    const event = events[index]!
    const before = place === 0 ? undefined : events[order[place - 1]!]!
    const passed = before ? event.at - before.at : 0
    const gap = rowHeight + (before?.room ?? 0) + Math.min(passed, breakAfter) * pxPerMs
    // The text of the row before it takes `room`.
    if (passed >= breakAfter)
      breaks.push({ y: y + ((before?.room ?? 0) + gap) / 2, length: passed })
    y += gap
    ys[index] = y
    times.push(event.at)
    rows.push(y)
  })
  const last = order.at(-1)
  y += last === undefined ? 0 : events[last]!.room
  return { ys, breaks, bottom: y, yAt: (time) => interpolate(times, rows, time) ?? top }
}

function interpolate(times: number[], rows: number[], time: number): number | undefined {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! < time) low = middle + 1
    else high = middle
  }
  if (low === 0 || low === times.length || times[low] === time) {
    return rows[Math.min(low, times.length - 1)]
  }
  const part = (time - times[low - 1]!) / (times[low]! - times[low - 1]!)
  return rows[low - 1]! + part * (rows[low]! - rows[low - 1]!)
}
