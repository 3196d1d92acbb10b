import { z } from 'zod'
import { trustProxy, type TrustProxy } from './http/clientAddress'
import type { ConnectionLimits } from './http/listen'
import { rateLimit, type LimitsConfig } from './limits/rateLimit'
import { checkSms, smsConfig, smsVariables, type SmsConfig } from './sms/smsConfig'
import type { SessionKeySecrets } from './vault'
import {
  checkSignIn,
  oauthAppsOf,
  scanCodeOf,
  signInVariables,
  type OAuthApps,
  type ScanCodeConfig,
} from './wechat/signInConfig'

const userInfoPolicies = ['unionid', 'profile', 'profile-only'] as const
const phoneJoins = ['refuse', 'button'] as const
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

/** The configuration of the backend. `readConfig` reads it from the environment. */
export interface ServerConfig extends ConnectionLimits {
  /** 0 lets the system choose. */
  port: number
  /** The address to listen at; `0.0.0.0` lets phones on the same network reach it. */
  host: string
  /** Where Prometheus reads its metrics; nowhere if not given. */
  metrics?: { port: number; host: string } | undefined
  /**
   * Directory of the database without `databaseUrl`, which one process at a time can use; made when
   * missing.
   */
  dataDir: string
  /** PostgreSQL's address, which several processes may share. */
  databaseUrl?: string | undefined
  /** How many connections to PostgreSQL this process may have; 10 if not given. */
  databasePool?: number | undefined
  wechat: WeChatConfig
  /** Without it, WeChat's message push is not served. */
  wechatPush?: WeChatPushConfig | undefined
  /** Of 32 bytes each: the first encrypts session keys at rest, all decrypt them. */
  sessionKeySecrets: SessionKeySecrets
  /** Life of an access token, in seconds. */
  tokenTtl: number
  /** For how many days a session may go without use whose client cannot renew it silently. */
  sessionIdleDays: number
  /** How text codes are sent. */
  sms: SmsConfig
  userInfoPolicy: UserInfoPolicy
  /** Without it: a text code, where text codes are sent, else `refuse`. */
  phoneJoin?: PhoneJoin | undefined
  /** For how many days a number cannot have changed hands that was proved by a text code. */
  phoneProofDays: number
  limits: LimitsConfig
  trustProxy: TrustProxy
  /** For how many days the events of sign-in are kept. */
  eventsDays: number
  /**
   * Where this backend is reached from outside, without a slash at its end; the address it listens
   * at if not given.
   */
  publicUrl?: string | undefined
  logLevel: (typeof logLevels)[number]
}

/**
 * When a user's info counts as known: with the unionid, with unionid and nickname, or with the
 * nickname alone, for an app that is not bound to an open platform account.
 */
export type UserInfoPolicy = (typeof userInfoPolicies)[number]

/**
 * What becomes of two people when one gives the phone number of the other by WeChat's button.
 * `refuse`: nothing, it stays the other's. `button`: they are joined; but carriers give numbers out
 * again, and its next holder then gets the account of the former one. Without either, a text code is
 * to prove the number, by the rule of people/numberRule.ts.
 */
export type PhoneJoin = (typeof phoneJoins)[number]

/** The mini-programs whose users sign in, and how WeChat is reached. */
export interface WeChatConfig {
  /** Address of WeChat's API; a path in it is kept. */
  apiBase: string
  /** The first is the one of logins that name none. */
  apps: readonly [WeChatApp, ...WeChatApp[]]
  /** How long one call to WeChat may take, in ms, with the wait for its turn. */
  timeout: number
  /** How many calls to WeChat this process makes at once. */
  concurrency: number
  /** The code of the first mini-program that signs browsers in; without it, none are. */
  scanCode?: ScanCodeConfig | undefined
  /** The apps that people sign in to by WeChat's OAuth. */
  oauthApps?: OAuthApps | undefined
}

/** A mini-program's own data at WeChat. */
export interface WeChatApp {
  appId: string
  appSecret: string
}

/** What was entered for the message push in WeChat's console, the same for all mini-programs. */
export interface WeChatPushConfig {
  /** Signs each request. */
  token: string
  /** 32 bytes; with them, plain messages are refused. */
  aesKey?: Buffer | undefined
}

/** The environment makes no configuration: `faults` has one line for each variable at fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  constructor(readonly faults: string[]) {
    super(faults.join('\n'))
  }
}

/**
 * Reads the configuration from the environment; empty variables count as missing.
 * No value appears in a fault: some of them are secrets.
 * @throws ConfigError naming all faults at once
 */
export function readConfig(env: Record<string, string | undefined>): ServerConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value))
  const result = variables.safeParse(given)
  if (!result.success) {
    throw new ConfigError(
      result.error.issues.map((fault) => `${String(fault.path[0])} ${fault.message}`),
    )
  }
  const { data } = result
  return {
    port: data.PORT,
    host: data.HOST,
    requestTimeout: data.REQUEST_TIMEOUT,
    keepAliveTimeout: data.KEEP_ALIVE_TIMEOUT,
    maxConnections: data.MAX_CONNECTIONS,
    metrics:
      data.METRICS_PORT === undefined
        ? undefined
        : { port: data.METRICS_PORT, host: data.METRICS_HOST },
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL,
    databasePool: data.DATABASE_POOL,
    wechat: {
      apiBase: data.WECHAT_API_BASE,
      apps: [
        { appId: data.WECHAT_APP_ID, appSecret: data.WECHAT_APP_SECRET },
        ...data.WECHAT_OTHER_APPS,
      ],
      timeout: data.WECHAT_TIMEOUT,
      concurrency: data.WECHAT_CONCURRENCY,
      scanCode: scanCodeOf(data),
      oauthApps: oauthAppsOf(data),
    },
    ...(data.WECHAT_PUSH_TOKEN && {
      wechatPush: { token: data.WECHAT_PUSH_TOKEN, aesKey: data.WECHAT_PUSH_AES_KEY },
    }),
    sessionKeySecrets: data.SESSION_KEY_SECRET,
    tokenTtl: data.TOKEN_TTL,
    sessionIdleDays: data.SESSION_IDLE_DAYS,
    sms: smsConfig(data),
    userInfoPolicy: data.USER_INFO_POLICY,
    phoneJoin: data.PHONE_JOIN,
    phoneProofDays: data.PHONE_PROOF_DAYS,
    limits: {
      logins: data.LIMIT_LOGINS,
      phoneCodes: data.LIMIT_PHONE_CODES,
      scans: data.LIMIT_SCANS,
      scanned: data.LIMIT_SCANNED,
      uploads: data.LIMIT_UPLOADS,
      bookings: data.LIMIT_BOOKINGS,
      smsResend: data.LIMIT_SMS_RESEND,
      smsNumber: data.LIMIT_SMS_NUMBER,
      smsAddress: data.LIMIT_SMS_ADDRESS,
      sms: data.LIMIT_SMS,
      numberTries: data.LIMIT_NUMBER_TRIES,
      passwordTries: data.LIMIT_PASSWORD_TRIES,
    },
    trustProxy: data.TRUST_PROXY,
    eventsDays: data.EVENTS_DAYS,
    publicUrl: data.PUBLIC_URL,
    logLevel: data.LOG_LEVEL,
  }
}

const secretFault =
  'must be 32 bytes in base64, as `openssl rand -base64 32` prints them, or several, separated by commas'
const otherAppsFault = 'must be appid:secret, or several, separated by commas'
const publicUrlFault = 'must be an http or https address without ?, # and @'

const variables = z
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
