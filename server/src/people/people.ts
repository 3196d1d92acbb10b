import { eq } from 'drizzle-orm'
import type { AvatarFiles } from '../avatars/files'
import { isIssuedTo, pictureOf, usePicture } from '../avatars/use'
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
  /** The name of a picture. */
  avatar?: string | undefined
}

/** Who uses the business, and by which WeChat identity they come. */
export interface People {
  /** Finds or makes the identity of a login, keeps its session key, and gives the identity's id. */
  signIn(login: WeChatLogin): Promise<string>
  /** The identity's session keys, the newest first; those of a former secret are left out. */
  sessionKeys(identityId: string): Promise<string[]>
  /**
   * Notes all of it, and whoever has the same unionid is joined. Nothing is noted, and the answer
   * is false, when the picture was not issued to this person.
   */
  learn(identityId: string, info: LearntUserInfo): Promise<boolean>
  /** Makes `phoneNumber`, in E.164, the person's. Whoever had it before is joined with them. */
  bindPhoneNumber(identityId: string, phoneNumber: string): Promise<void>
}

/** `now` is in ms since 1970. */
export interface PeopleOptions {
  vault: Vault
  avatarFiles: AvatarFiles
  now: () => number
}

export function createPeople(
  database: Database,
  { vault, avatarFiles, now }: PeopleOptions,
): People {
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

    async learn(identityId, { unionid, nickname, avatar }) {
      const replaced = await database.transaction(async (tx) => {
        await lockPeople(tx)
        const identity = await findById(tx, identityId)
        if (avatar && !(await isIssuedTo(tx, identity.personId, avatar))) return undefined
        const isNewUnionid = unionid !== undefined && unionid !== identity.unionid
        const person = isNewUnionid
          ? await setUnionid(tx, identity, unionid)
          : await personOf(tx, identity)
        const isNewNickname = nickname !== undefined && nickname !== person.nickname
        if (isNewNickname) {
          await tx.update(people).set({ nickname }).where(eq(people.id, person.id))
        }
        const isNewAvatar = avatar !== undefined && avatar !== (await pictureOf(tx, person.id))
        if (isNewUnionid || isNewNickname || isNewAvatar) await raiseVersions(tx, person.id)
        return isNewAvatar ? usePicture(tx, person.id, avatar, new Date(now())) : []
      })
      await avatarFiles.remove(replaced ?? [])
      return replaced !== undefined
    },

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
