import { z } from 'zod'

/** At most `count` times in so many seconds, from the first time on. */
export interface RateLimit {
  count: number
  seconds: number
}

/** What a guest or a user may do only so often; undefined where there is no limit. */
export interface LimitsConfig {
  /** Logins, refused ones too, by the address they come from. */
  logins: RateLimit | undefined
  /** Phone codes, by openid: WeChat charges for each. */
  phoneCodes: RateLimit | undefined
  /** Uploaded pictures, by openid. */
  uploads: RateLimit | undefined
  /** Codes to scan, by the address of the browser: WeChat draws only so many a minute. */
  scans: RateLimit | undefined
  /** Codes that a phone has scanned, by its user. */
  scanned: RateLimit | undefined
  /** Bookings, by openid. */
  bookings: RateLimit | undefined
  /** Text codes to one number, one after the other. */
  smsResend: RateLimit | undefined
  /** Text codes to one number: they cost money, and the peace of its owner. */
  smsNumber: RateLimit | undefined
  /** Text codes by the address that asks for them. */
  smsAddress: RateLimit | undefined
  /** All text codes. */
  sms: RateLimit | undefined
  /** Text codes and passwords that are tried for one number from one address. */
  numberTries: RateLimit | undefined
  /** Passwords that are tried for one number from anywhere; its owner can still get a text code. */
  passwordTries: RateLimit | undefined
}

export type LimitName = keyof LimitsConfig

/** For a backend that only its developer uses. */
export const noLimits: LimitsConfig = {
  logins: undefined,
  phoneCodes: undefined,
  scans: undefined,
  scanned: undefined,
  uploads: undefined,
  bookings: undefined,
  smsResend: undefined,
  smsNumber: undefined,
  smsAddress: undefined,
  sms: undefined,
  numberTries: undefined,
  passwordTries: undefined,
}

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const
const error = 'must be `off`, or a count and a time such as 60/1m, of s, m, h or d, at most 1d'

/** A limit in the environment: `600/1m` or `off`. */
export function rateLimit() {
  return z
    .string()
    .regex(/^(off|[1-9]\d{0,5}\/[1-9]\d{0,4}[smhd])$/, { error, abort: true })
    .transform(parse)
    .refine((limit) => !limit || limit.seconds <= seconds.d, { error })
}

function parse(text: string): RateLimit | undefined {
  const [, count, length, unit] = /^(\d+)\/(\d+)([smhd])$/.exec(text) ?? []
  if (!unit) return undefined
  return { count: Number(count), seconds: Number(length) * seconds[unit as keyof typeof seconds] }
}
