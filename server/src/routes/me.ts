import { Hono } from 'hono'
import { answer, type AppEnv } from '../http/answer'
import { require } from '../http/require'
import { maskPhone } from '../phone'

/** `GET /me`: who is signed in, for their own eyes. */
export function meRoutes() {
  return new Hono<AppEnv>().get('/me', require('session'), (c) => {
    const { nickname, phoneNumber } = c.get('session')
    return answer(c, { nickname, phoneNumber: phoneNumber && maskPhone(phoneNumber) })
  })
}
