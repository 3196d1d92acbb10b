import { dayInChina } from '../dayInChina'
import type { Unclaimed } from '../people/claimNumber'
import type { Person } from '../people/rows'
import { maskNickname, maskPhone } from '../phone'
import { Problem, type MaskedAccount } from './problem'

/** The problem of a number that lets nobody in, where it is not about the text code. */
export function unclaimedProblem(unclaimed: Exclude<Unclaimed, { is: 'refused' }>): Problem {
  switch (unclaimed.is) {
    case 'unconfirmed':
      return new Problem('confirmation-needed', { account: accountOf(unclaimed.holder) })
    case 'taken':
      return new Problem('phone-number-taken')
    case 'need-second-proof':
      return new Problem('second-proof-needed')
  }
}

function accountOf({ phoneNumber, nickname, registeredAt, createdAt }: Person): MaskedAccount {
  return {
    phone: maskPhone(phoneNumber ?? ''),
    nickname: nickname === null ? null : maskNickname(nickname),
    since: Number(dayInChina((registeredAt ?? createdAt).getTime()).slice(0, 4)),
  }
}
