import { createHash } from 'node:crypto'
import type { Given, Taken } from '../people/withdraw'
import type { PushMessage } from './pushMessage'

/** A user's withdrawal, as WeChat reports it. */
export interface WithdrawalEvent {
  /** The same for each repetition of the event. */
  id: string
  openid: string
  taken: Taken
}

/**
 * What a user takes back, by the numbers of `RevokeInfo` (WeChat: 授权用户信息变更). The others are
 * of what this backend never gets. 14 is what was chosen from the album, as a picture can be too.
 */
const revoked: Record<string, Given> = {
  6: { nickname: true, picture: true },
  8: { phoneNumber: true },
  14: { picture: true },
  19: { nickname: true },
  20: { picture: true },
}

/** Undefined for any other message, and for what names no user. */
export function withdrawalOf(message: PushMessage): WithdrawalEvent | undefined {
  const { OpenID: openid } = message
  const taken = takenBy(message)
  return openid && taken ? { id: idOf(message), openid, taken } : undefined
}

function takenBy({ Event: event, RevokeInfo: numbers = '' }: PushMessage): Taken | undefined {
  switch (event) {
    case 'user_authorization_cancellation':
      return 'identity'
    case 'user_info_modified':
      // WeChat has cleared a name or a picture that breaks its rules, and does not say which.
      return { nickname: true, picture: true }
    case 'user_authorization_revoke': {
      const parts = (numbers.match(/\d+/g) ?? []).flatMap((number) => revoked[number] ?? [])
      return parts.length > 0 ? parts.reduce((all, part) => ({ ...all, ...part })) : undefined
    }
    default:
      return undefined
  }
}

/**
 * `FromUserName` and `CreateTime`, by which WeChat advises to tell repetitions, are the same for all
 * users of one second here: the sender is WeChat's own service. Hashed, as it outlives the user.
 */
function idOf({ FromUserName, CreateTime, Event, OpenID, RevokeInfo }: PushMessage): string {
  const parts = [FromUserName, CreateTime, Event, OpenID, RevokeInfo]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
