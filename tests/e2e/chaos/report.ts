// Sessions in figures.
import { faultKinds } from './faults'
import { countOf, type Wish } from './ledger'
import type { Session } from './session'

const sum = (sessions: readonly Session[], of: (session: Session) => number) =>
  sessions.reduce((total, session) => total + of(session), 0)

/** Rows for `printTable`. */
export function figuresOf(sessions: readonly Session[]): string[][] {
  const requests = sessions.flatMap((session) => session.requests)
  const owners = sum(sessions, ({ held }) => held.size)
  const rows: [string, number][] = [
    ['sessions', sessions.length],
    ['people', owners],
    ['actions', sum(sessions, ({ actions }) => actions)],
    ['requests', requests.length],
    ['requests with a fault', requests.filter(({ fault }) => fault).length],
    ...faultKinds.map((kind): [string, number] => [
      `  ${kind}`,
      requests.filter(({ fault }) => fault === kind).length,
    ]),
    ['bookings wished for', sum(sessions, ({ wishes }) => wishes.size)],
    ['bookings held', sum(sessions, ({ held }) => [...held.values()].flat().length)],
    ['violations', sum(sessions, ({ violations }) => violations.length)],
  ]
  return [['', ''], ...rows.map(([name, count]) => [name, count.toLocaleString('en')])]
}

/** What was told last of each booking, against how often the backend holds it; rows for `printTable`. */
export function toldAndHeld(sessions: readonly Session[]): string[][] {
  const table = new Map<string, [none: number, one: number, more: number]>(
    ['done', 'unknown', 'not booked', 'nothing'].map((told) => [told, [0, 0, 0]]),
  )
  for (const { wishes, held } of sessions) {
    for (const wish of wishes.values()) {
      const count = countOf(wish.address, held.get(wish.owner) ?? [])
      table.get(lastWordOf(wish))![Math.min(count, 2)]! += 1
    }
  }
  return [
    ['told', 'not held', 'held once', 'more often'],
    ...[...table].map(([told, counts]) => [told, ...counts.map(String)]),
  ]
}

const lastWordOf = ({ told }: Wish) => told ?? 'nothing'
