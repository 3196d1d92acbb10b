import { eq } from 'drizzle-orm'
import type { Database } from '../db/database'
import { people } from '../db/schema'
import type { Person } from './rows'

/** To whom a number leads that somebody has in their hands. */
export type NumberHolder = { is: 'nobody' } | { is: 'person'; person: Person }

/**
 * The only place where a number, in E.164, leads to a person. The transaction holds the number; with
 * `strength`, it holds the person from now on, as with `holdPerson`.
 */
export async function personOfNumber(
  tx: Database,
  phoneNumber: string,
  strength?: 'share' | 'update',
): Promise<NumberHolder> {
  const found = tx.select().from(people).where(eq(people.phoneNumber, phoneNumber))
  const [person] = await (strength ? found.for(strength) : found)
  return person ? { is: 'person', person } : { is: 'nobody' }
}
