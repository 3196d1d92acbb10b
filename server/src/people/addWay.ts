import { randomUUID } from 'node:crypto'
import type { Database } from '../db/database'
import { identities } from '../db/schema'
import { transact } from '../db/transact'
import type { EventLog } from '../eventLog'
import { holdBoth, holdKeys } from './hold'
import type { ProvedIdentity } from './identify'
import { join } from './join'
import { findByKey, findByUnionid, raiseVersions } from './rows'

/** `taken`: the WeChat user is somebody else here. */
export type Addition = 'added' | 'taken'

/**
 * Lets a WeChat user, who has just been proved, sign in the person of an identity. Somebody without a
 * number who has been known by that WeChat user becomes one with the person; which of two numbers
 * would stay is not decided here. Rejects with PersonGoneError.
 */
export type AddWay = (
  identityId: string,
  proved: ProvedIdentity,
  address: string | undefined,
) => Promise<Addition>

export function createAddWay(database: Database, eventLog: EventLog): AddWay {
  return (identityId, proved, address) =>
    transact(database, async (tx) => {
      const { provider, appId, subject, unionid = null } = proved
      await holdKeys(tx, ['identity', proved], ...(unionid ? [['unionid', unionid] as const] : []))
      const findKnown = () => findByKey(tx, { provider, appId, subject })
      const { person, other } = await holdBoth(tx, identityId, async () => {
        const known =
          (await findKnown()) ?? (unionid ? await findByUnionid(tx, unionid) : undefined)
        return known?.personId
      })
      if (other && other.phoneNumber !== null) return 'taken'
      const known = await findKnown()
      if (known && !other) return 'added'
      const { id: personId } = other
        ? await join(tx, person, other, (kind, id) =>
            eventLog.record(tx, { kind, personId: id, address }),
          )
        : person
      if (!known) {
        const identity = { id: randomUUID(), provider, appId, subject, unionid, personId }
        await tx.insert(identities).values(identity)
      }
      await raiseVersions(tx, personId)
      await eventLog.record(tx, { kind: 'way-added', about: 'wechat', personId, address })
      return 'added'
    })
}
