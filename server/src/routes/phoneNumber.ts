import { Hono } from 'hono'
import { z } from 'zod'
import type { EventLog } from '../eventLog'
import { answerAfterChange, type AppEnv } from '../http/answer'
import { requireFreshLogin } from '../http/authenticate'
import { encryptedMembers, readBody, text } from '../http/body'
import { isMine, password, phone, smsCode } from '../http/credentials'
import type { Limits } from '../http/limits'
import type { OpenSubmitted } from '../http/openSubmitted'
import { unclaimedProblem } from '../http/maskedAccount'
import { Problem, unauthorized } from '../http/problem'
import { requires } from '../http/requires'
import type { CheckWatermark } from '../http/watermark'
import type { BindNumber, Bound } from '../people/bindNumber'
import type { FindByPassword } from '../people/numberPassword'
import type { FindSubscriber } from '../people/numberSince'
import type { Session, Sessions } from '../sessions'
import type { TextCodes } from '../textCodes'
import { WeChatError } from '../wechat/api'
import { phoneInfo, type PhoneInfo, type WeChat } from '../wechat/client'

const wechatMembers = z.union([z.object({ code: text(512) }), z.object(encryptedMembers)], {
  error: 'expected code, or encryptedData and iv',
})

const provedMembers = z.object({
  phone,
  smsCode,
  isMine,
  /** Of the account that has the number: evidence that it is the user's. */
  password: password.optional(),
})

/** A member of the wrong form is named first, whatever else is missing. */
export const phoneBody = z
  .looseObject({ phone: phone.optional(), smsCode: smsCode.optional() })
  .pipe(
    z.union([provedMembers, ...wechatMembers.options], {
      error: 'expected code, or encryptedData and iv, or phone and smsCode',
    }),
  )

/** What the route works with. */
export interface PhoneNumberOptions {
  wechat: WeChat
  bindNumber: BindNumber
  findByPassword: FindByPassword
  findSubscriber: FindSubscriber
  sessions: Sessions
  openSubmitted: OpenSubmitted
  checkWatermark: CheckWatermark
  textCodes: TextCodes
  /** Whether text codes are sent. */
  hasTextCodes: boolean
  limits: Limits
  eventLog: EventLog
}

/** `POST /auth/phone-number`: what the getPhoneNumber button gave, or a number with its text code. */
export function phoneNumberRoute(options: PhoneNumberOptions) {
  const { wechat, bindNumber, sessions, openSubmitted, checkWatermark, textCodes, limits } = options

  async function refuse(
    session: Session,
    address: string | undefined,
    about: 'phone-code' | 'text-code' | 'phone-number',
  ): Promise<never> {
    const { identityId } = session
    await options.eventLog.recordDenial({ kind: 'refused', about, address }, identityId)
    throw new Problem(about === 'phone-number' ? 'phone-number-taken' : 'phone-code-refused')
  }

  async function phoneOf(
    session: Session,
    phoneCode: string,
    address: string | undefined,
  ): Promise<PhoneInfo> {
    await limits.countOwn('phoneCodes', session, address)
    // Nobody has pressed the button of a mini-program for a session of something else.
    if (session.provider !== 'wechat-mini-program') return refuse(session, address, 'phone-code')
    const info = await wechat.phoneNumberOf(phoneCode, session).catch((error: unknown) => {
      if (!(error instanceof WeChatError && error.reason === 'refused')) throw error
      return refuse(session, address, 'phone-code')
    })
    checkWatermark('phoneNumber', session.appId, info.watermark)
    return info
  }

  async function bindProved(
    session: Session,
    body: z.output<typeof provedMembers>,
    address: string | undefined,
  ): Promise<Bound> {
    const { phone: phoneNumber, smsCode: code, isMine, password: typed } = body
    await limits.countTry('textCode', phoneNumber, address)
    if (typed !== undefined) await limits.countTry('password', phoneNumber, address)
    const proof = await textCodes.check({ phoneNumber, purpose: 'bind' }, code)
    if (!proof) return { is: 'refused' }
    const byPassword =
      typed === undefined ? undefined : await options.findByPassword(phoneNumber, typed)
    // Who has not been asked yet is asked in any case.
    const isToAsk = byPassword === undefined && isMine === true
    const subscriber = isToAsk ? await options.findSubscriber(phoneNumber) : undefined
    const evidence = { isMine, byPassword, subscriber }
    return bindNumber.proved(session.identityId, proof, evidence, address)
  }

  return new Hono<AppEnv>().post(
    '/auth/phone-number',
    requires('session', 'second-proof'),
    async (c) => {
      const session = c.get('session')
      const address = c.get('address')
      const bind = async (): Promise<Bound> => {
        const body = options.hasTextCodes
          ? await readBody(c, phoneBody)
          : await readBody(c, wechatMembers)
        if ('phone' in body) {
          // It signs in from now on: nobody may add a number of their own with a token they have found.
          // WeChat's button cannot: WeChat answers for whose number it is.
          if (session.phoneNumber !== body.phone) requireFreshLogin(c, session)
          return bindProved(session, body, address)
        }
        const info =
          'code' in body
            ? await phoneOf(session, body.code, address)
            : await openSubmitted(session, body, 'phoneNumber', phoneInfo)
        const phoneNumber = `+${info.countryCode}${info.purePhoneNumber}`
        return bindNumber.fromWeChat(session.identityId, phoneNumber, address)
      }
      const bound = await bind()
      switch (bound.is) {
        case 'bound':
          return answerAfterChange(c, sessions)
        case 'need-text-code':
          throw unauthorized('challenged', 'getPhoneNumber proof="sms"')
        case 'taken':
          return refuse(session, address, 'phone-number')
        case 'refused':
          return refuse(session, address, 'text-code')
        default:
          throw unclaimedProblem(bound)
      }
    },
  )
}
