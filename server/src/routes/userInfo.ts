import { Hono } from 'hono'
import { z } from 'zod'
import { answerAfterChange, type AppEnv } from '../http/answer'
import { readBody, encryptedMembers, text } from '../http/body'
import type { AvatarAddress } from '../http/avatarAddress'
import type { OpenSubmitted } from '../http/openSubmitted'
import { Problem } from '../http/problem'
import { requires } from '../http/requires'
import type { People } from '../people/people'
import type { Session, Sessions } from '../sessions'
import { userInfo, type EncryptedData } from '../wechat/openData'
import type { ObserveUnionid } from '../wechat/unionidCheck'

/** What WeChat's anonymous profile is called since 2021-04-28: no name at all. */
const anonymous = '微信用户'

const nickname = text(64)

const unencrypted = { encryptedData: z.undefined().optional() }
const notIssued = 'was not issued to this person by this backend'
const avatarUrl = z.string({ error: notIssued }).optional()

export const userInfoMembers = z.union(
  [
    z.object({
      ...encryptedMembers,
      rawData: z.string().regex(/^\P{Cs}*$/u),
      signature: z.string(),
      nickname: nickname.optional(),
      avatarUrl,
    }),
    z.object({ ...unencrypted, nickname, avatarUrl }),
    z.object({ ...unencrypted, nickname: z.undefined().optional(), avatarUrl: z.string() }),
  ],
  { error: 'expected encryptedData, iv, rawData and signature, or nickname, or avatarUrl' },
)

/** A picture of the wrong type is named first, whatever else is missing. */
const userInfoBody = z.looseObject({ avatarUrl }).pipe(userInfoMembers)

/** What the route works with. */
export interface UserInfoOptions {
  people: People
  sessions: Sessions
  openSubmitted: OpenSubmitted
  observeUnionid: ObserveUnionid
  address: AvatarAddress
}

/** `POST /auth/user-info`: what the getUserInfo button gave, the profile form, or both. */
export function userInfoRoute(options: UserInfoOptions) {
  const { people, sessions, openSubmitted, observeUnionid, address } = options

  async function open(session: Session, data: EncryptedData) {
    const { openId, unionId, nickName } = await openSubmitted(session, data, 'userInfo', userInfo)
    if (openId !== session.subject) throw new Problem('session-key-expired')
    observeUnionid(session.appId, 'userInfo', unionId)
    return { unionid: unionId, nickname: nickname.safeParse(nickName).data }
  }

  function pictureIn(avatarUrl: string | undefined): string | undefined {
    const name = avatarUrl && address.nameIn(avatarUrl)
    if (avatarUrl !== undefined && !name) throw foreignPicture()
    return name
  }

  return new Hono<AppEnv>().post(
    '/auth/user-info',
    requires('session', 'second-proof'),
    async (c) => {
      const session = c.get('session')
      const body = await readBody(c, userInfoBody)
      const opened = body.encryptedData === undefined ? undefined : await open(session, body)
      const update = {
        unionid: opened?.unionid,
        // A name the user has typed goes before the one WeChat has.
        nickname: [body.nickname, opened?.nickname].find((name) => name && name !== anonymous),
        avatar: pictureIn(body.avatarUrl),
      }
      const isSaved = await people.saveUserInfo(session.identityId, update, c.get('address'))
      if (!isSaved) throw foreignPicture()
      return answerAfterChange(c, sessions)
    },
  )
}

function foreignPicture() {
  return new Problem('invalid-body', { errors: [{ pointer: '#/avatarUrl', detail: notIssued }] })
}
