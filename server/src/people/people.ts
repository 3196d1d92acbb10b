import { eq } from 'drizzle-orm'
import { isIssuedTo, pictureOf, setPicture } from '../avatars/personPicture'
import type { Database } from '../db/database'
import { people } from '../db/schema'
import { transact } from '../db/transact'
import type { Vault } from '../vault'
import type { EventLog, Note } from '../eventLog'
import { holdKeys, holdPerson } from './hold'
import { setUnionid } from './join'
import { removePerson } from './remove'
import { findById, nothingIfGone, raiseVersions } from './rows'

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
  /** The identity's session keys, the newest first; those of a former secret are left out. */
  sessionKeys(identityId: string): Promise<string[]>
  /**
   * Saves all of it, and joins the person with the one who has the same unionid. If the picture was
   * not issued to this person, it saves nothing and resolves to false.
   */
  saveUserInfo(
    identityId: string,
    info: UserInfoUpdate,
    address: string | undefined,
  ): Promise<boolean>
  /** Deletes the person and everything of theirs; does nothing if they are gone. */
  remove(identityId: string): Promise<void>
}

/** `now` is in ms since 1970. */
export interface PeopleOptions {
  vault: Vault
  eventLog: EventLog
  now: () => number
}

export function createPeople(database: Database, { vault, eventLog, now }: PeopleOptions): People {
  const noteIn =
    (tx: Database, address: string | undefined): Note =>
    (kind, personId) =>
      eventLog.record(tx, { kind, personId, address })

  return {
    async sessionKeys(identityId) {
      const { subject, sessionKey, previousSessionKey } = await findById(database, identityId)
      return [sessionKey, previousSessionKey].flatMap(
        (sealed) => (sealed && vault.open(sealed, subject)) || [],
      )
    },

    saveUserInfo: (identityId, { unionid, nickname, avatar }, address) =>
      transact(database, async (tx) => {
        if (unionid !== undefined) await holdKeys(tx, ['unionid', unionid])
        const own = await holdPerson(tx, identityId, 'update')
        if (avatar && !(await isIssuedTo(tx, own.person.id, avatar))) return false
        const isNewUnionid = unionid !== undefined && unionid !== own.identity.unionid
        const person = isNewUnionid
          ? await setUnionid(tx, identityId, unionid, noteIn(tx, address))
          : own.person
        const isNewNickname = nickname !== undefined && nickname !== person.nickname
        if (isNewNickname) {
          await tx.update(people).set({ nickname }).where(eq(people.id, person.id))
        }
        const isNewAvatar = avatar !== undefined && avatar !== (await pictureOf(tx, person.id))
        if (isNewUnionid || isNewNickname || isNewAvatar) await raiseVersions(tx, person.id)
        if (isNewAvatar) await setPicture(tx, person.id, avatar, new Date(now()))
        return true
      }),

    async remove(identityId) {
      await transact(database, async (tx) => {
        const { person } = await holdPerson(tx, identityId, 'update')
        // It keeps nothing of the person, neither who nor from where.
        await eventLog.record(tx, { kind: 'deletion' })
        await removePerson(tx, person.id)
      }).catch(nothingIfGone)
    },
  }
}
