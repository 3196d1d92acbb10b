import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { readConfig, startServer, type RunningServer, type UserInfoPolicy } from '@watchword/server'
import { createWechat, type PushAddress, type Wechat } from '@watchword/simulator/wechat'
import type { OAuthSetting } from './build'

/** WeChat's own AppID for projects without one. */
const APP_ID = 'touristappid'
const PORTS_TO_TRY = 20
/** The page of the example that confirms a scanned code. */
const SCAN_PAGE = 'example/account/scan'
/** The official account and the website that H5 pages on this machine sign in with. */
const OAUTH_APPS = { official: 'touristofficial', web: 'touristweb' }
/** Every user of a development backend has the same address, and presses as often as they like. */
const limitsOff = {
  LIMIT_LOGINS: 'off',
  LIMIT_PHONE_CODES: 'off',
  LIMIT_SCANS: 'off',
  LIMIT_SCANNED: 'off',
  LIMIT_UPLOADS: 'off',
  LIMIT_BOOKINGS: 'off',
  LIMIT_SMS_NUMBER: 'off',
  LIMIT_SMS_ADDRESS: 'off',
  LIMIT_SMS: 'off',
  LIMIT_NUMBER_TRIES: 'off',
  LIMIT_PASSWORD_TRIES: 'off',
}

export interface StackOptions {
  /** Ports to begin with; a taken one is said and passed over. 0: any free one. */
  port: number
  wechatPort: number
  /** Address the backend listens at; 127.0.0.1 if not given. The stand-in stays on this machine. */
  host?: string | undefined
  /** Holds the database and the secrets of this development backend; its process has it alone. */
  dataDir: string
  logLevel: 'info' | 'warn' | 'silent'
  /** What the backend asks users for; the unionid alone if not given. */
  userInfoPolicy?: UserInfoPolicy | undefined
  /** Takes the codes of WeChat DevTools, which WeChat itself issued, as logins of one person. */
  acceptsDevTools?: boolean
  /** The time between two text codes to a number: `off`, or as in docs/backend.md. Default: `1/5s`. */
  smsResend?: string
  /** The backend's clock, in ms since 1970, for tests. */
  now?: () => number
}

/** The reference backend, and the stand-in for WeChat's servers that it talks to. */
export interface Stack {
  backend: RunningServer
  wechat: Wechat
  wechatUrl: string
  /** For its H5 page. */
  oauth: OAuthSetting
  close(): Promise<void>
}

/** Starts both. @throws the system's error, or DirectoryInUseError for the data directory. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { host = '127.0.0.1' } = options
  const { appSecret, sessionKeySecret } = secretsOf(options.dataDir)
  // Nothing that is kept depends on them.
  const push = {
    token: randomBytes(16).toString('hex'),
    // Letters and digits, as WeChat's console demands.
    encodingAesKey: randomBytes(22).toString('hex').slice(0, 43),
  }
  const wechat = createWechat({
    appId: APP_ID,
    appSecret,
    stranger: options.acceptsDevTools ? 'devtools' : undefined,
    oauthApps: Object.entries(OAUTH_APPS).map(([kind, id]) => ({
      kind: kind as keyof typeof OAUTH_APPS,
      appId: id,
      appSecret,
      domains: ['127.0.0.1', 'localhost'],
    })),
    ...(options.now && { now: options.now }),
  })
  const wechatUrl = await wechat.start(await freePort(options.wechatPort))
  try {
    const port = await freePort(options.port, [host])
    const config = readConfig({
      PORT: String(port),
      HOST: host,
      PUBLIC_URL: process.env.PUBLIC_URL || addressOnNetwork(host, port),
      DATA_DIR: join(options.dataDir, 'server'),
      WECHAT_API_BASE: wechatUrl,
      WECHAT_APP_ID: APP_ID,
      WECHAT_APP_SECRET: appSecret,
      WECHAT_TIMEOUT: '60000',
      WECHAT_PUSH_TOKEN: push.token,
      WECHAT_PUSH_AES_KEY: push.encodingAesKey,
      WECHAT_SCAN_PAGE: SCAN_PAGE,
      // Nothing is published here.
      WECHAT_SCAN_CHECK_PATH: 'false',
      WECHAT_OFFICIAL_APP_ID: OAUTH_APPS.official,
      WECHAT_OFFICIAL_APP_SECRET: appSecret,
      WECHAT_WEB_APP_ID: OAUTH_APPS.web,
      WECHAT_WEB_APP_SECRET: appSecret,
      SESSION_KEY_SECRET: sessionKeySecret,
      SMS_SENDER: 'stand-in',
      USER_INFO_POLICY: options.userInfoPolicy,
      LOG_LEVEL: options.logLevel,
      ...limitsOff,
      // The countdown shows, and nobody waits long.
      LIMIT_SMS_RESEND: options.smsResend ?? '1/5s',
    })
    const backend = await startServer(config, options.now && { now: options.now })
    await enterPushAddress(wechat, {
      ...push,
      url: `${backend.url.replace('0.0.0.0', '127.0.0.1')}/wechat/push`,
    })
    return {
      backend,
      wechat,
      wechatUrl,
      oauth: { officialAppId: OAUTH_APPS.official, webAppId: OAUTH_APPS.web, pages: wechatUrl },
      async close() {
        await backend.close()
        await wechat.close()
      },
    }
  } catch (error) {
    await wechat.close()
    throw error
  }
}

/**
 * WeChat's console gives up after 5 s, which may be short while this process is starting on a busy
 * machine: it is asked again, as a developer would.
 */
async function enterPushAddress(wechat: Wechat, address: PushAddress): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await wechat.setPushAddress(address)
    } catch (error) {
      if (attempt === 12) throw error
    }
  }
}

/** Made once for each data directory: what is encrypted there must stay readable. */
function secretsOf(dataDir: string) {
  const file = join(dataDir, 'secrets.json')
  mkdirSync(dataDir, { recursive: true })
  try {
    const fresh = {
      appSecret: randomBytes(16).toString('hex'),
      sessionKeySecret: randomBytes(32).toString('base64'),
    }
    writeFileSync(file, JSON.stringify(fresh), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Record<
    'appSecret' | 'sessionKeySecret',
    string
  >
  return { appSecret: kept.appSecret, sessionKeySecret: kept.sessionKeySecret }
}

/** How phones reach a backend that listens at all addresses of this machine. */
function addressOnNetwork(host: string, port: number): string | undefined {
  if (host !== '0.0.0.0' || port === 0) return undefined
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
  const outer = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)
  return outer && `http://${outer.address}:${port}`
}

/** Both addresses of this machine: whoever asks for `localhost` reaches either. */
export const localHosts = ['127.0.0.1', '::1'] as const

/** `first`, or the next port nobody listens at, at any of `hosts`; says which were taken. 0 is any. */
export async function freePort(
  first: number,
  hosts: readonly string[] = ['127.0.0.1'],
): Promise<number> {
  for (let port = first; port < first + PORTS_TO_TRY; port++) {
    const free = await Promise.all(hosts.map((host) => isFree(port, host)))
    if (!free.includes(false)) return port
    console.error(`port ${port} is taken, trying ${port + 1}`)
  }
  throw new Error(`the ports ${first} to ${first + PORTS_TO_TRY - 1} are all taken`)
}

/** Whether nobody listens there; a system without IPv6 has no `::1` where anybody could. */
async function isFree(port: number, host: string): Promise<boolean> {
  const probe = createServer()
  try {
    await once(probe.listen(port, host), 'listening')
    await once(probe.close(), 'close')
    return true
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') return false
    if (host === '::1' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(code)) return true
    throw error
  }
}

/** A port from the environment. @throws RangeError naming the variable */
export function portFrom(name: string, otherwise: number): number {
  const text = process.env[name]
  if (!text) return otherwise
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new RangeError(`${name} must be a port, 0 to 65535`)
}

/** What the backend asks of users, from the environment. @throws RangeError naming the variable */
export function userInfoPolicyFrom(text = process.env.USER_INFO_POLICY): UserInfoPolicy {
  if (!text) return 'unionid'
  if (text === 'unionid' || text === 'profile' || text === 'profile-only') return text
  throw new RangeError('USER_INFO_POLICY must be unionid, profile or profile-only')
}

/** Runs until Ctrl-C, then closes; a second Ctrl-C does not wait. */
export function closeOnSignal(close: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      close().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      )
      process.once(signal, () => process.exit(1))
    })
  }
}

/** One line for the person at the terminal, and the end. */
export function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
