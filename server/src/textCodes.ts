import { randomInt, randomUUID } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { clearExpired } from './db/clearExpired'
import type { Database } from './db/database'
import { textCodes, type textCodePurposes } from './db/schema'
import type { KeyedHash } from './keyedHash'

/** How long a code can be used, in seconds. */
export const textCodeLife = 300
const triesPerCode = 5
/** How many expired codes a new one clears away: more than it adds, but few. */
const clearedPerCode = 10

export type TextCodePurpose = (typeof textCodePurposes)[number]

/** For whom a code is, and what for; the number is in E.164. */
export interface TextCodeUse {
  phoneNumber: string
  purpose: TextCodePurpose
}

/** Somebody has this number in their hands: they have entered the code that was sent to it. */
export interface NumberProof extends TextCodeUse {
  codeId: string
}

/** Codes of six digits for phones, of which only hashes are stored. */
export interface TextCodes {
  /** A new code, which ends the former one of the same use. */
  issue(use: TextCodeUse): Promise<string>
  /**
   * Whether this is the code, which is not used up by that. Not to be called within a transaction: a
   * wrong code costs one of five tries, which must be counted even if everything else fails.
   */
  check(use: TextCodeUse, code: string): Promise<NumberProof | undefined>
  /** Uses the code up, in the transaction that does what it was for; false if it has been used. */
  use(tx: Database, proof: NumberProof): Promise<boolean>
}

const expiring = { table: textCodes, id: textCodes.id, time: textCodes.expiresAt }

/** `now` is in ms since 1970. */
export function createTextCodes(
  database: Database,
  { keyedHash, now }: { keyedHash: KeyedHash; now: () => number },
): TextCodes {
  const isOf = ({ phoneNumber, purpose }: TextCodeUse) =>
    and(eq(textCodes.phoneNumber, phoneNumber), eq(textCodes.purpose, purpose))

  return {
    async issue({ phoneNumber, purpose }) {
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      const id = randomUUID()
      const fresh = {
        id,
        hash: keyedHash.of(`${id} ${code}`),
        triesLeft: triesPerCode,
        expiresAt: new Date(now() + textCodeLife * 1000),
      }
      await database
        .insert(textCodes)
        .values({ phoneNumber, purpose, ...fresh })
        .onConflictDoUpdate({ target: [textCodes.phoneNumber, textCodes.purpose], set: fresh })
      await clearExpired(database, expiring, new Date(now()), clearedPerCode)
      return code
    },

    async check(use, code) {
      // It is counted before it is compared: of many at once, no more than five are compared.
      const [tried] = await database
        .update(textCodes)
        .set({ triesLeft: sql`${textCodes.triesLeft} - 1` })
        .where(and(isOf(use), gt(textCodes.triesLeft, 0), gt(textCodes.expiresAt, new Date(now()))))
        .returning()
      if (!tried || !keyedHash.matches(`${tried.id} ${code}`, tried.hash)) return undefined
      await database
        .update(textCodes)
        .set({ triesLeft: sql`${textCodes.triesLeft} + 1` })
        .where(eq(textCodes.id, tried.id))
      return { ...use, codeId: tried.id }
    },

    async use(tx, { codeId }) {
      const used = await tx.delete(textCodes).where(eq(textCodes.id, codeId)).returning()
      return used.length > 0
    },
  }
}
