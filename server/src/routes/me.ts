import { Hono } from 'hono'
import { answer, type AppEnv } from '../http/answer'
import type { AvatarAddress } from '../http/avatarAddress'
import { requires } from '../http/requires'
import { maskPhone } from '../phone'

/** `GET /me`: who is signed in, for their own eyes. */
export function meRoutes(address: AvatarAddress) {
  return new Hono<AppEnv>().get('/me', requires('session'), (c) => {
    const { nickname, avatar, phoneNumber } = c.get('session')
    return answer(c, {
      nickname,
      avatarUrl: avatar && address.of(avatar),
      phoneNumber: phoneNumber && maskPhone(phoneNumber),
    })
  })
}
