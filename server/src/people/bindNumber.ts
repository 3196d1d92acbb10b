import { eq } from 'drizzle-orm'
import type { PhoneJoin } from '../config'
import type { Database } from '../db/database'
import { people } from '../db/schema'
import { transact } from '../db/transact'
import type { EventLog, Note } from '../eventLog'
import type { NumberProof, TextCodes } from '../textCodes'
import type { Evidence, Unclaimed } from './claimNumber'
import { isFound } from './evidence'
import { holdBoth, holdKeys } from './hold'
import { join } from './join'
import { endSessionsOnWord, renewProof, takeNumberFrom, type IsYoung } from './moveNumber'
import { ruleClaim, rulePress } from './numberRule'
import { personOfNumber } from './personOfNumber'
import { raiseVersions, type Person } from './rows'

/** What has become of a number that a person is to have. */
export type Bound =
  | { is: 'bound' }
  /** A text code has to prove it. */
  | { is: 'need-text-code' }
  | Unclaimed

/**
 * Makes numbers people's; numberRule.ts says when. Promises about an identity that has been deleted
 * reject with PersonGoneError.
 */
export interface BindNumber {
  /** One that WeChat's button gave. */
  fromWeChat(identityId: string, phoneNumber: string, address: string | undefined): Promise<Bound>
  /** One that is proved by a text code, which is used up once it is bound. */
  proved(
    identityId: string,
    proof: NumberProof,
    evidence: Omit<Evidence, 'tokens'>,
    address: string | undefined,
  ): Promise<Bound>
}

/** `now` is in ms since 1970. */
export interface BindNumberOptions {
  phoneJoin: PhoneJoin | undefined
  /** Whether text codes are sent. */
  hasTextCodes: boolean
  textCodes: TextCodes
  eventLog: EventLog
  isYoung: IsYoung
  now: () => number
}

/** Those whom a number concerns, held by the transaction; `holder` is another person. */
interface Concerned {
  person: Person
  holder: Person | undefined
}

export function createBindNumber(
  database: Database,
  { phoneJoin, hasTextCodes, textCodes, eventLog, isYoung, now }: BindNumberOptions,
): BindNumber {
  const noteIn =
    (tx: Database, address: string | undefined): Note =>
    (kind, personId) =>
      eventLog.record(tx, { kind, personId, address })

  /** Holds the number, and both people. */
  async function holdConcerned(
    tx: Database,
    identityId: string,
    phoneNumber: string,
  ): Promise<Concerned> {
    await holdKeys(tx, ['phone', phoneNumber])
    const { person, other } = await holdBoth(tx, identityId, async () => {
      const holder = await personOfNumber(tx, phoneNumber)
      return holder.is === 'person' ? holder.person.id : undefined
    })
    return { person, holder: other }
  }

  function holderOf({ person, holder }: Concerned, phoneNumber: string) {
    if (holder) return 'other'
    return person.phoneNumber === phoneNumber ? 'self' : 'nobody'
  }

  /**
   * The person has the number from now on, which nobody else has. `hasMoved`: from somebody who is not
   * they; whoever has had a number already, as of two who are joined, is told in any case.
   */
  async function give(
    tx: Database,
    person: Person,
    number: Pick<Person, 'phoneNumber' | 'numberProvedAt'>,
    note: Note,
    hasMoved = false,
  ): Promise<Bound> {
    const registeredAt = person.registeredAt ?? new Date(now())
    // One that is noted may be taken back in WeChat: the name of the password stays until another is
    // proved.
    const formerNumber = number.numberProvedAt === null ? person.formerNumber : null
    const given = { ...number, formerNumber, registeredAt }
    await tx.update(people).set(given).where(eq(people.id, person.id))
    if (person.phoneNumber !== number.phoneNumber) await endSessionsOnWord(tx, person.id)
    if (hasMoved || person.phoneNumber !== null) await note('number-moved', person.id)
    await raiseVersions(tx, person.id)
    return { is: 'bound' }
  }

  return {
    fromWeChat: (identityId, phoneNumber, address) =>
      transact(database, async (tx): Promise<Bound> => {
        const concerned = await holdConcerned(tx, identityId, phoneNumber)
        const { person, holder } = concerned
        const note = noteIn(tx, address)
        const ruling = rulePress({
          holder: holderOf(concerned, phoneNumber),
          hasProvedNumber: person.numberProvedAt !== null,
          ...{ hasTextCodes, phoneJoin },
        })
        switch (ruling) {
          case 'keep':
            return { is: 'bound' }
          case 'need-text-code':
            return { is: 'need-text-code' }
          case 'leave':
            return { is: 'taken' }
          // A number that is noted has had no holder.
          case 'note':
          case 'join': {
            const joined = holder ? await join(tx, person, holder, note) : person
            const numberProvedAt = holder?.numberProvedAt ?? null
            return give(tx, joined, { phoneNumber, numberProvedAt }, note)
          }
        }
      }),

    proved: (identityId, proof, evidence, address) =>
      transact(database, async (tx): Promise<Bound> => {
        const { phoneNumber, purpose } = proof
        const concerned = await holdConcerned(tx, identityId, phoneNumber)
        const { person, holder } = concerned
        const note = noteIn(tx, address)
        const ruling = ruleClaim({
          ...{ purpose, isMine: evidence.isMine },
          holder: holderOf(concerned, phoneNumber),
          isYoung: holder !== undefined && isYoung(holder),
          hasEvidence: holder !== undefined && isFound(evidence, phoneNumber, holder),
        })
        if (holder && ruling === 'ask') return { is: 'unconfirmed', holder }
        if (ruling === 'leave') return { is: 'taken' }
        if (ruling === 'need-second-proof') return { is: 'need-second-proof' }
        if (!(await textCodes.use(tx, proof))) return { is: 'refused' }
        const number = { phoneNumber, numberProvedAt: new Date(now()) }
        if (ruling === 'renew') {
          await renewProof(tx, person.id, number.numberProvedAt)
          return { is: 'bound' }
        }
        if (!holder) return give(tx, person, number, note)
        if (ruling === 'join') return give(tx, await join(tx, person, holder, note), number, note)
        await takeNumberFrom(tx, holder, note)
        return give(tx, person, number, note, true)
      }),
  }
}
