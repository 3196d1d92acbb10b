import { expect, it } from 'vitest'
import { ConfigError, readConfig } from '../src/config'

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
    dataDir: '.data/server',
    databasePool: 10,
    wechat: {
      apiBase: 'https://api.weixin.qq.com',
      appId: 'wx0123456789abcdef',
      appSecret: 'a-secret',
      timeout: 5000,
    },
    sessionKeySecret: secret,
    tokenTtl: 7200,
    userInfoPolicy: 'unionid',
    phoneJoin: 'refuse',
    logLevel: 'info',
  })
})

it('names all faults at once, one clear line each, and no value', () => {
  const env = {
    PORT: '99999',
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
    'WECHAT_API_BASE must be an http or https address',
    'WECHAT_APP_ID is missing',
    'WECHAT_TIMEOUT must be a whole number of milliseconds from 100 to 60000',
    'SESSION_KEY_SECRET must be 32 bytes in base64, as `openssl rand -base64 32` prints them',
    'TOKEN_TTL must be a whole number of seconds from 1 to 31536000',
    'USER_INFO_POLICY must be one of unionid, profile',
    'PUBLIC_URL must be an http or https address without ?, # and @',
    'LOG_LEVEL must be one of fatal, error, warn, info, debug, silent',
  ])
})

it.each([
  [{ DATABASE_URL: 'mysql://db.example/app' }, 'DATABASE_URL must begin with postgresql://'],
  [{ DATABASE_POOL: '0' }, 'DATABASE_POOL must be a whole number of connections from 1 to 1000'],
  [{ WECHAT_PUSH_TOKEN: 'a b' }, 'WECHAT_PUSH_TOKEN must be 3 to 32 letters and digits'],
  [
    { WECHAT_PUSH_TOKEN: 'token', WECHAT_PUSH_AES_KEY: 'A'.repeat(44) },
    'WECHAT_PUSH_AES_KEY must be 43 letters and digits',
  ],
  [
    { WECHAT_PUSH_AES_KEY: 'A'.repeat(43) },
    'WECHAT_PUSH_TOKEN is missing, without which WECHAT_PUSH_AES_KEY is of no use',
  ],
  [{ PHONE_JOIN: 'always' }, 'PHONE_JOIN must be one of refuse, button'],
])('refuses %o, without its value', (env, fault) => {
  expect(() => readConfig({ ...least, ...env })).toThrow(new ConfigError([fault]))
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
