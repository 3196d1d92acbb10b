import { randomUUID } from 'node:crypto'
import { and, eq, gt, inArray } from 'drizzle-orm'
import type { Database } from '../db/database'
import { identities, people, sessions } from '../db/schema'
import { transact } from '../db/transact'
import type { EventLog } from '../eventLog'
import type { Passwords } from '../passwords'
import type { Session, Sessions } from '../sessions'
import type { Beginning } from '../startSession'
import { hashOf, isOtherThan } from '../storedSession'
import type { NumberProof } from '../textCodes'
import type { ClaimNumber, Evidence, Unclaimed } from './claimNumber'
import { holdKeys } from './hold'
import { renewProof } from './moveNumber'
import { isStill, type FindByPassword } from './numberPassword'
import type { FindSubscriber } from './numberSince'
import { onlyRow } from './rows'

/** What has become of a login. Why it is refused, and whether anybody has the number, nobody learns. */
export type SignedIn = { is: 'signed-in'; session: Session } | Unclaimed

/** What somebody sends beside a text code. */
export interface Shown {
  isMine?: boolean | undefined
  password?: string | undefined
  /** Access tokens of the same client. */
  tokens: readonly string[]
}

/** Signing in with a phone number; numberRule.ts says whom a text code signs in. */
export interface NumberSignIn {
  /** Uses the text code up if it signs in. A number that nobody has gets a new person. */
  byTextCode(proof: NumberProof, shown: Shown, beginning: Beginning): Promise<SignedIn>
  /** Also with a number that has become another person's since. */
  byPassword(phoneNumber: string, password: string, beginning: Beginning): Promise<SignedIn>
  /** As by text code; the person has this password from now on, and no other session. */
  settingPassword(
    proof: NumberProof,
    password: string,
    shown: Shown,
    beginning: Beginning,
  ): Promise<SignedIn>
}

/** `now` is in ms since 1970. */
export interface NumberSignInOptions {
  claimNumber: ClaimNumber
  findByPassword: FindByPassword
  findSubscriber: FindSubscriber
  passwords: Passwords
  sessions: Sessions
  eventLog: EventLog
  now: () => number
}

export function createNumberSignIn(
  database: Database,
  { claimNumber, findByPassword, findSubscriber, passwords, ...options }: NumberSignInOptions,
): NumberSignIn {
  const { sessions: sessionStore, eventLog, now } = options

  async function evidenceOf(
    { phoneNumber }: NumberProof,
    { isMine, password, tokens }: Shown,
  ): Promise<Evidence> {
    const byPassword =
      password === undefined ? undefined : await findByPassword(phoneNumber, password)
    const isToAsk = byPassword === undefined && isMine !== false
    const subscriber = isToAsk ? await findSubscriber(phoneNumber) : undefined
    return { isMine, byPassword, subscriber, tokens }
  }

  /** Of a person whom the transaction holds, who has such an identity from the first such login on. */
  async function startSession(
    tx: Database,
    personId: string,
    beginning: Beginning,
    needsSecondProof: boolean,
  ): Promise<Session> {
    // Of two logins at once the second counts the first one's session.
    const own = tx.select().from(identities).where(eq(identities.personId, personId))
    const known = await own.orderBy(identities.id).for('no key update')
    const fresh = { provider: 'phone', appId: '', subject: randomUUID(), personId } as const
    const { id, provider, appId, subject } =
      known.find((one) => one.provider === 'phone') ??
      onlyRow(await tx.insert(identities).values(fresh).returning())
    const unionid = known.flatMap((one) => one.unionid ?? [])[0] ?? null
    const identity = { id, provider, appId, subject, unionid, personId }
    const held = { ...identity, isNewPerson: false, writes: [] }
    return sessionStore.startIn(tx, held, { ...beginning, isLasting: true, needsSecondProof })
  }

  /**
   * A session that began on a word gets its second proof from the session that replaces it: its text
   * code counts from then on. It has ended if the number has become another's since.
   */
  async function keepProof(
    tx: Database,
    personId: string,
    { replacedToken }: Beginning,
  ): Promise<void> {
    if (replacedToken === undefined) return
    const replaced = and(
      eq(sessions.tokenHash, hashOf(replacedToken)),
      eq(sessions.needsSecondProof, true),
      eq(identities.personId, personId),
      gt(sessions.expiresAt, new Date(now())),
    )
    const [onWord] = await tx
      .select({ loggedInAt: sessions.loggedInAt })
      .from(sessions)
      .innerJoin(identities, eq(identities.id, sessions.identityId))
      .where(replaced)
    if (onWord) await renewProof(tx, personId, onWord.loggedInAt)
  }

  async function endOthers(tx: Database, session: Session): Promise<void> {
    const own = tx.select({ id: identities.id }).from(identities)
    const ofPerson = own.where(eq(identities.personId, session.personId))
    const others = and(inArray(sessions.identityId, ofPerson), isOtherThan(session))
    await tx.delete(sessions).where(others)
  }

  return {
    async byTextCode(proof, shown, beginning) {
      const evidence = await evidenceOf(proof, shown)
      return transact(database, async (tx) => {
        const claimed = await claimNumber(tx, proof, evidence, beginning.origin.address)
        if (claimed.is !== 'claimed') return claimed
        const { person, needsSecondProof } = claimed
        const session = await startSession(tx, person.id, beginning, needsSecondProof)
        return { is: 'signed-in', session }
      })
    },

    async byPassword(phoneNumber, password, beginning) {
      const found = await findByPassword(phoneNumber, password)
      if (!found) return { is: 'refused' }
      return transact(database, async (tx) => {
        await holdKeys(tx, ['phone', phoneNumber])
        const own = tx.select().from(people).where(eq(people.id, found.id))
        const [person] = await own.for('update')
        if (!person || !isStill(found, phoneNumber, person)) return { is: 'refused' }
        await keepProof(tx, person.id, beginning)
        return { is: 'signed-in', session: await startSession(tx, person.id, beginning, false) }
      })
    },

    async settingPassword(proof, password, shown, beginning) {
      const evidence = await evidenceOf(proof, shown)
      const hashed = await passwords.hash(password)
      return transact(database, async (tx) => {
        const { address } = beginning.origin
        const claimed = await claimNumber(tx, proof, evidence, address)
        if (claimed.is !== 'claimed') return claimed
        const { id } = claimed.person
        await tx.update(people).set({ password: hashed }).where(eq(people.id, id))
        await eventLog.record(tx, { kind: 'password', personId: id, address })
        const session = await startSession(tx, id, beginning, false)
        await endOthers(tx, session)
        return { is: 'signed-in', session }
      })
    },
  }
}
