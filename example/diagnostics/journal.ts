import type { Auth, Platform } from 'watchword'
import { followAuth } from './followAuth'
import type { JournalEvent, RecordEvent } from './journalEvents'
import { quietly, watchPlatform } from './watchPlatform'

/** The last events of sign-in, for those who test the app. Holds no secret. */
export interface Journal {
  /** Does what the given platform does, and is listened to. For `createAuth`. */
  readonly platform: Platform
  /** ms since 1970, when the journal was begun. */
  readonly startedAt: number
  /** Copies, the oldest first; 200 at most. */
  readonly events: readonly JournalEvent[]
  /** Records what becomes of session and prompt from now on; the returned function ends it. */
  follow(auth: Auth): () => void
  /** Called at each change of `events`; the returned function ends it. */
  subscribe(listener: () => void): () => void
}

/** How many events are kept. */
const limit = 200

/** Begins a journal. The client that uses its platform behaves as without it. */
export function createJournal(platform: Platform): Journal {
  const startedAt = platform.now()
  const events: JournalEvent[] = []
  const listeners = new Set<() => void>()
  const tokens: string[] = []
  let count = 0
  let origin = startedAt
  let latest = startedAt

  /** The wall clock may be set back: the journal's does not go back with it. */
  function elapsed(): number {
    const now = platform.now()
    if (now < latest) origin -= latest - now
    latest = now
    return now - origin
  }

  const tell = () => [...listeners].forEach(quietly)

  const record: RecordEvent = (details) => {
    const event: JournalEvent = { ...details, id: ++count, at: elapsed() }
    events.push(event)
    if (events.length > limit) events.shift()
    tell()
    return (end) => {
      if (!('outcome' in event) || event.outcome !== 'pending') return
      Object.assign(event, end, { duration: elapsed() - event.at })
      tell()
    }
  }

  /** Distinguishes tokens without revealing them. */
  const numberOf = (token: string) => tokens.indexOf(token) + 1 || tokens.push(token)

  return {
    platform: watchPlatform(platform, record, numberOf),
    startedAt,
    get events() {
      return events.map((event) => ({ ...event }))
    },
    follow: (auth) => followAuth(auth, record, numberOf),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
