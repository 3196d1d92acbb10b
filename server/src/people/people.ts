import { eq } from 'drizzle-orm'
import type { AvatarFiles } from '../avatars/files'
import { isIssuedTo, pictureOf, setPicture } from '../avatars/personPicture'
import type { Database } from '../db/open'
import { identities, people } from '../db/schema'
import type { Vault } from '../vault'
import { join, setUnionid } from './join'
import { removePerson } from './remove'
import { findById, lockPeople, personOf, raiseVersions } from './rows'
import { createIdentify, type Identify } from './identify'

/** What a user has submitted; what is missing stays as it is. */
export interface UserInfoUpdate {
  unionid?: string | undefined
  nickname?: string | undefined
  /** The name of a picture. */
  avatar?: string | undefined
}

/**
 * The customers of the business and their WeChat identities. Promises about an identity that
 * has been deleted reject with PersonGoneError.
 */
export interface People {
  identify: Identify
  /** The identity's session keys, the newest first; those of a former secret are left out. */
  sessionKeys(identityId: string): Promise<string[]>
  /**
   * Saves all of it, and joins the person with the one who has the same unionid. If the picture was
   * not issued to this person, it saves nothing and resolves to false.
   */
  saveUserInfo(identityId: string, info: UserInfoUpdate): Promise<boolean>
  /** Makes `phoneNumber`, in E.164, the person's, and joins them with the one who had it before. */
  bindPhoneNumber(identityId: string, phoneNumber: string): Promise<void>
  /** Deletes the person and everything of theirs; does nothing if they are gone. */
  remove(identityId: string): Promise<void>
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
  return {
    identify: createIdentify(database, vault, now),

    async sessionKeys(identityId) {
      const { openid, sessionKey, previousSessionKey } = await findById(database, identityId)
      return [sessionKey, previousSessionKey].flatMap(
        (sealed) => (sealed && vault.open(sealed, openid)) || [],
      )
    },

    async saveUserInfo(identityId, { unionid, nickname, avatar }) {
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
        return isNewAvatar ? setPicture(tx, person.id, avatar, new Date(now())) : []
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

    async remove(identityId) {
      const pictures = await database.transaction(async (tx) => {
        await lockPeople(tx)
        const [own] = await tx.select().from(identities).where(eq(identities.id, identityId))
        return own ? removePerson(tx, own.personId) : []
      })
      await avatarFiles.remove(pictures)
    },
  }
}
