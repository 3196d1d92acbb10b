import { eq } from 'drizzle-orm'
import type { PhoneJoin } from '../config'
import type { Database } from '../db/database'
import { people } from '../db/schema'
import { transact } from '../db/transact'
import type { EventLog, Note } from '../eventLog'
import type { NumberProof, TextCodes } from '../textCodes'
import { holdBoth, holdKeys } from './hold'
import { join } from './join'
import { personOfNumber } from './personOfNumber'
import { raiseVersions, type Person } from './rows'

/** What has become of a number that a person is to have. */
export type Bound =
  | { is: 'bound' }
  /** It stays another person's. */
  | { is: 'taken' }
  /** It is another person's, who has yet to be said to be the same. */
  | { is: 'unconfirmed'; holder: Person }
  /** The text code has been used. */
  | { is: 'used' }

/** Makes numbers people's. Promises about an identity that has been deleted reject with PersonGoneError. */
export interface BindNumber {
  /** One that WeChat's button gave. */
  fromWeChat(identityId: string, phoneNumber: string, address: string | undefined): Promise<Bound>
  /**
   * One that is proved by a text code, which is used up once it is bound. `isMine`: whether the user
   * has said that the other person who has it is they.
   */
  proved(
    identityId: string,
    proof: NumberProof,
    isMine: boolean | undefined,
    address: string | undefined,
  ): Promise<Bound>
}

/** `now` is in ms since 1970. */
export interface BindNumberOptions {
  phoneJoin: PhoneJoin
  textCodes: TextCodes
  eventLog: EventLog
  now: () => number
}

export function createBindNumber(
  database: Database,
  { phoneJoin, textCodes, eventLog, now }: BindNumberOptions,
): BindNumber {
  /** Holds the number, and both people. */
  async function holdHolder(tx: Database, identityId: string, phoneNumber: string) {
    await holdKeys(tx, ['phone', phoneNumber])
    const { person, other } = await holdBoth(tx, identityId, async () => {
      const holder = await personOfNumber(tx, phoneNumber)
      return holder.is === 'person' ? holder.person.id : undefined
    })
    return { person, holder: other }
  }

  /** Joins the person with the one who has the number. */
  async function bind(
    tx: Database,
    { person, holder }: { person: Person; holder: Person | undefined },
    phoneNumber: string,
    address: string | undefined,
  ): Promise<Bound> {
    if (person.phoneNumber === phoneNumber) return { is: 'bound' }
    const note: Note = (kind, personId) => eventLog.record(tx, { kind, personId, address })
    const { id, registeredAt } = holder ? await join(tx, person, holder, note) : person
    await tx
      .update(people)
      .set({ phoneNumber, registeredAt: registeredAt ?? new Date(now()) })
      .where(eq(people.id, id))
    if (holder || person.phoneNumber !== null) await note('number-moved', id)
    await raiseVersions(tx, id)
    return { is: 'bound' }
  }

  return {
    fromWeChat: (identityId, phoneNumber, address) =>
      transact(database, async (tx): Promise<Bound> => {
        const both = await holdHolder(tx, identityId, phoneNumber)
        if (both.holder && phoneJoin === 'refuse') return { is: 'taken' }
        return bind(tx, both, phoneNumber, address)
      }),

    proved: (identityId, proof, isMine, address) =>
      transact(database, async (tx): Promise<Bound> => {
        const both = await holdHolder(tx, identityId, proof.phoneNumber)
        const { holder } = both
        if (holder && isMine === undefined) return { is: 'unconfirmed', holder }
        if (holder && !isMine) return { is: 'taken' }
        if (!(await textCodes.use(tx, proof))) return { is: 'used' }
        return bind(tx, both, proof.phoneNumber, address)
      }),
  }
}
