// What becomes of a number that somebody has in their hands, as pure functions: carriers give numbers
// out again, 90 days after they were given up at the earliest. tests/numberRule.test.ts searches what
// two people can do with one number under this rule.
import type { PhoneJoin } from '../config'
import type { TextCodePurpose } from '../textCodes'

/** A number that somebody has just proved by a text code, and what else is known. */
export interface Claim {
  /** What it was proved for. `bind` is for the person of a session, the others are logins. */
  purpose: TextCodePurpose
  /** Who has the number so far; `self` is the person of the session. */
  holder: 'nobody' | 'self' | 'other'
  /** Whether the holder has proved the number so lately that it cannot have changed hands since. */
  isYoung: boolean
  /** Whether the claimant has shown otherwise, too, that they are the holder. */
  hasEvidence: boolean
  /** What the claimant says of the holder's account. */
  isMine: boolean | undefined
}

export type ClaimRuling =
  /** Nobody has the number: it becomes the claimant's, who is somebody new if it is a login. */
  | 'take'
  /** The claimant is the holder, who has proved the number once more. */
  | 'renew'
  /** Claimant and holder become one. */
  | 'join'
  /** The number leaves the holder and becomes the claimant's. */
  | 'move'
  /** The claimant is to say whether the holder is they. */
  | 'ask'
  /** The claimant is the holder by their own word only: a session that needs a second proof. */
  | 'restrict'
  /** What is asked for is not done on a word only. */
  | 'need-second-proof'
  /** The number stays the holder's. */
  | 'leave'

export function ruleClaim(claim: Claim): ClaimRuling {
  const { purpose, holder, isYoung, hasEvidence, isMine } = claim
  if (holder === 'nobody') return 'take'
  if (holder === 'self') return 'renew'
  const isHolder = isYoung || hasEvidence
  if (purpose !== 'bind' && isHolder && isMine !== false) return 'renew'
  if (isMine === undefined) return 'ask'
  if (!isMine) return isYoung ? 'leave' : 'move'
  // To make one of two takes a word, too.
  if (isHolder) return 'join'
  return purpose === 'login' ? 'restrict' : 'need-second-proof'
}

/**
 * A number that WeChat's button gave. WeChat knows of it, but does not promise that the user has it
 * in their hands at this moment: it proves nothing.
 */
export interface Press {
  holder: 'nobody' | 'self' | 'other'
  /** Whether the user has a number that a text code has proved. */
  hasProvedNumber: boolean
  /** Whether the user can prove the number by a text code. */
  hasTextCodes: boolean
  phoneJoin: PhoneJoin | undefined
}

export type PressRuling =
  /** The number becomes the user's, unproved. */
  | 'note'
  /** The user has it. */
  | 'keep'
  /** The user and the holder become one. */
  | 'join'
  /** A text code is to prove the number. */
  | 'need-text-code'
  /** The number stays the holder's. */
  | 'leave'

export function rulePress({
  holder,
  hasProvedNumber,
  hasTextCodes,
  phoneJoin,
}: Press): PressRuling {
  if (holder === 'self') return 'keep'
  if (phoneJoin === 'button') return holder === 'other' ? 'join' : 'note'
  if (holder === 'nobody') return hasProvedNumber && hasTextCodes ? 'need-text-code' : 'note'
  return hasTextCodes && phoneJoin !== 'refuse' ? 'need-text-code' : 'leave'
}
