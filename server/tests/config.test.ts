import { expect, it } from 'vitest'
import { ConfigError, readConfig } from '../src/readConfig'

const secret = Buffer.alloc(32, 7)
const least = {
  WECHAT_APP_ID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: 'a-secret',
  SESSION_KEY_SECRET: secret.toString('base64'),
}

it('needs three variables and has a default for every other', () => {
  expect(readConfig({ ...least, PORT: '' })).toEqual({
    port: 3000,
    host: '127.0.0.1',
    requestTimeout: 30_000,
    keepAliveTimeout: 5000,
    maxConnections: 1000,
    dataDir: '.data/server',
    databasePool: 10,
    wechat: {
      apiBase: 'https://api.weixin.qq.com',
      apps: [{ appId: 'wx0123456789abcdef', appSecret: 'a-secret' }],
      timeout: 5000,
      concurrency: 64,
      oauthApps: {},
    },
    sessionKeySecrets: [secret],
    tokenTtl: 7200,
    sessionIdleDays: 30,
    sms: { is: 'none' },
    userInfoPolicy: 'unionid',
    phoneJoin: undefined,
    phoneProofDays: 90,
    limits: {
      logins: { count: 600, seconds: 60 },
      phoneCodes: { count: 20, seconds: 3600 },
      scans: { count: 120, seconds: 60 },
      scanned: { count: 60, seconds: 3600 },
      uploads: { count: 30, seconds: 3600 },
      bookings: { count: 60, seconds: 3600 },
      smsResend: { count: 1, seconds: 60 },
      smsNumber: { count: 10, seconds: 86_400 },
      smsAddress: { count: 60, seconds: 3600 },
      sms: { count: 10_000, seconds: 86_400 },
      numberTries: { count: 10, seconds: 900 },
      passwordTries: { count: 100, seconds: 86_400 },
    },
    trustProxy: { is: 'nobody' },
    eventsDays: 180,
    logLevel: 'info',
  })
})

it('names all faults at once, one clear line each, and no value', () => {
  const env = {
    PORT: '99999',
    REQUEST_TIMEOUT: '0',
    KEEP_ALIVE_TIMEOUT: '5s',
    MAX_CONNECTIONS: '0',
    WECHAT_API_BASE: 'ftp://wechat',
    WECHAT_APP_ID: '',
    WECHAT_APP_SECRET: 'a-secret',
    SESSION_KEY_SECRET: 'too-short',
    WECHAT_TIMEOUT: '1e3',
    TOKEN_TTL: '-5',
    USER_INFO_POLICY: 'all',
    PUBLIC_URL: 'https://name:password@api.example',
    LOG_LEVEL: 'loud',
  }
  const thrown = (() => {
    try {
      return readConfig(env)
    } catch (error) {
      return error
    }
  })()
  expect(thrown).toBeInstanceOf(ConfigError)
  expect((thrown as ConfigError).faults).toEqual([
    'PORT must be a whole number from 0 to 65535',
    'REQUEST_TIMEOUT must be a whole number of milliseconds from 100 to 600000',
    'KEEP_ALIVE_TIMEOUT must be a whole number of milliseconds from 100 to 600000',
    'MAX_CONNECTIONS must be a whole number of connections from 1 to 1000000',
    'WECHAT_API_BASE must be an http or https address',
    'WECHAT_APP_ID is missing',
    'WECHAT_TIMEOUT must be a whole number of milliseconds from 100 to 60000',
    'SESSION_KEY_SECRET must be 32 bytes in base64, as `openssl rand -base64 32` prints them, or several, separated by commas',
    'TOKEN_TTL must be a whole number of seconds from 1 to 31536000',
    'USER_INFO_POLICY must be one of unionid, profile, profile-only',
    'PUBLIC_URL must be an http or https address without ?, # and @',
    'LOG_LEVEL must be one of fatal, error, warn, info, debug, silent',
  ])
})

it.each([
  [{ DATABASE_URL: 'mysql://db.example/app' }, 'DATABASE_URL must begin with postgresql://'],
  ...['a/b', 'a?b', 'a#b', 'a@b/c'].map((password): [object, string] => [
    { DATABASE_URL: `postgresql://user:${password}@db.example:5432/app` },
    'DATABASE_URL must have /, ?, # and @ in the password percent-encoded, as %2F, %3F, %23 and %40',
  ]),
  [
    { DATABASE_URL: 'postgresql://db.example:port/app' },
    'DATABASE_URL must be such as postgresql://user:password@host:5432/database',
  ],
  [{ DATABASE_POOL: '0' }, 'DATABASE_POOL must be a whole number of connections from 1 to 1000'],
  ...['60', '60/1', '0/1m', '60/0m', '1e3/1m', '60/2d', '60/1m ', 'none'].map(
    (limit): [object, string] => [
      { LIMIT_LOGINS: limit },
      'LIMIT_LOGINS must be `off`, or a count and a time such as 60/1m, of s, m, h or d, at most 1d',
    ],
  ),
  ...[
    ...['0', '10', 'yes', '10.0.0.0/33', '10.0.0.0/8,', 'fe80::/129', '10.0.0.0/', '10.0.0.0/x'],
    ...['10.0.0.0/8 x', 'x 10.0.0.0/8', '1.2.3', '10.0.0.0/1000', 'a1', '1a'],
  ].map((proxies): [object, string] => [
    { TRUST_PROXY: proxies },
    'TRUST_PROXY must be a number of proxies from 1 to 9, or addresses and networks such as 10.0.0.0/8',
  ]),
  [
    { SESSION_KEY_SECRET: `${least.SESSION_KEY_SECRET},` },
    'SESSION_KEY_SECRET must be 32 bytes in base64, as `openssl rand -base64 32` prints them, or several, separated by commas',
  ],
  [{ WECHAT_PUSH_TOKEN: 'a b' }, 'WECHAT_PUSH_TOKEN must be 3 to 32 letters and digits'],
  [
    { WECHAT_PUSH_TOKEN: 'token', WECHAT_PUSH_AES_KEY: 'A'.repeat(44) },
    'WECHAT_PUSH_AES_KEY must be 43 letters and digits',
  ],
  [
    { WECHAT_PUSH_AES_KEY: 'A'.repeat(43) },
    'WECHAT_PUSH_TOKEN is missing, without which WECHAT_PUSH_AES_KEY is of no use',
  ],
  ...['wx1', 'wx1:', ':secret', 'wx1:one,', 'wx1:one:two', 'wx1:one wx2:two'].map(
    (apps): [object, string] => [
      { WECHAT_OTHER_APPS: apps },
      'WECHAT_OTHER_APPS must be appid:secret, or several, separated by commas',
    ],
  ),
  ...[`${least.WECHAT_APP_ID}:secret`, 'wx1:one,wx1:two'].map((apps): [object, string] => [
    { WECHAT_OTHER_APPS: apps },
    'WECHAT_OTHER_APPS must not repeat an AppID',
  ]),
  [
    { WECHAT_WEB_APP_ID: 'wx1' },
    'WECHAT_WEB_APP_SECRET is missing, without which WECHAT_WEB_APP_ID is of no use',
  ],
  [
    { WECHAT_MOBILE_APP_SECRET: 'secret' },
    'WECHAT_MOBILE_APP_ID is missing, without which WECHAT_MOBILE_APP_SECRET is of no use',
  ],
  ...['/pages/scan', 'pages/scan?a=1', 'pages/scan#a'].map((page): [object, string] => [
    { WECHAT_SCAN_PAGE: page },
    'WECHAT_SCAN_PAGE must be a page without / in front and without a query',
  ]),
  [{ WECHAT_SCAN_CHECK_PATH: 'yes' }, 'WECHAT_SCAN_CHECK_PATH must be true or false'],
  [
    { WECHAT_SCAN_ENV_VERSION: 'beta' },
    'WECHAT_SCAN_ENV_VERSION must be one of release, trial, develop',
  ],
  [{ SMS_SENDER: 'pigeon' }, 'SMS_SENDER must be one of none, console, stand-in, aliyun'],
  [
    { SMS_SENDER: 'console', NODE_ENV: 'production' },
    'SMS_SENDER must not be console in production: everybody who sees the terminal can sign in',
  ],
  [
    { SMS_SENDER: 'stand-in', NODE_ENV: 'production' },
    'SMS_SENDER must not be stand-in in production: everybody who reaches its inbox can sign in',
  ],
  [
    {
      SMS_SENDER: 'aliyun',
      ALIYUN_ACCESS_KEY_ID: 'id',
      ALIYUN_ACCESS_KEY_SECRET: 'secret',
      ALIYUN_SMS_SIGN_NAME: '签名',
    },
    'ALIYUN_SMS_TEMPLATE_CODE is missing, which SMS_SENDER=aliyun needs',
  ],
  [{ PHONE_JOIN: 'always' }, 'PHONE_JOIN must be one of refuse, button'],
])('refuses %o, without its value', (env, fault) => {
  expect(() => readConfig({ ...least, ...env })).toThrow(new ConfigError([fault]))
})

it('takes several secrets, the newest first', () => {
  const newest = Buffer.alloc(32, 8)
  const SESSION_KEY_SECRET = [newest, secret].map((one) => one.toString('base64')).join(', ')
  expect(readConfig({ ...least, SESSION_KEY_SECRET }).sessionKeySecrets).toEqual([newest, secret])
})

it('takes further mini-programs behind the one of logins that name none', () => {
  const env = { WECHAT_OTHER_APPS: 'wx-second:secret-2, wx-third:secret-3' }
  expect(readConfig({ ...least, ...env }).wechat.apps).toEqual([
    { appId: least.WECHAT_APP_ID, appSecret: least.WECHAT_APP_SECRET },
    { appId: 'wx-second', appSecret: 'secret-2' },
    { appId: 'wx-third', appSecret: 'secret-3' },
  ])
})

it('takes what was entered in the console for the message push', () => {
  const env = { WECHAT_PUSH_TOKEN: 'token', WECHAT_PUSH_AES_KEY: 'A'.repeat(43) }
  const wechatPush = { token: 'token', aesKey: Buffer.alloc(32) }
  expect(readConfig({ ...least, ...env })).toMatchObject({ wechatPush })
})

it.each([
  ['https://api.example', 'https://api.example'],
  ['https://api.example/', 'https://api.example'],
  ['http://api.example:8080/watchword//', 'http://api.example:8080/watchword'],
])('takes the public address %s without a slash at its end', (PUBLIC_URL, publicUrl) => {
  expect(readConfig({ ...least, PUBLIC_URL })).toMatchObject({ publicUrl })
})

it('reads the code that signs browsers in, and the apps of WeChat’s OAuth', () => {
  const { wechat } = readConfig({
    ...least,
    WECHAT_SCAN_PAGE: 'pages/scan',
    WECHAT_SCAN_CHECK_PATH: 'false',
    WECHAT_SCAN_ENV_VERSION: 'trial',
    WECHAT_OFFICIAL_APP_ID: 'wx1',
    WECHAT_OFFICIAL_APP_SECRET: 'one',
    WECHAT_MOBILE_APP_ID: 'wx2',
    WECHAT_MOBILE_APP_SECRET: 'two',
  })
  expect(wechat.scanCode).toEqual({ page: 'pages/scan', checkPath: false, envVersion: 'trial' })
  expect(wechat.oauthApps).toEqual({
    'wechat-official': { appId: 'wx1', appSecret: 'one' },
    'wechat-app': { appId: 'wx2', appSecret: 'two' },
  })
})
