import { Hono } from 'hono'
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
import { textCodeLife, type TextCodes } from '../textCodes'

export const textCodeBody = z.object({ phone, purpose: z.enum(textCodePurposes) })

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
  numberLogIn: NumberLogIn
  limits: Limits
  /** In seconds. */
  resendAfter: number
  log: Logger
}

/** Text codes for phones, and passwords: for those who have no session, too. */
export function numberRoutes(options: NumberRoutesOptions) {
  const { textCodes, sendSms, numberLogIn, limits, resendAfter, log } = options

  return (
    new Hono<AppEnv>()
      // It does not look whether anybody has the number: the answer cannot say it.
      .post('/auth/sms-codes', async (c) => {
        const { phone: phoneNumber, ...asked } = await readBody(c, textCodeBody, maxGuestJson)
        const { purpose, captcha } = asked
        await admit(c, { phoneNumber, purpose, captcha, address: c.get('address') })
        const code = await textCodes.issue({ phoneNumber, purpose })
        await sendSms({ phoneNumber, code, purpose, expiresIn: textCodeLife }).catch(
          (error: unknown) => {
            log.warn({ requestId: c.get('requestId'), error }, 'no text message could be sent')
            const headers = { 'Retry-After': String(Math.max(1, resendAfter)) }
            throw new Problem('sms-unavailable', { headers })
          },
        )
        return answer(c, { resendAfter, expiresIn: textCodeLife }, 202)
      })

      .put('/auth/password', async (c) => {
        await numberLogIn.setPassword(c, await readBody(c, passwordBody, maxGuestJson))
        return answer(c)
      })
  )
}
