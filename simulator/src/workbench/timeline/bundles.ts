import type { Demand } from './challenges'
import type { BundleItem, Durations, ExchangeItem } from './story'

/**
 * Puts ordinary requests of the same method and path that were under way together into one item:
 * first sendings and replays apart, and apart too where a sign-in ended between them, since those
 * sent after it carry another token. `exchanges` by their start.
 */
export function bundleExchanges(exchanges: readonly ExchangeItem[]): (ExchangeItem | BundleItem)[] {
  const signIns = exchanges
    .filter(({ purpose, end }) => purpose === 'signIn' && end !== undefined)
    .map(({ end }) => end!)
    .sort((a, b) => a - b)
  const open = new Map<string, { members: ExchangeItem[]; end: number }>()
  const groups: ExchangeItem[][] = []
  let signedIn = 0
  for (const exchange of exchanges) {
    while (signedIn < signIns.length && signIns[signedIn]! <= exchange.start) signedIn++
    if (exchange.purpose !== 'ordinary') {
      groups.push([exchange])
      continue
    }
    const { method, url } = exchange.record
    const isReplay = exchange.replayOf !== undefined
    const key = JSON.stringify([method, url.split('?')[0], isReplay, signedIn])
    const group = open.get(key)
    const end = exchange.end ?? Infinity
    if (group && exchange.start < group.end) {
      group.members.push(exchange)
      group.end = Math.max(group.end, end)
    } else {
      const members = [exchange]
      open.set(key, { members, end })
      groups.push(members)
    }
  }
  return groups.map((members) => (members.length > 1 ? bundleOf(members) : members[0]!))
}

function bundleOf(members: ExchangeItem[]): BundleItem {
  const first = members[0]!
  const ends = members.flatMap(({ end }) => end ?? [])
  const durations = durationsOf(members)
  return {
    kind: 'bundle',
    id: first.id,
    from: first.from,
    to: first.to,
    start: first.start,
    ...(ends.length === members.length && { end: Math.max(...ends) }),
    members,
    method: first.record.method,
    path: first.path,
    isReplay: first.replayOf !== undefined,
    outcomes: countOutcomes(members),
    demands: [...new Set(members.flatMap(({ demands }): Demand[] => demands))],
    ...(durations && { durations }),
    atOnce: mostAtOnce(members),
  }
}

function countOutcomes(members: readonly ExchangeItem[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { outcome } of members) {
    const name = outcome.kind === 'answered' ? String(outcome.status) : outcome.kind
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

function durationsOf(members: readonly ExchangeItem[]): Durations | undefined {
  const all = members
    .flatMap(({ start, end }) => (end === undefined ? [] : end - start))
    .sort((a, b) => a - b)
  if (all.length === 0) return undefined
  const middle = all.length / 2
  const median = (all[Math.floor(middle - 0.5)]! + all[Math.floor(middle)]!) / 2
  return { min: all[0]!, median, max: all.at(-1)! }
}

/** Where one ends as another is sent, the first has made room for it. */
function mostAtOnce(members: readonly ExchangeItem[]): number {
  const changes = members
    .filter(({ record }) => record.sentAt !== undefined)
    .flatMap(({ record, end }) => [
      { at: record.sentAt!, by: 1 },
      { at: end ?? Infinity, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by)
  let now = 0
  let most = 0
  for (const { by } of changes) {
    now += by
    most = Math.max(most, now)
  }
  return most
}
