// A session as it is stored, and how the one of a token is found.
import { createHash } from 'node:crypto'
import { and, eq, gt, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import type { Database } from './db/database'
import { avatars, identities, people, sessions } from './db/schema'

/**
 * Selects the live session of a token, with what its requests need of its person. Almost every
 * request runs it: its SQL is written once, and each connection parses and plans it once.
 */
export function selectSession(database: Database) {
  return database
    .select({
      id: sessions.id,
      lineage: sessions.lineage,
      loggedInAt: sessions.loggedInAt,
      seenAt: sessions.seenAt,
      isLasting: sessions.isLasting,
      needsSecondProof: sessions.needsSecondProof,
      version: sessions.version,
      expiresAt: sessions.expiresAt,
      replacedAt: sessions.replacedAt,
      identityId: identities.id,
      appId: identities.appId,
      subject: identities.subject,
      provider: identities.provider,
      unionid: unionidOfSession,
      personId: people.id,
      nickname: people.nickname,
      phoneNumber: people.phoneNumber,
      avatar: avatars.name,
    })
    .from(sessions)
    .innerJoin(identities, eq(identities.id, sessions.identityId))
    .innerJoin(people, eq(people.id, identities.personId))
    .leftJoin(avatars, and(eq(avatars.personId, people.id), isNotNull(avatars.usedAt)))
    .where(
      and(
        eq(sessions.tokenHash, sql.placeholder('tokenHash')),
        gt(sessions.expiresAt, sql.placeholder('now')),
      ),
    )
    .prepare('session')
}

/** A phone number is of all apps: whoever signs in with it is known by any unionid of theirs. */
const unionidOfSession = sql<string | null>`case when ${identities.provider} = 'phone' then (
  select min(relatives.unionid) from identities as relatives
  where relatives.person_id = ${identities.personId}
) else ${identities.unionid} end`

/** What is stored of a session, with what its requests need of its person. */
export type SessionRow = Awaited<ReturnType<ReturnType<typeof selectSession>['execute']>>[number]

/**
 * The condition that a session is neither this one nor one that was replaced on the way to it. Two
 * logins that both replace a third are others to each other.
 */
export function isOtherThan({ accessToken, lineage }: { accessToken: string; lineage: string }) {
  const isAside = and(isNull(sessions.replacedAt), ne(sessions.tokenHash, hashOf(accessToken)))
  return or(ne(sessions.lineage, lineage), isAside)
}

/** What is stored of a token: it is 256 random bits, so a plain hash cannot be guessed back. */
export function hashOf(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest('hex')
}
