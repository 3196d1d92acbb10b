import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import {
  createApp,
  createLogger,
  openDatabase,
  noLimits,
  type LimitsConfig,
} from '@watchword/server'
import { createWechat } from '@watchword/simulator/wechat'
import { askByHttp, runChecks, type Result, type RunOptions } from '../../src'

// To optimise PGlite's WebAssembly, V8 takes seconds: more than the tests gain.
setFlagsFromString('--liftoff-only')

const appId = 'wx0123456789abcdef'
const appSecret = 'a-secret-of-the-app'
const website = { appId: 'wxfedcba9876543210', appSecret }

/** Answers a request, as a Hono app does. */
export type Forward = (request: Request) => Promise<Response>

export const routes: RunOptions['routes'] = {
  guest: { method: 'GET', path: '/services' },
  session: { method: 'GET', path: '/me' },
  phone: { method: 'POST', path: '/bookings' },
  userInfo: { method: 'POST', path: '/coupons' },
}

interface AppChoices {
  limits?: LimitsConfig
  isWeChatOnly?: boolean
}

/** The reference backend on one database, under either policy, with the stand-in for WeChat. */
export type Reference = Awaited<ReturnType<typeof open>>

let opened: Promise<Reference> | undefined

/** One for all test files: making the database takes seconds. */
export const openReference = (): Promise<Reference> => (opened ??= open())

async function open() {
  let passed = 0
  const now = () => Date.now() + passed
  const wechat = createWechat({
    ...{ appId, appSecret, now },
    oauthApps: [{ kind: 'web', ...website }],
  })
  const wechatUrl = await wechat.start()
  const dataDir = mkdtempSync(join(tmpdir(), 'watchword-conform-'))
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  const log = createLogger('silent')
  const { database } = await openDatabase({ dataDir, appId, log })
  let runs = 0

  /** With all ways to sign in, unless it has only that of the mini-program. */
  function appUnder(
    userInfoPolicy: 'unionid' | 'profile',
    { limits = noLimits, isWeChatOnly = false }: AppChoices = {},
  ) {
    return createApp({
      config: {
        wechat: {
          apiBase: wechatUrl,
          apps: [{ appId, appSecret }],
          timeout: 60_000,
          concurrency: 64,
          ...(!isWeChatOnly && {
            scanCode: { page: 'pages/scan', checkPath: false, envVersion: 'trial' },
            oauthApps: { 'wechat-web': website },
          }),
        },
        sessionKeySecrets: [randomBytes(32)],
        tokenTtl: 7200,
        sessionIdleDays: 30,
        userInfoPolicy,
        phoneJoin: 'refuse',
        phoneProofDays: 90,
        publicUrl: 'http://backend.example',
        limits,
        trustProxy: { is: 'nobody' },
        eventsDays: 180,
      },
      database,
      log,
      now,
      sendSms: isWeChatOnly ? undefined : () => Promise.resolve(),
      // A backend that is closing answers polls at once: tests do not wait for news of a scan.
      draining: AbortSignal.abort(),
    })
  }

  return {
    wechat,
    wechatUrl,
    appUnder,
    now,
    /** Lets time pass, in ms. */
    pass: (ms: number) => void (passed += ms),
    /** Runs all checks against an app in this process; they wait on a clock that obeys. */
    check(forward: Forward, changes: Partial<RunOptions> = {}): Promise<Result[]> {
      return runChecks({
        baseUrl: 'http://backend.example',
        routes,
        ask: askByHttp(`${wechatUrl}/_control`, 60_000),
        run: `test${++runs}`,
        timeLimit: 60_000,
        patience: 100_000,
        tooLarge: 3 * 1024 * 1024,
        sleep: async (ms) => void (passed += ms),
        fetch: (url, init) => forward(new Request(url, init)),
        ...changes,
      })
    },
  }
}

export const failed = (results: Result[]) =>
  results.filter(({ outcome }) => outcome.is === 'failed' || outcome.is === 'blocked')
