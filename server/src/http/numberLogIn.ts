import type { Context } from 'hono'
import type { EventLog } from '../eventLog'
import type { NumberSignIn, SignedIn } from '../people/numberSignIn'
import type { Session } from '../sessions'
import type { Beginning } from '../startSession'
import type { TextCodes } from '../textCodes'
import type { AppEnv } from './answer'
import { invalidCredentials } from './authenticate'
import { authorizationOf } from './authorization'
import type { Limits } from './limits'
import { unclaimedProblem } from './maskedAccount'
import { originOf } from './origin'

/** What a user sends with a phone number, in E.164, to sign in. */
export type NumberCredentials = { phone: string } & (
  TextCodeCredentials | { password: string; smsCode?: undefined }
)

/** With a password, it is shown twice whose account it is. */
interface TextCodeCredentials {
  smsCode: string
  password?: string | undefined
  isMine?: boolean | undefined
}

/**
 * Signs in by number. Promises reject with 401, whatever is wrong, with 429 above a limit, and, for
 * those who have the number in their hands, with 403 and 409.
 */
export interface NumberLogIn {
  logIn(c: Context<AppEnv>, credentials: NumberCredentials): Promise<Session>
  /** Sets the password, too. */
  setPassword(
    c: Context<AppEnv>,
    credentials: { phone: string; smsCode: string; password: string; isMine?: boolean | undefined },
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
    signedIn: SignedIn | undefined,
  ): Promise<Session> {
    if (!signedIn || signedIn.is === 'refused') {
      // Without the person, whose hold would take a time that says that there is one.
      await eventLog.recordDenial({ kind: 'refused', about, address: c.get('address') }, undefined)
      throw invalidCredentials()
    }
    if (signedIn.is !== 'signed-in') throw unclaimedProblem(signedIn)
    c.set('session', signedIn.session)
    return signedIn.session
  }

  return {
    async logIn(c, credentials) {
      const { phone: phoneNumber, password } = credentials
      if (credentials.smsCode === undefined) {
        const beginning = await begin(c, 'password', phoneNumber)
        const signedIn = await numberSignIn.byPassword(phoneNumber, credentials.password, beginning)
        return end(c, 'password', signedIn)
      }
      const { smsCode, isMine } = credentials
      const beginning = await begin(c, 'textCode', phoneNumber)
      if (password !== undefined) {
        await limits.countTry('password', phoneNumber, c.get('address'))
      }
      const proof = await textCodes.check({ phoneNumber, purpose: 'login' }, smsCode)
      const shown = { isMine, password, tokens: tokensOf(c) }
      return end(c, 'text-code', proof && (await numberSignIn.byTextCode(proof, shown, beginning)))
    },

    async setPassword(c, { phone: phoneNumber, smsCode, password, isMine }) {
      const beginning = await begin(c, 'textCode', phoneNumber)
      const proof = await textCodes.check({ phoneNumber, purpose: 'password' }, smsCode)
      const shown = { isMine, tokens: tokensOf(c) }
      const signedIn =
        proof && (await numberSignIn.settingPassword(proof, password, shown, beginning))
      return end(c, 'text-code', signedIn)
    },
  }
}

/** Those that a login brings: of the session that it replaces, or of one beside it. */
function tokensOf(c: Context<AppEnv>): string[] {
  const authorization = authorizationOf(c)
  const bearer = authorization?.scheme === 'bearer' ? authorization.credentials : undefined
  return [c.req.header('Replaces-Token'), bearer].filter((token) => token !== undefined)
}
