import { randomUUID } from 'node:crypto'
import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Database } from '../db/database'
import { identities, people, sessions } from '../db/schema'
import { transact } from '../db/transact'
import type { EventLog } from '../eventLog'
import type { Passwords } from '../passwords'
import type { Session, Sessions } from '../sessions'
import type { Beginning } from '../startSession'
import type { NumberProof, TextCodes } from '../textCodes'
import { holdKeys } from './hold'
import { personOfNumber } from './personOfNumber'
import { onlyRow, type Person } from './rows'

/**
 * Signing in with a phone number. Promises resolve to undefined where the login is refused; why, and
 * whether anybody has the number, nobody learns.
 */
export interface NumberSignIn {
  /** Uses the text code up. A number that nobody has gets a new person. */
  byTextCode(proof: NumberProof, beginning: Beginning): Promise<Session | undefined>
  byPassword(
    phoneNumber: string,
    password: string,
    beginning: Beginning,
  ): Promise<Session | undefined>
  /** As by text code; the person has this password from now on, and no other session. */
  settingPassword(
    proof: NumberProof,
    password: string,
    beginning: Beginning,
  ): Promise<Session | undefined>
}

/** `now` is in ms since 1970. */
export interface NumberSignInOptions {
  textCodes: TextCodes
  passwords: Passwords
  sessions: Sessions
  eventLog: EventLog
  now: () => number
}

export function createNumberSignIn(
  database: Database,
  { textCodes, passwords, sessions: sessionStore, eventLog, now }: NumberSignInOptions,
): NumberSignIn {
  async function register(
    tx: Database,
    phoneNumber: string,
    address: string | undefined,
  ): Promise<Person> {
    const registeredAt = new Date(now())
    const fresh = { phoneNumber, createdAt: registeredAt, registeredAt }
    const person = onlyRow(await tx.insert(people).values(fresh).returning())
    await eventLog.record(tx, { kind: 'registration', personId: person.id, address })
    return person
  }

  /** Of a person whom the transaction holds, who has such an identity from the first such login on. */
  async function startSession(
    tx: Database,
    personId: string,
    beginning: Beginning,
  ): Promise<Session> {
    // Of two logins at once the second counts the first one's session.
    const own = tx.select().from(identities).where(eq(identities.personId, personId))
    const known = await own.orderBy(identities.id).for('no key update')
    const fresh = { provider: 'phone', appId: '', subject: randomUUID(), personId } as const
    const { id, provider, appId, subject } =
      known.find((one) => one.provider === 'phone') ??
      onlyRow(await tx.insert(identities).values(fresh).returning())
    const unionid = known.flatMap((one) => one.unionid ?? []).sort()[0] ?? null
    const identity = { id, provider, appId, subject, unionid, personId }
    const held = { ...identity, isNewPerson: false, writes: [] }
    return sessionStore.startIn(tx, held, { ...beginning, isLasting: true })
  }

  /** The person of a number that is proved, registered if need be; undefined for a used code. */
  async function personOf(
    tx: Database,
    proof: NumberProof,
    strength: 'share' | 'update',
    address: string | undefined,
  ): Promise<Person | undefined> {
    await holdKeys(tx, ['phone', proof.phoneNumber])
    if (!(await textCodes.use(tx, proof))) return undefined
    const holder = await personOfNumber(tx, proof.phoneNumber, strength)
    switch (holder.is) {
      case 'person':
        return holder.person
      case 'nobody':
        return register(tx, proof.phoneNumber, address)
    }
  }

  /** All but this one, and those that it replaces. */
  async function endOthers(tx: Database, { personId, lineage }: Session): Promise<void> {
    const own = tx.select({ id: identities.id }).from(identities)
    const ofPerson = own.where(eq(identities.personId, personId))
    await tx
      .delete(sessions)
      .where(and(inArray(sessions.identityId, ofPerson), ne(sessions.lineage, lineage)))
  }

  return {
    byTextCode: (proof, beginning) =>
      transact(database, async (tx) => {
        const person = await personOf(tx, proof, 'share', beginning.origin.address)
        return person && startSession(tx, person.id, beginning)
      }),

    async byPassword(phoneNumber, password, beginning) {
      const own = eq(people.phoneNumber, phoneNumber)
      const [known] = await database.select().from(people).where(own)
      // Outside of the transaction: it takes long, and PGlite's one connection is not for waiting.
      if (!(await passwords.verify(known?.password, password))) return undefined
      return transact(database, async (tx) => {
        await holdKeys(tx, ['phone', phoneNumber])
        const holder = await personOfNumber(tx, phoneNumber, 'share')
        // Meanwhile it may have become the number of another, or the password may be a new one.
        const isSame =
          holder.is === 'person' &&
          holder.person.id === known?.id &&
          holder.person.password === known.password
        return isSame ? startSession(tx, holder.person.id, beginning) : undefined
      })
    },

    async settingPassword(proof, password, beginning) {
      const hashed = await passwords.hash(password)
      return transact(database, async (tx) => {
        const { address } = beginning.origin
        const person = await personOf(tx, proof, 'update', address)
        if (!person) return undefined
        await tx.update(people).set({ password: hashed }).where(eq(people.id, person.id))
        await eventLog.record(tx, { kind: 'password', personId: person.id, address })
        const session = await startSession(tx, person.id, beginning)
        await endOthers(tx, session)
        return session
      })
    },
  }
}
