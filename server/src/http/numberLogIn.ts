import type { Context } from 'hono'
import type { EventLog } from '../eventLog'
import type { NumberSignIn } from '../people/numberSignIn'
import type { Session } from '../sessions'
import type { Beginning } from '../startSession'
import type { TextCodes } from '../textCodes'
import type { AppEnv } from './answer'
import { invalidCredentials } from './authenticate'
import type { Limits } from './limits'
import { originOf } from './origin'

/** What a user sends with a phone number, in E.164, to sign in. */
export type NumberCredentials = { phone: string } & ({ smsCode: string } | { password: string })

/** Signs in by number. Promises reject with 401, whatever is wrong, and with 429 above a limit. */
export interface NumberLogIn {
  logIn(c: Context<AppEnv>, credentials: NumberCredentials): Promise<Session>
  /** Sets the password, too. */
  setPassword(
    c: Context<AppEnv>,
    credentials: { phone: string; smsCode: string; password: string },
  ): Promise<Session>
}

/** What signing in by number needs. */
export interface NumberLogInOptions {
  numberSignIn: NumberSignIn
  textCodes: TextCodes
  limits: Limits
  eventLog: EventLog
}

export function createNumberLogIn(options: NumberLogInOptions): NumberLogIn {
  const { numberSignIn, textCodes, limits, eventLog } = options

  /** Counts first: neither a wrong code nor one at the same time as others is for nothing. */
  async function begin(
    c: Context<AppEnv>,
    what: 'textCode' | 'password',
    phone: string,
  ): Promise<Beginning> {
    const origin = originOf(c)
    await limits.countLogin(origin.address)
    await limits.countTry(what, phone, origin.address)
    return { origin, replacedToken: c.req.header('Replaces-Token') }
  }

  async function end(
    c: Context<AppEnv>,
    about: 'text-code' | 'password',
    session: Session | undefined,
  ): Promise<Session> {
    if (!session) {
      // Without the person, whose hold would take a time that says that there is one.
      await eventLog.recordDenial({ kind: 'refused', about, address: c.get('address') }, undefined)
      throw invalidCredentials()
    }
    c.set('session', session)
    return session
  }

  return {
    async logIn(c, credentials) {
      const { phone: phoneNumber } = credentials
      if ('password' in credentials) {
        const beginning = await begin(c, 'password', phoneNumber)
        const { password } = credentials
        return end(c, 'password', await numberSignIn.byPassword(phoneNumber, password, beginning))
      }
      const beginning = await begin(c, 'textCode', phoneNumber)
      const proof = await textCodes.check({ phoneNumber, purpose: 'login' }, credentials.smsCode)
      return end(c, 'text-code', proof && (await numberSignIn.byTextCode(proof, beginning)))
    },

    async setPassword(c, { phone: phoneNumber, smsCode, password }) {
      const beginning = await begin(c, 'textCode', phoneNumber)
      const proof = await textCodes.check({ phoneNumber, purpose: 'password' }, smsCode)
      const session = proof && (await numberSignIn.settingPassword(proof, password, beginning))
      return end(c, 'text-code', session)
    },
  }
}
