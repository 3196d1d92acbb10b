import { eq, or } from 'drizzle-orm'
import type { Database } from '../db/database'
import { people } from '../db/schema'
import type { Passwords } from '../passwords'
import type { Person } from './rows'

/**
 * The person whose name this number is, or was before it became another's, and whose password this
 * is. Outside of any transaction: it takes long, and PGlite's one connection is not for waiting.
 */
export type FindByPassword = (phoneNumber: string, password: string) => Promise<Person | undefined>

export function createFindByPassword(database: Database, passwords: Passwords): FindByPassword {
  return async (phoneNumber, password) => {
    const isNamed = or(eq(people.phoneNumber, phoneNumber), eq(people.formerNumber, phoneNumber))
    const named = database.select().from(people).where(isNamed)
    const found = await named.orderBy(people.createdAt)
    const holder = found.find((one) => one.phoneNumber === phoneNumber)
    const former = found.filter((one) => one.phoneNumber !== phoneNumber && one.password !== null)
    // Two hashes at least: the time does not say whether anybody has the number, or has had it.
    const candidates = former.length === 0 ? [holder, undefined] : [holder, ...former]
    const isRight = await Promise.all(
      candidates.map((candidate) => passwords.verify(candidate?.password, password)),
    )
    return candidates.find((_, index) => isRight[index])
  }
}

/** Whether the person is still who was found, with the same name and password. */
export function isStill(found: Person, phoneNumber: string, person: Person): boolean {
  return (
    person.id === found.id &&
    person.password === found.password &&
    (person.phoneNumber === phoneNumber || person.formerNumber === phoneNumber)
  )
}
