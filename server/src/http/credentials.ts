import { z } from 'zod'
import { isCommonPassword } from '../commonPasswords'
import { normalisePassword } from '../passwords'
import { parsePhone } from '../phone'

/** How many UTF-16 units are looked at: more than 128 characters have, however they are composed. */
const longestTyped = 1024
const leastNew = 8
const most = 128

/** A phone number as people type it; becomes E.164. */
export const phone = z
  .string()
  .max(64)
  .transform((typed, context) => {
    const phoneNumber = parsePhone(typed)
    if (phoneNumber === undefined) context.addIssue('is no phone number')
    return phoneNumber ?? z.NEVER
  })

/** A text code as it is sent. */
export const smsCode = z.string().regex(/^\d{6}$/, 'expected six digits')

/** What a user says of the account that the number of a text code leads to. */
export const isMine = z.boolean().optional()

/** A password of somebody, in the form that it is compared in. */
export const password = passwordOf(1)

/** A password that somebody is to have. */
export const newPassword = passwordOf(leastNew).refine((typed) => !isCommonPassword(typed), {
  error: 'is one of those that are tried first',
})

/** Without control characters, and without halves of characters. */
function passwordOf(least: number) {
  return z
    .string()
    .max(longestTyped)
    .transform((typed, context) => {
      const normal = normalisePassword(typed)
      const { length } = [...normal]
      if (length < least || length > most) {
        context.addIssue(`expected ${least} to ${most} characters`)
      }
      if (/[\p{Cc}\p{Cs}]/u.test(normal)) context.addIssue('has characters that nobody can type')
      return normal
    })
}
