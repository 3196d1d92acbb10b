import { and, eq, gt, inArray } from 'drizzle-orm'
import type { Database } from '../db/database'
import { identities, sessions } from '../db/schema'
import { hashOf } from '../storedSession'

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
    .select({ id: sessions.id })
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
