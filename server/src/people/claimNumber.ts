import type { Database } from '../db/database'
import { people } from '../db/schema'
import type { EventLog, Note } from '../eventLog'
import type { NumberProof, TextCodes } from '../textCodes'
import { hasSessionOf, isFound, type Found } from './evidence'
import { holdKeys } from './hold'
import { renewProof, takeNumberFrom, type IsYoung } from './moveNumber'
import { ruleClaim } from './numberRule'
import { personOfNumber } from './personOfNumber'
import { onlyRow, type Person } from './rows'

/** What somebody shows beside a text code. */
export interface Evidence extends Found {
  /** What they say of the account that has the number. */
  isMine: boolean | undefined
  /** Access tokens of the same client. */
  tokens: readonly string[]
}

/** Why a number that was proved lets nobody in. */
export type Unclaimed =
  /** The text code has been used. */
  | { is: 'refused' }
  /** It is another person's, who has yet to be said to be the same. */
  | { is: 'unconfirmed'; holder: Person }
  /** It stays another person's. */
  | { is: 'taken' }
  /** A word is not enough for this. */
  | { is: 'need-second-proof' }

/** Who logs in with a number that was proved; `needsSecondProof`: by their word only. */
export type Claimed = { is: 'claimed'; person: Person; needsSecondProof: boolean } | Unclaimed

/**
 * Finds or registers the person of a login by text code, which is used up where that lets somebody
 * in. The transaction holds the number and the person from then on.
 */
export type ClaimNumber = (
  tx: Database,
  proof: NumberProof,
  evidence: Evidence,
  address: string | undefined,
) => Promise<Claimed>

/** `now` is in ms since 1970. */
export interface ClaimNumberOptions {
  textCodes: TextCodes
  eventLog: EventLog
  isYoung: IsYoung
  now: () => number
}

export function createClaimNumber(options: ClaimNumberOptions): ClaimNumber {
  const { textCodes, eventLog, isYoung, now } = options

  async function register(tx: Database, phoneNumber: string, note: Note): Promise<Person> {
    const registeredAt = new Date(now())
    const fresh = { phoneNumber, createdAt: registeredAt, registeredAt }
    const proved = { ...fresh, numberProvedAt: registeredAt }
    const person = onlyRow(await tx.insert(people).values(proved).returning())
    await note('registration', person.id)
    return person
  }

  async function rule(tx: Database, proof: NumberProof, evidence: Evidence) {
    const { phoneNumber, purpose } = proof
    const { isMine, tokens } = evidence
    const known = await personOfNumber(tx, phoneNumber, 'update')
    const holder = known.is === 'person' ? known.person : undefined
    const hasEvidence =
      holder !== undefined &&
      (isFound(evidence, phoneNumber, holder) || (await hasSessionOf(tx, holder.id, tokens, now())))
    const ruling = ruleClaim({
      purpose,
      holder: holder ? 'other' : 'nobody',
      isYoung: holder !== undefined && isYoung(holder),
      hasEvidence,
      isMine,
    })
    return { holder, ruling }
  }

  return async (tx, proof, evidence, address) => {
    const { phoneNumber } = proof
    const note: Note = (kind, personId) => eventLog.record(tx, { kind, personId, address })
    await holdKeys(tx, ['phone', phoneNumber])
    const { holder, ruling } = await rule(tx, proof, evidence)
    if (holder && ruling === 'ask') return { is: 'unconfirmed', holder }
    if (ruling === 'leave') return { is: 'taken' }
    if (ruling === 'need-second-proof') return { is: 'need-second-proof' }
    if (!(await textCodes.use(tx, proof))) return { is: 'refused' }
    if (!holder) {
      const person = await register(tx, phoneNumber, note)
      return { is: 'claimed', person, needsSecondProof: false }
    }
    switch (ruling) {
      case 'move': {
        await takeNumberFrom(tx, holder, note)
        const person = await register(tx, phoneNumber, note)
        await note('number-moved', person.id)
        return { is: 'claimed', person, needsSecondProof: false }
      }
      case 'restrict':
        await note('claim', holder.id)
        return { is: 'claimed', person: holder, needsSecondProof: true }
      default:
        await renewProof(tx, holder.id, new Date(now()))
        return { is: 'claimed', person: holder, needsSecondProof: false }
    }
  }
}
