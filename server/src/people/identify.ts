import { eq } from 'drizzle-orm'
import type { Database } from '../db/open'
import { identities, people } from '../db/schema'
import type { Vault } from '../vault'
import type { WeChatLogin } from '../wechat/client'
import { setUnionid } from './join'
import {
  findByOpenid,
  findByUnionid,
  lockPeople,
  onlyRow,
  raiseVersions,
  type Identity,
} from './rows'

/**
 * Finds or makes the identity of a login, stores its session key, and returns the identity's id.
 */
export type Identify = (login: WeChatLogin) => Promise<string>

export function createIdentify(database: Database, vault: Vault, now: () => number): Identify {
  async function create(tx: Database, { openid, unionid, sessionKey }: WeChatLogin) {
    const relative = unionid ? await findByUnionid(tx, unionid) : undefined
    const personId = relative?.personId ?? (await createPerson(tx)).id
    const identity = { openid, unionid, personId, sessionKey: vault.seal(sessionKey, openid) }
    return onlyRow(await tx.insert(identities).values(identity).returning())
  }

  async function createPerson(tx: Database) {
    return onlyRow(
      await tx
        .insert(people)
        .values({ createdAt: new Date(now()) })
        .returning(),
    )
  }

  async function keepSessionKey(tx: Database, identity: Identity, sessionKey: string) {
    // WeChat sends the same key again while it is valid: it must not push the older one out.
    if (vault.open(identity.sessionKey, identity.openid) === sessionKey) return
    const keys = {
      sessionKey: vault.seal(sessionKey, identity.openid),
      previousSessionKey: identity.sessionKey,
    }
    await tx.update(identities).set(keys).where(eq(identities.id, identity.id))
  }

  return async (login) => {
    const { openid, unionid, sessionKey } = login
    const changesPeople = (known: Identity | undefined) =>
      !known || (unionid !== undefined && unionid !== known.unionid)
    const needsLock = changesPeople(await findByOpenid(database, openid))

    return database.transaction(async (tx) => {
      if (needsLock) await lockPeople(tx)
      let known = await findByOpenid(tx, openid, 'update')
      if (!known && !needsLock) {
        // Deleted since it was looked up.
        await lockPeople(tx)
        known = await findByOpenid(tx, openid, 'update')
      }
      const identity = known ?? (await create(tx, login))
      if (known) await keepSessionKey(tx, known, sessionKey)
      if (known && unionid && changesPeople(known)) {
        await raiseVersions(tx, (await setUnionid(tx, known, unionid)).id)
      }
      return identity.id
    })
  }
}
