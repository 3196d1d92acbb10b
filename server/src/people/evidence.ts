import { and, eq, gt, inArray } from 'drizzle-orm'
import type { Database } from '../db/database'
import { identities, sessions } from '../db/schema'
import { hashOf } from '../storedSession'
import { isStill } from './numberPassword'
import type { Person } from './rows'

/** Who was found, before the transaction, that somebody must be who has proved a number. */
export interface Found {
  /** Whose password they have entered. */
  byPassword: Person | undefined
  /** Who is the number's subscriber still. */
  subscriber: Person | undefined
}

/** Whether that is who has the number. */
export function isFound(
  { byPassword, subscriber }: Found,
  phoneNumber: string,
  holder: Person,
): boolean {
  return (
    (byPassword !== undefined && isStill(byPassword, phoneNumber, holder)) ||
    // The carriers have given the number to nobody else since this person proved it.
    subscriber?.id === holder.id
  )
}

/**
 * Whether one of the tokens is that of a live session of the person, which needs no second proof
 * itself.
 */
export async function hasSessionOf(
  tx: Database,
  personId: string,
  tokens: readonly string[],
  now: number,
): Promise<boolean> {
  if (tokens.length === 0) return false
  const [session] = await tx
    .select()
    .from(sessions)
    .innerJoin(identities, eq(identities.id, sessions.identityId))
    .where(
      and(
        inArray(sessions.tokenHash, tokens.map(hashOf)),
        eq(identities.personId, personId),
        eq(sessions.needsSecondProof, false),
        gt(sessions.expiresAt, new Date(now)),
      ),
    )
  return session !== undefined
}
