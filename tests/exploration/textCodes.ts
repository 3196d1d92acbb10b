import type { TextCode } from '../../src/auth/types'
import { isByUser } from './calls'
import type { Flight } from './phone'

/** What the backend takes for a code that it has not sent. */
export const MISTYPED = 'secret-mistyped'

/** Codes that text messages have brought, as the user types them. */
export interface TextCodes {
  /** @param purpose `number`: to hand over the number, which becomes a login where there is no silent one */
  type(purpose: 'login' | 'number', isRight: boolean): TextCode
  /** What is wrong with a call that goes out with one. */
  faultOf(flight: Flight, isForUser: boolean): string | undefined
}

export function createTextCodes(): TextCodes {
  const forNumber = new Set<unknown>()
  const spent = new Set<unknown>()
  let typed = 0

  return {
    type(purpose, isRight) {
      const number = ++typed
      const smsCode = `${isRight ? 'secret-s' : MISTYPED}${number}`
      if (purpose === 'number') forNumber.add(smsCode)
      return { phone: `secret-n${number}`, smsCode }
    },
    faultOf(flight, isForUser) {
      const { smsCode } = Object(flight.body) as Partial<TextCode>
      if (smsCode === undefined || !isByUser(flight)) return undefined
      if (spent.has(smsCode)) return `${flight.line} with a text code that was spent`
      spent.add(smsCode)
      const isRight = isForUser || !forNumber.has(smsCode)
      return isRight ? undefined : `${flight.line} with a number, where there is a silent login`
    },
  }
}
