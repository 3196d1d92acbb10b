/** Places on the wire, given out in the order of the requests. */
export interface Queue {
  /**
   * Waits for a place. `again`: it has had one before, and goes ahead of those that have not.
   * @param go is called once, later than this call; `waited`: it was not its turn at once.
   * @returns gives the place up, whether it was reached or not.
   */
  enter(again: boolean, go: (waited: boolean) => void): () => void
}

/** `left`: it was given up. A member of its lane while it waits. */
interface Entry {
  is: 'waiting' | 'in' | 'left'
  waited: boolean
  go: (waited: boolean) => void
  lane: Lane
  before: Entry | Lane
  after: Entry | Lane
}

/** A ring of the entries that wait, so that any of them leaves at the same cost. */
interface Lane {
  before: Entry | Lane
  after: Entry | Lane
  length: number
}

/** `places`: how many there are, asked whenever one may be given out. */
export function createQueue(places: () => number): Queue {
  const [replays, newcomers] = [createLane(), createLane()]
  let taken = 0
  let state: 'idle' | 'scheduled' = 'idle'

  /** Later, in one go: requests that are aborted in the same breath are not sent. */
  function schedule(): void {
    if (state === 'scheduled') return
    state = 'scheduled'
    void Promise.resolve().then(admit)
  }

  function admit(): void {
    state = 'idle'
    const limit = places()
    for (let entry = first(); entry && taken < limit; entry = first()) {
      remove(entry)
      entry.is = 'in'
      taken++
      entry.go(entry.waited)
    }
  }

  function first(): Entry | undefined {
    return firstOf(replays) ?? firstOf(newcomers)
  }

  return {
    enter(again, go) {
      const lane = again ? replays : newcomers
      const ahead = taken + replays.length + (again ? 0 : newcomers.length)
      const entry = append(lane, { is: 'waiting', waited: ahead >= places(), go })
      schedule()
      return () => {
        const was = entry.is
        entry.is = 'left'
        if (was === 'waiting') remove(entry)
        if (was !== 'in') return
        taken--
        schedule()
      }
    },
  }
}

function createLane(): Lane {
  const lane = { length: 0 } as Lane
  lane.before = lane.after = lane
  return lane
}

function firstOf(lane: Lane): Entry | undefined {
  return lane.length > 0 ? (lane.after as Entry) : undefined
}

function append(lane: Lane, given: Pick<Entry, 'is' | 'waited' | 'go'>): Entry {
  const entry: Entry = { ...given, lane, before: lane.before, after: lane }
  entry.before.after = entry
  lane.before = entry
  lane.length++
  return entry
}

function remove({ lane, before, after }: Entry): void {
  before.after = after
  after.before = before
  lane.length--
}
