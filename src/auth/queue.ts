/** Places on the wire, given out in the order of the requests. */
export interface Queue<Item> {
  /** Waits for a place. `again`: it has had one before, and goes ahead of those that have not. */
  enter(item: Item, again: boolean): Place<Item>
  /** Gives the place up, whether it was reached or not. */
  leave(place: Place<Item>): void
}

/** What an item of the queue holds. `left`: it was given up. */
export interface Place<Item> {
  is: 'waiting' | 'in' | 'left'
  readonly item: Item
  /** Whether it was not its turn at once. */
  readonly waited: boolean
  readonly lane: Lane<Item>
  before: Link<Item>
  after: Link<Item>
}

/** A ring of the places that wait, so that any of them leaves at the same cost. */
interface Lane<Item> {
  before: Link<Item>
  after: Link<Item>
  length: number
}

type Link<Item> = Place<Item> | Lane<Item>

/**
 * @param places how many there are, asked whenever one may be given out
 * @param admit is called with each place that is reached, once, later than it was waited for
 */
export function createQueue<Item>(
  places: () => number,
  admit: (place: Place<Item>) => void,
): Queue<Item> {
  const [replays, newcomers] = [createLane<Item>(), createLane<Item>()]
  let taken = 0
  let state: 'idle' | 'scheduled' = 'idle'

  /** Later, in one go: requests that are aborted in the same breath are not sent. */
  function schedule(): void {
    if (state === 'scheduled' || !first()) return
    state = 'scheduled'
    void Promise.resolve().then(giveOut)
  }

  function giveOut(): void {
    state = 'idle'
    const limit = places()
    for (let place = first(); place && taken < limit; place = first()) {
      remove(place)
      place.is = 'in'
      taken++
      admit(place)
    }
  }

  function first(): Place<Item> | undefined {
    return firstOf(replays) ?? firstOf(newcomers)
  }

  return {
    enter(item, again) {
      const lane = again ? replays : newcomers
      const ahead = taken + replays.length + (again ? 0 : newcomers.length)
      const place = append(lane, item, ahead >= places())
      schedule()
      return place
    },
    leave(place) {
      const was = place.is
      place.is = 'left'
      if (was === 'waiting') remove(place)
      if (was !== 'in') return
      taken--
      schedule()
    },
  }
}

function createLane<Item>(): Lane<Item> {
  const lane = { length: 0 } as Lane<Item>
  lane.before = lane.after = lane
  return lane
}

function firstOf<Item>(lane: Lane<Item>): Place<Item> | undefined {
  return lane.length > 0 ? (lane.after as Place<Item>) : undefined
}

function append<Item>(lane: Lane<Item>, item: Item, waited: boolean): Place<Item> {
  const { before } = lane
  const place: Place<Item> = { is: 'waiting', item, waited, lane, before, after: lane }
  before.after = lane.before = place
  lane.length++
  return place
}

/** It lets go of its neighbours: a chain of old places would keep new ones from being collected. */
function remove<Item>(place: Place<Item>): void {
  const { lane, before, after } = place
  before.after = after
  after.before = before
  place.before = place.after = lane
  lane.length--
}
