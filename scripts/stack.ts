import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { startServer, type RunningServer } from '@watchword/server'
import { createWechat, type Wechat } from '@watchword/simulator/wechat'

/** WeChat's own AppID for projects without one. */
const APP_ID = 'touristappid'
const PORTS_TO_TRY = 20

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
  userInfoPolicy?: 'unionid' | 'profile' | undefined
  /** Takes the codes of WeChat DevTools, which WeChat itself issued, as logins of one person. */
  acceptsDevTools?: boolean
}

/** The reference backend, and the stand-in for WeChat's servers that it talks to. */
export interface Stack {
  backend: RunningServer
  wechat: Wechat
  wechatUrl: string
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
  })
  const wechatUrl = await wechat.start(await freePort(options.wechatPort))
  try {
    const backend = await startServer({
      port: await freePort(options.port, host),
      host,
      dataDir: join(options.dataDir, 'server'),
      wechat: { apiBase: wechatUrl, appId: APP_ID, appSecret, timeout: 60_000 },
      sessionKeySecret,
      tokenTtl: 7200,
      userInfoPolicy: options.userInfoPolicy ?? 'unionid',
      phoneJoin: 'refuse',
      wechatPush: { token: push.token, aesKey: Buffer.from(push.encodingAesKey, 'base64') },
      logLevel: options.logLevel,
    })
    await wechat.setPushAddress({
      ...push,
      url: `${backend.url.replace('0.0.0.0', '127.0.0.1')}/wechat/push`,
    })
    return {
      backend,
      wechat,
      wechatUrl,
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
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  return {
    appSecret: kept.appSecret!,
    sessionKeySecret: Buffer.from(kept.sessionKeySecret!, 'base64'),
  }
}

/** `first`, or the next port nobody listens at; says which were taken. 0 is any. */
export async function freePort(first: number, host = '127.0.0.1'): Promise<number> {
  for (let port = first; port < first + PORTS_TO_TRY; port++) {
    const probe = createServer()
    try {
      await once(probe.listen(port, host), 'listening')
      await once(probe.close(), 'close')
      return port
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      console.error(`port ${port} is taken, trying ${port + 1}`)
    }
  }
  throw new Error(`the ports ${first} to ${first + PORTS_TO_TRY - 1} are all taken`)
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
export function userInfoPolicyFrom(text = process.env.USER_INFO_POLICY): 'unionid' | 'profile' {
  if (!text || text === 'unionid') return 'unionid'
  if (text === 'profile') return 'profile'
  throw new RangeError('USER_INFO_POLICY must be unionid or profile')
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
