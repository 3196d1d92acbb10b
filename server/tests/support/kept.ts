import { createHash } from 'node:crypto'
import { Client } from 'pg'
import type { Confirmed } from './crowd'

/** What a database has that it should not have, or the other way round; all 0 where it kept all. */
export interface Discrepancies {
  /** People without a row, and rows beyond one a person. */
  peopleLost: number
  peopleDoubled: number
  bookingsLost: number
  bookingsDoubled: number
  /** Tokens without a live session. */
  sessionsLost: number
}

/** Compares the database with what it has confirmed. */
export async function findDiscrepancies(
  databaseUrl: string,
  people: Confirmed[],
): Promise<Discrepancies> {
  const client = new Client(databaseUrl)
  await client.connect()
  const column = async (query: string) =>
    (await client.query<{ value: string }>(query)).rows.map(({ value }) => value)
  try {
    const numbers = await column('select phone_number as value from people')
    const notes = await column(`select phone_number || ' ' || note as value
      from bookings join people on people.id = bookings.person_id`)
    const hashes = await column(`select token_hash as value from sessions
      join identities on identities.id = sessions.identity_id where expires_at > now()`)
    const tokens = people.flatMap((one) => one.tokens)
    const booked = people.flatMap(({ phoneNumber, bookings }) =>
      bookings.map((note) => `${phoneNumber} ${note}`),
    )
    return {
      peopleLost: missing(
        people.map(({ phoneNumber }) => phoneNumber),
        numbers,
      ),
      peopleDoubled: numbers.length - new Set(people.map((one) => one.phoneNumber)).size,
      bookingsLost: missing(booked, notes),
      bookingsDoubled: notes.length - new Set(booked).size,
      sessionsLost: missing(tokens.map(hashOfToken), hashes),
    }
  } finally {
    await client.end()
  }
}

function missing(wanted: string[], found: string[]): number {
  const known = new Set(found)
  return wanted.filter((one) => !known.has(one)).length
}

function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
