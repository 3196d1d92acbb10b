import { eq, inArray, lt } from 'drizzle-orm'
import type { Database } from '../db/database'
import { avatars, people, pushEvents } from '../db/schema'
import { transact } from '../db/transact'
import type { EventLog } from '../eventLog'
import { holdPerson } from './hold'
import { endSessionsOnWord } from './moveNumber'
import { removeIdentity } from './remove'
import { findByKey, nothingIfGone, raiseVersions, type IdentityKey, type Person } from './rows'

/** How long a handled event is remembered, in ms: far longer than WeChat repeats it. */
const eventLife = 24 * 60 * 60_000
/** How many forgotten events a new one clears away: more than it adds, but few enough to be quick. */
const clearedPerEvent = 100

/** Some of what a user has given. */
export interface Given {
  phoneNumber?: true
  nickname?: true
  picture?: true
}

/** What a user takes back. */
export type Taken = Given | 'identity'

/**
 * Deletes what the user takes back, and raises the versions of what rested on it. Does nothing for
 * an event it has handled, and for a user nobody knows.
 */
export type Withdraw = (eventId: string, user: IdentityKey, taken: Taken) => Promise<void>

export function createWithdraw(
  database: Database,
  { eventLog, now }: { eventLog: EventLog; now: () => number },
): Withdraw {
  /** Of two at once, the second waits here for the end of the first. */
  async function isNew(tx: Database, id: string): Promise<boolean> {
    const event = { id, handledAt: new Date(now()) }
    return (await tx.insert(pushEvents).values(event).onConflictDoNothing().returning()).length > 0
  }

  async function clearForgotten(tx: Database): Promise<void> {
    const forgotten = tx
      .select({ id: pushEvents.id })
      .from(pushEvents)
      .where(lt(pushEvents.handledAt, new Date(now() - eventLife)))
      .limit(clearedPerEvent)
      .for('update', { skipLocked: true })
    await tx.delete(pushEvents).where(inArray(pushEvents.id, forgotten))
  }

  return (eventId, user, taken) =>
    transact(database, async (tx) => {
      if (!(await isNew(tx, eventId))) return
      await clearForgotten(tx)
      const known = await findByKey(tx, user)
      if (!known) return
      const { identity, person } = await holdPerson(tx, known.id, 'update')
      if (taken !== 'identity') await clear(tx, person, taken)
      else if (await removeIdentity(tx, identity)) await eventLog.record(tx, { kind: 'deletion' })
    }).catch(nothingIfGone)
}

/**
 * A number that was proved by a text code was given to this backend, not to WeChat: it stays, and
 * with it the way in of those who have no other.
 */
async function clear(tx: Database, person: Person, taken: Given): Promise<void> {
  const isFromWeChat = person.phoneNumber !== null && person.numberProvedAt === null
  const cleared = {
    ...(taken.phoneNumber && isFromWeChat && { phoneNumber: null }),
    ...(taken.nickname && person.nickname !== null && { nickname: null }),
  }
  const hasCleared = Object.keys(cleared).length > 0
  if (hasCleared) await tx.update(people).set(cleared).where(eq(people.id, person.id))
  if ('phoneNumber' in cleared) await endSessionsOnWord(tx, person.id)
  const own = eq(avatars.personId, person.id)
  const pictures = taken.picture ? await tx.delete(avatars).where(own).returning() : []
  if (hasCleared || pictures.length > 0) await raiseVersions(tx, person.id)
}
