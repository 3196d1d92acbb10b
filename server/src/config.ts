import type { TrustProxy } from './http/clientAddress'
import type { ConnectionLimits } from './http/listen'
import type { LimitsConfig } from './limits/rateLimit'
import type { SmsConfig } from './sms/smsConfig'
import type { SessionKeySecrets } from './vault'
import type { OAuthApps, ScanCodeConfig } from './wechat/signInConfig'

export const userInfoPolicies = ['unionid', 'profile', 'profile-only'] as const
export const phoneJoins = ['refuse', 'button'] as const
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

/** The configuration of the backend. readConfig.ts reads it from the environment. */
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
