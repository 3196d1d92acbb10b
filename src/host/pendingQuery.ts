// How a query reaches a tab page: wx.switchTab takes none, so it waits here, in memory only.
import { pathOf, readQuery, type Query } from './query'

type Listener = (query: Query) => void

let waiting: { path: string; query: Query } | undefined
const listeners = new Map<string, Listener>()

/** Lets a url's query wait for its page to be loaded; nothing else waits any more. */
export function keepPending(url: string): void {
  const path = pathOf(url)
  waiting = url === path ? undefined : { path, query: readQuery(url) }
}

/** Nothing waits any more: it would turn up at a later, unrelated arrival. */
export function dropPending(): void {
  waiting = undefined
}

/** Gives what waits to its page, where that is loaded already. */
export function deliver(): void {
  const listener = waiting && listeners.get(waiting.path)
  if (!waiting || !listener) return
  // In a task of its own: what the page throws is no failure of the navigation.
  void Promise.resolve(waiting.query).then(listener)
  waiting = undefined
}

/** Makes the listener its page's, and returns the query that waits for the page. */
export function listen(path: string, listener: Listener): Query | undefined {
  listeners.set(path, listener)
  if (waiting?.path !== path) return undefined
  const { query } = waiting
  waiting = undefined
  return query
}

/** Ends `listen`, unless the page has another listener by now. */
export function unlisten(path: string, listener: Listener): void {
  if (listeners.get(path) === listener) listeners.delete(path)
}
