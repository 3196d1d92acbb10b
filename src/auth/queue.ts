/** Places on the wire, given out in the order of the requests. */
export interface Queue {
  /**
   * Waits for a place. `order` keeps a replayed request ahead of younger ones.
   * `cancel` gives the place up, whether it was reached or not.
   */
  enter(order: number, go: () => void): () => void
}

interface Waiting {
  order: number
  go: () => void
}

export function createQueue(places: number): Queue {
  const waiting: Waiting[] = []
  let taken = 0

  function admit(): void {
    while (taken < places && waiting.length > 0) {
      taken++
      waiting.shift()!.go()
    }
  }

  return {
    enter(order, go) {
      const entry: Waiting = { order, go }
      let place = waiting.length
      while (place > 0 && waiting[place - 1]!.order > order) place--
      waiting.splice(place, 0, entry)
      let left = false
      admit()
      return () => {
        if (left) return
        left = true
        const index = waiting.indexOf(entry)
        if (index >= 0) waiting.splice(index, 1)
        else taken--
        admit()
      }
    },
  }
}
