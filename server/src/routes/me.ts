import { Hono } from 'hono'
import { answer, type AppEnv } from '../http/answer'
import type { AvatarAddress } from '../http/avatarAddress'
import { requires } from '../http/requires'
import { maskPhone } from '../phone'

/**
 * `GET /me`: who is signed in, with the number masked, as it may be on a screen that others see.
 * `GET /me/phone-number`: the number in full, for a form of its owner.
 */
export function meRoutes(address: AvatarAddress) {
  return new Hono<AppEnv>()
    .get('/me', requires('session'), (c) => {
      const { nickname, avatar, phoneNumber } = c.get('session')
      return answer(c, {
        nickname,
        avatarUrl: avatar && address.of(avatar),
        phoneNumber: phoneNumber && maskPhone(phoneNumber),
      })
    })

    .get('/me/phone-number', requires('getPhoneNumber'), (c) => {
      c.header('Cache-Control', 'no-store')
      return answer(c, { phoneNumber: c.get('session').phoneNumber })
    })
}
