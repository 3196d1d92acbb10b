import type { Platform } from '../../src/auth/platform'

/** Where the client keeps its session. */
export const KEY = 'watchword:explored'

/** What of it does not go well. */
export type StorageCall = 'getItem' | 'setItem' | 'removeItem'

/** Storage as a client and as another tab see it. */
export interface ExploredStorage {
  readonly items: Map<string, string>
  /** For the client that is explored. */
  readonly broken: Set<StorageCall>
  /**
   * `stale`: it has refused to write; `stuck`: and to remove what was there. `foreign`: another tab has written,
   * and the client has not looked since.
   */
  readonly is: 'fresh' | 'stale' | 'stuck' | 'foreign'
  /** Whether the client could find something new under this key. */
  hasNews(key: string): boolean
  readonly ofClient: Pick<Platform, StorageCall>
  /** What that writes goes well. */
  readonly ofTab: Pick<Platform, StorageCall>
  /** The client starts anew. */
  restart(): void
}

interface StorageOptions {
  /** The client looks, and another tab has written something else than it knows. */
  found: (text: string | undefined) => void
  /** The client writes over what another tab has written, and has not looked. */
  overwrote: (known: string | undefined, text: string | undefined) => void
}

export function createStorage({ found, overwrote }: StorageOptions): ExploredStorage {
  const items = new Map<string, string>()
  const broken = new Set<StorageCall>()
  let is: 'fresh' | 'stale' | 'stuck' = 'fresh'
  let isForeign = false
  /** What the client has read or written last; missing: nothing so far. */
  let known: { text: string | undefined } | undefined

  function attempt(name: StorageCall): void {
    if (!broken.has(name)) return
    if (name !== 'getItem') is = 'stuck'
    throw new Error('storage is broken')
  }

  function hasNews(key: string): boolean {
    const isKnown = known === undefined || known.text === items.get(key)
    return isForeign && !isKnown && !broken.has('getItem')
  }

  function knows(text: string | undefined): void {
    known = { text }
    isForeign = false
  }

  function write(key: string, text: string | undefined): void {
    // A client that cannot read, or cannot write what it wants to, has no choice.
    if (hasNews(key) && broken.size === 0) overwrote(known?.text, text)
    if (text === undefined) items.delete(key)
    else items.set(key, text)
    knows(text)
  }

  return {
    items,
    broken,
    get is() {
      return isForeign ? 'foreign' : is
    },
    hasNews,
    ofClient: {
      getItem(key) {
        attempt('getItem')
        const text = items.get(key)
        const isNews = hasNews(key)
        knows(text)
        if (isNews) {
          is = 'fresh'
          found(text)
        }
        return text
      },
      setItem(key, text) {
        attempt('setItem')
        write(key, text)
        is = 'fresh'
      },
      removeItem(key) {
        attempt('removeItem')
        write(key, undefined)
        if (is === 'stuck') is = 'stale'
      },
    },
    ofTab: {
      getItem: (key) => items.get(key),
      setItem(key, text) {
        items.set(key, text)
        isForeign = true
      },
      removeItem(key) {
        items.delete(key)
        isForeign = true
      },
    },
    restart() {
      is = broken.has('getItem') ? 'stuck' : 'fresh'
      isForeign = false
      known = undefined
    },
  }
}
