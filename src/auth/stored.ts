import type { Platform } from './platform'
import type { Changes } from './changes'
import { parseTokenState, type HeldState } from './tokenState'

/** What outlives the app. */
export interface Stored {
  /** The session; null: none. */
  held: HeldState | null
  /** The user signed out; never beside a session. */
  signedOut: boolean
  /** Of the session: a login code was issued since, whose session key the backend may not have. */
  keyReplaced: boolean
  /** The session, or the last one that ended, began with the user's credentials. */
  byUser: boolean
}

/** Anything larger was not written here. */
const LARGEST = 65_536

const NOTHING: Stored = { held: null, signedOut: false, keyReplaced: false, byUser: false }

/** The host's storage under one key. Nothing of it throws. */
export function createStored(platform: Platform, key: string, changes: Pick<Changes, 'warn'>) {
  /** What is there, unless somebody else has changed it. Missing: it could not be read. */
  let known: { text: unknown } | undefined

  function set(text: string): void {
    platform.setItem(key, text)
    known = { text }
  }

  function remove(): void {
    platform.removeItem(key)
    known = { text: undefined }
  }

  return {
    /** What is damaged, foreign or too large means that there is no session yet. */
    read(): Stored {
      try {
        const text = platform.getItem(key)
        known = { text }
        if (typeof text !== 'string' || text.length > LARGEST) return NOTHING
        const { state, at, ...marks } = JSON.parse(text) as Record<string, unknown>
        const isMarked = (name: 'signedOut' | 'keyReplaced' | 'byUser') => marks[name] === true
        const byUser = isMarked('byUser')
        const parsed = parseTokenState(state)
        if (parsed.is === 'malformed' || typeof at !== 'number')
          return { ...NOTHING, signedOut: isMarked('signedOut'), byUser }
        const held = { state: parsed.state, at, seq: 0 }
        return { held, signedOut: false, keyReplaced: isMarked('keyReplaced'), byUser }
      } catch {
        return NOTHING
      }
    },

    /**
     * Whether somebody else has written: what storage does not say, as it has refused to keep or to show
     * it, is no news.
     */
    isChanged(): boolean {
      try {
        const text = platform.getItem(key)
        // Hosts differ in what they return for nothing.
        const isSame = !known || text === known.text || (!text && !known.text)
        known ??= { text }
        return !isSame
      } catch {
        return false
      }
    },

    write({ held, signedOut, keyReplaced, byUser }: Stored): void {
      try {
        if (!held && !signedOut && !byUser) return remove()
        const session = held && { state: held.state, at: held.at }
        const marks = {
          ...(signedOut && { signedOut }),
          ...(held && keyReplaced && { keyReplaced }),
          ...(byUser && { byUser }),
        }
        set(JSON.stringify({ ...session, ...marks }))
      } catch {
        changes.warn('storage_failed')
        if (held) return
        try {
          remove()
        } catch {
          // It is reported already.
        }
      }
    },
  }
}
