import { z } from 'zod'
import { logLevels, phoneJoins, userInfoPolicies, type WeChatApp } from './config'
import { trustProxy } from './http/clientAddress'
import { rateLimit } from './limits/rateLimit'
import { checkSms, smsVariables } from './sms/smsConfig'
import type { SessionKeySecrets } from './vault'
import { checkSignIn, signInVariables } from './wechat/signInConfig'

const secretFault =
  'must be 32 bytes in base64, as `openssl rand -base64 32` prints them, or several, separated by commas'
const otherAppsFault = 'must be appid:secret, or several, separated by commas'
const publicUrlFault = 'must be an http or https address without ?, # and @'

/** The environment: each variable with its default, as text that is read and checked. */
export const variables = z
  .object({
    PORT: wholeNumber('', 0, 65_535).default(3000),
    HOST: z.string().default('127.0.0.1'),
    REQUEST_TIMEOUT: wholeNumber(' of milliseconds', 100, 600_000).default(30_000),
    KEEP_ALIVE_TIMEOUT: wholeNumber(' of milliseconds', 100, 600_000).default(5000),
    MAX_CONNECTIONS: wholeNumber(' of connections', 1, 1_000_000).default(1000),
    METRICS_PORT: wholeNumber('', 0, 65_535).optional(),
    METRICS_HOST: z.string().default('127.0.0.1'),
    DATA_DIR: z.string().default('.data/server'),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, { error: 'must begin with postgresql://', abort: true })
      // A password's / would end the host, and the rest of the password would be in an error.
      .regex(/^[^/]+:\/\/[^/?#]*([/?][^@#]*)?$/, {
        error: 'must have /, ?, # and @ in the password percent-encoded, as %2F, %3F, %23 and %40',
        abort: true,
      })
      .refine((text) => URL.canParse(text), {
        error: 'must be such as postgresql://user:password@host:5432/database',
      })
      .optional(),
    DATABASE_POOL: wholeNumber(' of connections', 1, 1000).default(10),
    WECHAT_API_BASE: webAddress('must be an http or https address').default(
      'https://api.weixin.qq.com',
    ),
    WECHAT_APP_ID: required(),
    WECHAT_APP_SECRET: required(),
    WECHAT_OTHER_APPS: z
      .string()
      .transform((text) => text.split(',').map((app) => app.trim()))
      .pipe(z.array(z.string().regex(/^[^\s:]+:[^\s:]+$/, { error: otherAppsFault, abort: true })))
      .transform((apps) => apps.map(readApp))
      .default([]),
    WECHAT_TIMEOUT: wholeNumber(' of milliseconds', 100, 60_000).default(5000),
    WECHAT_PUSH_TOKEN: z
      .string()
      .regex(/^[\da-z]{3,32}$/i, 'must be 3 to 32 letters and digits')
      .optional(),
    WECHAT_PUSH_AES_KEY: z
      .string()
      .regex(/^[\da-z]{43}$/i, 'must be 43 letters and digits')
      .transform((text) => Buffer.from(text, 'base64'))
      .optional(),
    WECHAT_CONCURRENCY: wholeNumber(' of calls', 1, 1000).default(64),
    SESSION_KEY_SECRET: required().transform((text, context): SessionKeySecrets => {
      const [first = Buffer.alloc(0), ...others] = text
        .split(',')
        .map((secret) => Buffer.from(secret, 'base64'))
      if ([first, ...others].some(({ length }) => length !== 32)) {
        context.addIssue(secretFault)
      }
      return [first, ...others]
    }),
    TOKEN_TTL: wholeNumber(' of seconds', 1, 31_536_000).default(7200),
    SESSION_IDLE_DAYS: wholeNumber(' of days', 1, 3650).default(30),
    ...smsVariables,
    ...signInVariables,
    USER_INFO_POLICY: oneOf(userInfoPolicies).default('unionid'),
    PHONE_JOIN: oneOf(phoneJoins).optional(),
    PHONE_PROOF_DAYS: wholeNumber(' of days', 1, 3650).default(90),
    LIMIT_LOGINS: rateLimit().prefault('600/1m'),
    LIMIT_PHONE_CODES: rateLimit().prefault('20/1h'),
    LIMIT_SCANS: rateLimit().prefault('120/1m'),
    LIMIT_SCANNED: rateLimit().prefault('60/1h'),
    LIMIT_UPLOADS: rateLimit().prefault('30/1h'),
    LIMIT_BOOKINGS: rateLimit().prefault('60/1h'),
    LIMIT_SMS_RESEND: rateLimit().prefault('1/1m'),
    LIMIT_SMS_NUMBER: rateLimit().prefault('10/1d'),
    LIMIT_SMS_ADDRESS: rateLimit().prefault('60/1h'),
    LIMIT_SMS: rateLimit().prefault('10000/1d'),
    LIMIT_NUMBER_TRIES: rateLimit().prefault('10/15m'),
    LIMIT_PASSWORD_TRIES: rateLimit().prefault('100/1d'),
    EVENTS_DAYS: wholeNumber(' of days', 1, 3650).default(180),
    TRUST_PROXY: trustProxy().default({ is: 'nobody' }),
    PUBLIC_URL: webAddress(publicUrlFault)
      .regex(/^[^?#@]*$/, publicUrlFault)
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    LOG_LEVEL: oneOf(logLevels).default('info'),
  })
  .superRefine(checkSms)
  .superRefine(checkSignIn)
  .refine((data) => data.WECHAT_PUSH_TOKEN || !data.WECHAT_PUSH_AES_KEY, {
    path: ['WECHAT_PUSH_TOKEN'],
    error: 'is missing, without which WECHAT_PUSH_AES_KEY is of no use',
  })
  .refine(
    ({ WECHAT_APP_ID: first, WECHAT_OTHER_APPS: others }) => {
      const appIds = [first, ...others.map(({ appId }) => appId)]
      return new Set(appIds).size === appIds.length
    },
    { path: ['WECHAT_OTHER_APPS'], error: 'must not repeat an AppID' },
  )

function readApp(text: string): WeChatApp {
  const [appId = '', appSecret = ''] = text.split(':')
  return { appId, appSecret }
}

function required() {
  return z.string({ error: 'is missing' })
}

function webAddress(error: string) {
  return z.url({ protocol: /^https?$/, error, abort: true })
}

function oneOf<const T extends readonly string[]>(choices: T) {
  return z.enum(choices, { error: `must be one of ${choices.join(', ')}` })
}

function wholeNumber(unit: string, least: number, most: number) {
  const error = `must be a whole number${unit} from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,9}$/, { error, abort: true })
    .transform(Number)
    .pipe(z.number().min(least, { error }).max(most, { error }))
}
