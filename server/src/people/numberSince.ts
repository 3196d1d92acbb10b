import { eq } from 'drizzle-orm'
import type { Database } from '../db/database'
import { people } from '../db/schema'
import type { Logger } from '../log'
import type { IsYoung } from './moveNumber'
import type { Person } from './rows'

/**
 * Asks a service of the carriers whether a number, in E.164, has had the same subscriber ever since;
 * false also where the service does not know. Where it rejects, nobody knows.
 */
export type NumberSince = (phoneNumber: string, since: Date) => Promise<boolean>

/**
 * The person who proved the number long ago, and is its subscriber still. Outside of any transaction,
 * for those only who have the number in their hands: it takes long, costs money, and leaves the backend.
 */
export type FindSubscriber = (phoneNumber: string) => Promise<Person | undefined>

export interface FindSubscriberOptions {
  /** Without it, nobody is found. */
  numberSince: NumberSince | undefined
  isYoung: IsYoung
  log: Logger
}

export function createFindSubscriber(
  database: Database,
  { numberSince, isYoung, log }: FindSubscriberOptions,
): FindSubscriber {
  return async (phoneNumber) => {
    if (!numberSince) return undefined
    const found = database.select().from(people).where(eq(people.phoneNumber, phoneNumber))
    const [holder] = await found
    if (!holder?.numberProvedAt || isYoung(holder)) return undefined
    const isSame = await numberSince(phoneNumber, holder.numberProvedAt).catch((error: unknown) => {
      log.warn({ error }, 'the carriers cannot be asked')
      return false
    })
    return isSame ? holder : undefined
  }
}
