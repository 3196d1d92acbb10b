import type { ServerConfig } from './config'
import { variables } from './configVariables'
import { smsConfig } from './sms/smsConfig'
import { oauthAppsOf, scanCodeOf } from './wechat/signInConfig'

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
