import { Hono } from 'hono'
import { z } from 'zod'
import { answerAnew, type AppEnv } from '../http/answer'
import { readBody, sealed, text } from '../http/body'
import type { OpenSubmitted } from '../http/openSubmitted'
import { Problem } from '../http/problem'
import { require } from '../http/require'
import type { People } from '../people/people'
import type { Session, Sessions } from '../sessions'
import { userInfo, type SealedData } from '../wechat/openData'

/** What WeChat's anonymous profile is called since 2021-04-28: no name at all. */
const anonymous = '微信用户'

const nickname = text(64)

const userInfoBody = z
  .looseObject({
    // A picture is taken only from this backend's own hand, and it has none to give yet.
    avatarUrl: z.undefined({ error: 'was not issued by this backend' }).optional(),
  })
  .pipe(
    z.union(
      [
        z.object({
          ...sealed,
          rawData: z.string().regex(/^\P{Cs}*$/u),
          signature: z.string(),
          nickname: nickname.optional(),
        }),
        z.object({ encryptedData: z.undefined().optional(), nickname }),
      ],
      { error: 'expected encryptedData, iv, rawData and signature, or nickname' },
    ),
  )

/** What the route works with. */
export interface UserInfoOptions {
  people: People
  sessions: Sessions
  openSubmitted: OpenSubmitted
}

/** `POST /auth/user-info`: what the getUserInfo button gave, the profile form, or both. */
export function userInfoRoute({ people, sessions, openSubmitted }: UserInfoOptions) {
  async function open(session: Session, data: SealedData) {
    const { openId, unionId, nickName } = await openSubmitted(session, data, userInfo)
    if (openId !== session.openid) throw new Problem('session-key-expired')
    return { unionid: unionId, nickname: nickname.safeParse(nickName).data }
  }

  return new Hono<AppEnv>().post('/auth/user-info', require('session'), async (c) => {
    const session = c.get('session')
    const body = readBody(c, userInfoBody)
    const opened = body.encryptedData === undefined ? undefined : await open(session, body)
    await people.learn(session.identityId, {
      unionid: opened?.unionid,
      // A name the user has typed goes before the one WeChat has.
      nickname: [body.nickname, opened?.nickname].find((name) => name && name !== anonymous),
    })
    return answerAnew(c, sessions)
  })
}
