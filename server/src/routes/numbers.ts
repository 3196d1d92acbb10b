import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { answer, type AppEnv } from '../http/answer'
import { maxGuestJson, readBody } from '../http/body'
import { isMine, newPassword, phone, smsCode } from '../http/credentials'
import type { Limits } from '../http/limits'
import type { NumberLogIn } from '../http/numberLogIn'
import { Problem } from '../http/problem'
import { textCodePurposes } from '../db/schema'
import type { Logger } from '../log'
import { parsePhone } from '../phone'
import type { SmsSender } from '../sms/smsSender'
import type { AskedTextCode, TextCodeCheck } from '../sms/textCodeCheck'
import { textCodeLife, type TextCodes } from '../textCodes'

export const textCodeBody = z.object({
  phone,
  purpose: z.enum(textCodePurposes),
  /** For the check of the business, if it has one. */
  captcha: z.string().max(8192).optional(),
})

export const passwordBody = z
  .object({ phone, smsCode, password: newPassword, isMine })
  .refine(({ phone: number, password }) => parsePhone(password) !== number, {
    path: ['password'],
    error: 'is the phone number',
  })

/** What these routes work with. */
export interface NumberRoutesOptions {
  textCodes: TextCodes
  sendSms: SmsSender
  /** Without it, each code is sent that is within the limits. */
  checkTextCode: TextCodeCheck | undefined
  numberLogIn: NumberLogIn
  limits: Limits
  /** In seconds. */
  resendAfter: number
  log: Logger
}

/** Text codes for phones, and passwords: for those who have no session, too. */
export function numberRoutes(options: NumberRoutesOptions) {
  const { textCodes, sendSms, checkTextCode, numberLogIn, limits, resendAfter, log } = options

  /** An address that asks too often, or has solved no captcha, uses up nothing of the number's. */
  async function admit(c: Context<AppEnv>, asked: AskedTextCode): Promise<void> {
    await limits.countAskedCode(asked.address)
    const isAdmitted = await (checkTextCode?.(asked) ?? Promise.resolve(true)).catch(unsent(c))
    if (!isAdmitted) throw new Problem('captcha-needed')
    await limits.countTextCode(asked.phoneNumber, asked.address)
  }

  /** Says nothing of why. */
  const unsent = (c: Context<AppEnv>) => (error: unknown) => {
    log.warn({ requestId: c.get('requestId'), error }, 'no text message could be sent')
    const headers = { 'Retry-After': String(Math.max(1, resendAfter)) }
    throw new Problem('sms-unavailable', { headers })
  }

  return (
    new Hono<AppEnv>()
      // It does not look whether anybody has the number: the answer cannot say it.
      .post('/auth/sms-codes', async (c) => {
        const { phone: phoneNumber, ...asked } = await readBody(c, textCodeBody, maxGuestJson)
        const { purpose, captcha } = asked
        await admit(c, { phoneNumber, purpose, captcha, address: c.get('address') })
        const code = await textCodes.issue({ phoneNumber, purpose })
        const message = { phoneNumber, code, purpose, expiresIn: textCodeLife }
        await sendSms(message).catch(unsent(c))
        return answer(c, { resendAfter, expiresIn: textCodeLife }, 202)
      })

      .put('/auth/password', async (c) => {
        await numberLogIn.setPassword(c, await readBody(c, passwordBody, maxGuestJson))
        return answer(c)
      })
  )
}
