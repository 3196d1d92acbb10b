import { eq } from 'drizzle-orm'
import type { Database } from '../db/open'
import { identities, people } from '../db/schema'
import type { Vault } from '../vault'
import type { WeChatLogin } from '../wechat/client'
import { join, setUnionid } from './join'
import {
  findById,
  findByOpenid,
  findByUnionid,
  lockPeople,
  only,
  personOf,
  raiseVersions,
  type Identity,
} from './rows'

/** What a user has told of themselves; what is missing stays as it is. */
export interface LearntUserInfo {
  unionid?: string | undefined
  nickname?: string | undefined
}

/** Who uses the business, and by which WeChat identity they come. */
export interface People {
  /** Finds or makes the identity of a login, keeps its session key, and gives the identity's id. */
  signIn(login: WeChatLogin): Promise<string>
  /** The identity's session keys, the newest first; those of a former secret are left out. */
  sessionKeys(identityId: string): Promise<string[]>
  /** Notes all of it or, when it rejects, nothing. Whoever has the same unionid is joined. */
  learn(identityId: string, info: LearntUserInfo): Promise<void>
  /** Makes `phoneNumber`, in E.164, the person's. Whoever had it before is joined with them. */
  bindPhoneNumber(identityId: string, phoneNumber: string): Promise<void>
}

export function createPeople(database: Database, vault: Vault, now: () => number): People {
  async function create(tx: Database, { openid, unionid, sessionKey }: WeChatLogin) {
    const relative = unionid ? await findByUnionid(tx, unionid) : undefined
    const personId = relative?.personId ?? (await createPerson(tx)).id
    const identity = { openid, unionid, personId, sessionKey: vault.seal(sessionKey, openid) }
    return only(await tx.insert(identities).values(identity).returning())
  }

  async function createPerson(tx: Database) {
    return only(
      await tx
        .insert(people)
        .values({ createdAt: new Date(now()) })
        .returning(),
    )
  }

  async function keepSessionKey(tx: Database, identity: Identity, sessionKey: string) {
    // WeChat gives the same key again while it is good: it must not push the older one out.
    if (vault.open(identity.sessionKey, identity.openid) === sessionKey) return
    const keys = {
      sessionKey: vault.seal(sessionKey, identity.openid),
      previousSessionKey: identity.sessionKey,
    }
    await tx.update(identities).set(keys).where(eq(identities.id, identity.id))
  }

  return {
    async signIn(login) {
      const { openid, unionid, sessionKey } = login
      const isNews = (known: Identity | undefined) =>
        !known || (unionid !== undefined && unionid !== known.unionid)
      const changesPeople = isNews(await findByOpenid(database, openid))

      return database.transaction(async (tx) => {
        if (changesPeople) await lockPeople(tx)
        const known = await findByOpenid(tx, openid, 'update')
        const identity = known ?? (await create(tx, login))
        if (known) await keepSessionKey(tx, known, sessionKey)
        if (known && unionid && isNews(known)) {
          await raiseVersions(tx, (await setUnionid(tx, known, unionid)).id)
        }
        return identity.id
      })
    },

    async sessionKeys(identityId) {
      const { openid, sessionKey, previousSessionKey } = await findById(database, identityId)
      return [sessionKey, previousSessionKey].flatMap(
        (sealed) => (sealed && vault.open(sealed, openid)) || [],
      )
    },

    learn: (identityId, { unionid, nickname }) =>
      database.transaction(async (tx) => {
        await lockPeople(tx)
        const identity = await findById(tx, identityId)
        const isNewUnionid = unionid !== undefined && unionid !== identity.unionid
        const person = isNewUnionid
          ? await setUnionid(tx, identity, unionid)
          : await personOf(tx, identity)
        const isNewNickname = nickname !== undefined && nickname !== person.nickname
        if (isNewNickname) {
          await tx.update(people).set({ nickname }).where(eq(people.id, person.id))
        }
        if (isNewUnionid || isNewNickname) await raiseVersions(tx, person.id)
      }),

    bindPhoneNumber: (identityId, phoneNumber) =>
      database.transaction(async (tx) => {
        await lockPeople(tx)
        const person = await personOf(tx, await findById(tx, identityId))
        if (person.phoneNumber === phoneNumber) return
        const [holder] = await tx.select().from(people).where(eq(people.phoneNumber, phoneNumber))
        const { id, registeredAt } = holder ? await join(tx, person, holder) : person
        await tx
          .update(people)
          .set({ phoneNumber, registeredAt: registeredAt ?? new Date(now()) })
          .where(eq(people.id, id))
        await raiseVersions(tx, id)
      }),
  }
}
