import { eq, type WithSubquery } from 'drizzle-orm'
import { clearExpired } from './db/clearExpired'
import type { Database } from './db/database'
import { events, type eventKinds } from './db/schema'
import { transact } from './db/transact'
import { networkOf } from './http/network'
import type { Counters } from './limits/counters'
import type { RateLimit } from './limits/rateLimit'
import { holdPerson } from './people/hold'

const dayLength = 24 * 60 * 60_000
/** How many old events a login or a denial clears away. */
const clearedAtOnce = 100

/** How many refusals of one address or identity are recorded: guests must not fill the table. */
const refusals: RateLimit = { count: 20, seconds: 3600 }

export type EventKind = (typeof eventKinds)[number]

/** Something that must be answered for; `personId` and `address` where they are known. */
export interface Event {
  kind: EventKind
  /** What was refused or limited. */
  about?: string
  personId?: string | undefined
  address?: string | undefined
}

/** Records what happens to one person in a transaction. */
export type Note = (kind: EventKind, personId: string) => Promise<void>

/** What people, and those who are not let through, have done in the last so many days. */
export interface EventLog {
  /** Within the transaction that does it; it holds the person, or their identity. */
  record(tx: Database, event: Event): Promise<void>
  /** The same of a login, as parts of its statement; it also deletes some of what is too old. */
  recordLogin(tx: Database, login: Omit<Event, 'kind'>): WithSubquery[]
  /**
   * What was not done, and by whom, if that is known; of many refusals, the first in an hour.
   * Outside of any transaction.
   * @throws PersonGoneError
   */
  recordDenial(
    denial: Event & { kind: 'refused' | 'limited' },
    identityId: string | undefined,
  ): Promise<void>
}

/** `eventsDays`: for how long events are kept; `now` is in ms since 1970. */
export function createEventLog(
  database: Database,
  { eventsDays, counters, now }: { eventsDays: number; counters: Counters; now: () => number },
): EventLog {
  const expiring = { table: events, id: events.id, time: events.occurredAt }

  function insert(tx: Database, { kind, about, personId, address }: Event) {
    // Null, not undefined: the statement is the same whatever is known.
    const known = { about: about ?? null, personId: personId ?? null, address: address ?? null }
    return tx.insert(events).values({ kind, ...known, occurredAt: new Date(now()) })
  }

  async function record(tx: Database, event: Event): Promise<void> {
    await insert(tx, event)
  }

  const clear = (tx: Database) =>
    clearExpired(tx, expiring, new Date(now() - eventsDays * dayLength), clearedAtOnce)

  return {
    record,
    async recordDenial(denial, identityId) {
      const { kind, about, address } = denial
      if (kind === 'refused') {
        const by = identityId ?? networkOf(address ?? 'unknown')
        const counted = await counters.count(`refused ${about} ${by}`, refusals)
        if (counted.is === 'above') return
      }
      await transact(database, async (tx) => {
        const holding = identityId && (await holdPerson(tx, identityId, 'share'))
        await record(tx, { ...denial, personId: holding ? holding.person.id : undefined })
        await clear(tx)
      })
    },
    recordLogin: (tx, login) => [
      tx.$with('event').as(insert(tx, { kind: 'login', ...login })),
      tx.$with('old_events').as(clear(tx)),
    ],
  }
}

/** Of two people who become one, whom the transaction holds. */
export async function moveEvents(tx: Database, from: string, to: string): Promise<void> {
  await tx.update(events).set({ personId: to }).where(eq(events.personId, from))
}

/** Of a person who is deleted, whom the transaction holds. */
export async function removeEvents(tx: Database, personId: string): Promise<void> {
  await tx.delete(events).where(eq(events.personId, personId))
}
