/** Places on the wire, given out in the order of the requests. */
export interface Queue<Guest> {
  /** Waits for a place. `again`: it has had one before, and goes ahead of those that have not. */
  enter(guest: Guest, again: boolean): Place<Guest>
  /** Gives the place up, whether it was reached or not. */
  leave(place: Place<Guest>): void
}

/** What a guest of the queue holds. `left`: it was given up. */
export interface Place<Guest> {
  is: 'waiting' | 'in' | 'left'
  readonly guest: Guest
  /** Whether it was not its turn at once. */
  readonly waited: boolean
  readonly lane: Lane<Guest>
  before: Link<Guest>
  after: Link<Guest>
}

/** A ring of the places that wait, so that any of them leaves at the same cost. */
interface Lane<Guest> {
  before: Link<Guest>
  after: Link<Guest>
  length: number
}

type Link<Guest> = Place<Guest> | Lane<Guest>

/**
 * @param places how many there are, asked whenever one may be given out
 * @param admit is called with each place that is reached, once, later than it was waited for
 */
export function createQueue<Guest>(
  places: () => number,
  admit: (place: Place<Guest>) => void,
): Queue<Guest> {
  const [replays, newcomers] = [createLane<Guest>(), createLane<Guest>()]
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

  function first(): Place<Guest> | undefined {
    return firstOf(replays) ?? firstOf(newcomers)
  }

  return {
    enter(guest, again) {
      const lane = again ? replays : newcomers
      const ahead = taken + replays.length + (again ? 0 : newcomers.length)
      const place = append(lane, guest, ahead >= places())
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

function createLane<Guest>(): Lane<Guest> {
  const lane = { length: 0 } as Lane<Guest>
  lane.before = lane.after = lane
  return lane
}

function firstOf<Guest>(lane: Lane<Guest>): Place<Guest> | undefined {
  return lane.length > 0 ? (lane.after as Place<Guest>) : undefined
}

function append<Guest>(lane: Lane<Guest>, guest: Guest, waited: boolean): Place<Guest> {
  const { before } = lane
  const place: Place<Guest> = { is: 'waiting', guest, waited, lane, before, after: lane }
  before.after = lane.before = place
  lane.length++
  return place
}

/** It lets go of its neighbours: a chain of old places would keep new ones from being collected. */
function remove<Guest>(place: Place<Guest>): void {
  const { lane, before, after } = place
  before.after = after
  after.before = before
  place.before = place.after = lane
  lane.length--
}
