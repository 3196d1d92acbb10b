import { randomUUID } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { matchedRoutes } from 'hono/route'
import { createAvatars } from './avatars/avatars'
import type { ServerConfig } from './config'
import type { Database } from './db/database'
import { isDatabaseUnavailable } from './db/unavailable'
import { createEventLog } from './eventLog'
import type { AppEnv, SignInMethod } from './http/answer'
import { authenticate, createLogIn, invalidToken } from './http/authenticate'
import { createAvatarAddress } from './http/avatarAddress'
import { createAddressOf } from './http/clientAddress'
import { crossOrigin } from './http/crossOrigin'
import { createLimits } from './http/limits'
import { createOpenSubmitted } from './http/openSubmitted'
import { createNumberLogIn } from './http/numberLogIn'
import { createOAuthLogIn } from './http/oauthLogIn'
import { createProveOAuth } from './http/oauthProof'
import { Problem, problemAnswer } from './http/problem'
import { createScanLogIn } from './http/scanLogIn'
import { createKeyedHash } from './keyedHash'
import { createCounters } from './limits/counters'
import { createWatermarkCheck } from './http/watermark'
import type { Logger } from './log'
import type { Answered } from './metrics'
import { createIdentify } from './people/identify'
import { createPasswords } from './passwords'
import { TooManyWaitingError } from './places'
import { createBindNumber } from './people/bindNumber'
import { createClaimNumber } from './people/claimNumber'
import { createIsYoung } from './people/moveNumber'
import { createFindByPassword } from './people/numberPassword'
import { createFindSubscriber, type NumberSince } from './people/numberSince'
import { createNumberSignIn } from './people/numberSignIn'
import { createPeople } from './people/people'
import { PersonGoneError } from './people/rows'
import { createAddWay } from './people/addWay'
import { createWays } from './people/ways'
import { createWithdraw } from './people/withdraw'
import { authRoutes, loginRoute } from './routes/auth'
import { avatarRoutes } from './routes/avatars'
import { bookingRoutes } from './routes/bookings'
import { couponRoutes } from './routes/coupons'
import { healthPath, healthRoutes } from './routes/health'
import { meRoutes } from './routes/me'
import { numberRoutes } from './routes/numbers'
import { openApiRoute } from './routes/openapi'
import { phoneNumberRoute } from './routes/phoneNumber'
import { scannedRoutes, scanRoutes } from './routes/scans'
import { serviceRoutes } from './routes/services'
import { sessionRoutes } from './routes/sessions'
import { userInfoRoute } from './routes/userInfo'
import { createPersonSessions } from './personSessions'
import { addedWayRoute, wayRoutes } from './routes/ways'
import { wechatPushRoutes } from './routes/wechatPush'
import { createScanPolls } from './scans/scanPolls'
import { createScans } from './scans/scans'
import { createSessions } from './sessions'
import type { SmsSender } from './sms/smsSender'
import type { TextCodeCheck } from './sms/textCodeCheck'
import { createTextCodes } from './textCodes'
import { createVault } from './vault'
import { WeChatError, type WeChatCallObserved } from './wechat/api'
import { createWeChat } from './wechat/client'
import { createKeyCheck } from './wechat/keyCheck'
import { createPushReader } from './wechat/pushReader'
import { createUnionidCheck } from './wechat/unionidCheck'

/** What the app runs on. */
export interface AppOptions {
  config: Pick<
    ServerConfig,
    | 'wechat'
    | 'wechatPush'
    | 'sessionKeySecrets'
    | 'tokenTtl'
    | 'sessionIdleDays'
    | 'userInfoPolicy'
    | 'phoneJoin'
    | 'phoneProofDays'
    | 'limits'
    | 'trustProxy'
    | 'eventsDays'
  > & {
    /** Where the backend is reached, without a slash at its end. */
    publicUrl: string
  }
  database: Database
  log: Logger
  /** Called with every request that was answered. */
  observe?: ((answered: Answered) => void) | undefined
  /** Called with every call of WeChat that has ended. */
  observeWeChat?: ((call: WeChatCallObserved) => void) | undefined
  /** Sends text codes; without it, nobody can sign in by phone number. */
  sendSms?: SmsSender | undefined
  /** Decides whether a text code is sent, as by a captcha. */
  checkTextCode?: TextCodeCheck | undefined
  /** Asks the carriers whether a number that was proved long ago has changed hands since. */
  numberSince?: NumberSince | undefined
  /** The clock, in ms since 1970; tests set it. */
  now?: () => number
  /** Aborted when the backend begins to close: what waits for something to happen is answered. */
  draining?: AbortSignal
  /** Aborted when the backend closes: calls of WeChat are cut off, nothing is begun or logged. */
  closing?: AbortSignal
}

/** The whole backend as a Hono app: `serve` it, or call `app.request()`. */
export function createApp({
  config,
  database,
  log,
  observe,
  observeWeChat,
  sendSms,
  checkTextCode,
  numberSince,
  now = Date.now,
  draining = new AbortController().signal,
  closing = new AbortController().signal,
}: AppOptions): Hono<AppEnv> {
  const { tokenTtl, sessionIdleDays, userInfoPolicy, phoneJoin, phoneProofDays } = config
  const [first, ...others] = config.wechat.apps
  const appIds = [first.appId, ...others.map(({ appId }) => appId)] as const
  const wechat = createWeChat(config.wechat, now, closing, observeWeChat)
  const vault = createVault(config.sessionKeySecrets)
  const counters = createCounters(database, now)
  const eventLog = createEventLog(database, { eventsDays: config.eventsDays, counters, now })
  const people = createPeople(database, { vault, eventLog, now })
  const identify = createIdentify({ vault, eventLog, now })
  const sessions = createSessions(database, {
    ...{ tokenTtl, idleDays: sessionIdleDays, userInfoPolicy, identify, eventLog, now },
  })
  const numberHash = createKeyedHash(config.sessionKeySecrets, 'counted numbers')
  const limits = createLimits(config.limits, { counters, eventLog, numberHash })
  const keyedHash = createKeyedHash(config.sessionKeySecrets, 'text codes')
  const textCodes = createTextCodes(database, { keyedHash, now })
  const isYoung = createIsYoung(phoneProofDays, now)
  const hasTextCodes = sendSms !== undefined
  const bindNumber = createBindNumber(database, {
    ...{ phoneJoin, hasTextCodes, textCodes, eventLog, isYoung, now },
  })
  const claimNumber = createClaimNumber({ textCodes, eventLog, isYoung, now })
  const passwords = createPasswords(closing)
  const findByPassword = createFindByPassword(database, passwords)
  const findSubscriber = createFindSubscriber(database, { numberSince, isYoung, log })
  const numberSignIn = createNumberSignIn(database, {
    ...{ claimNumber, findByPassword, findSubscriber, passwords, sessions, eventLog, now },
  })
  const numberLogIn = sendSms && createNumberLogIn({ numberSignIn, textCodes, limits, eventLog })
  const { scanCode, oauthApps = {} } = config.wechat
  const scans = scanCode && createScans(database, { sessions, eventLog, now })
  const scanLogIn = scans && createScanLogIn({ scans, limits, eventLog })
  const proveOAuth =
    Object.keys(oauthApps).length > 0
      ? createProveOAuth({ apps: oauthApps, wechat, limits, eventLog })
      : undefined
  const oauthLogIn = proveOAuth && createOAuthLogIn(proveOAuth, sessions)
  const methods: SignInMethod[] = [
    ...(numberLogIn ? numberMethods : []),
    ...(scans ? ['scan' as const] : []),
    ...(oauthLogIn ? ['wechat' as const] : []),
  ]
  const addressOf = createAddressOf(config.trustProxy)
  const observeUnionid = createUnionidCheck(log)
  const logIn = createLogIn({ appIds, wechat, sessions, observeUnionid, limits, eventLog })
  const reportUnopened = createKeyCheck({ wechat, counters, log, closing })
  const checkWatermark = createWatermarkCheck(now, log)
  const openSubmitted = createOpenSubmitted({ people, checkWatermark, reportUnopened })
  const address = createAvatarAddress(config.publicUrl)

  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    const started = performance.now()
    const requestId = randomUUID()
    c.set('requestId', requestId)
    c.set('address', addressOf(c))
    c.set('userInfoPolicy', userInfoPolicy)
    c.set('methods', methods)
    c.header('X-Request-Id', requestId)
    c.header('X-Content-Type-Options', 'nosniff')
    await next()
    const ms = performance.now() - started
    const { method } = c.req
    const { status } = c.res
    // The route, not the address: an address can hold codes and tokens, which stay out of the log.
    const route = matchedRoutes(c).find(({ path }) => path !== '/*')?.path
    observe?.({ method, route, status, ms })
    // Orchestrators ask every few seconds: of what is well, the log has enough lines.
    const level = route?.startsWith(healthPath) && status < 400 ? 'debug' : 'info'
    log[level]({ requestId, method, route, status, ms: Math.round(ms) }, 'answered')
  })
  app.use(crossOrigin)
  if (config.wechatPush) {
    const reader = createPushReader(appIds, config.wechatPush, now)
    const withdraw = createWithdraw(database, { eventLog, now })
    app.route('/', wechatPushRoutes({ reader, withdraw, log }))
  }
  app.onError((error, c) => problemAnswer(c, asProblem(error, c, log)))
  app.notFound((c) => problemAnswer(c, notServed(app, c)))

  // None of these needs or heeds the credentials of its request.
  app.route('/', openApiRoute(methods))
  app.route(
    '/',
    loginRoute({ code: logIn, number: numberLogIn, scan: scanLogIn, oauth: oauthLogIn }),
  )
  if (sendSms && numberLogIn) {
    const resendAfter = config.limits.smsResend?.seconds ?? 0
    app.route(
      '/',
      numberRoutes({
        ...{ textCodes, sendSms, checkTextCode, numberLogIn, limits, resendAfter, log },
      }),
    )
  }
  const scanParts = scans && { scans, polls: createScanPolls(scans, draining), wechat, limits }
  if (scanParts) app.route('/', scanRoutes(scanParts))
  app.route('/', healthRoutes(database))
  app.use(authenticate(sessions, logIn))
  app.route('/', authRoutes({ people, sessions }))
  if (scanParts) app.route('/', scannedRoutes(scanParts))
  app.route(
    '/',
    phoneNumberRoute({
      ...{ wechat, bindNumber, sessions, openSubmitted, checkWatermark, limits, eventLog },
      ...{ textCodes, hasTextCodes, findByPassword, findSubscriber },
    }),
  )
  app.route('/', sessionRoutes(createPersonSessions(database, { eventLog, now })))
  const ways = createWays(database, { hasTextCodes: sendSms !== undefined, eventLog })
  app.route('/', wayRoutes(ways, sessions))
  if (proveOAuth) {
    app.route(
      '/',
      addedWayRoute({ proveOAuth, addWay: createAddWay(database, eventLog), sessions }),
    )
  }
  app.route('/', userInfoRoute({ people, sessions, openSubmitted, observeUnionid, address }))
  app.route('/', avatarRoutes(createAvatars(database, now), address, limits))
  app.route('/', serviceRoutes())
  app.route('/', bookingRoutes(database, { now, userInfoPolicy, limits }))
  app.route('/', couponRoutes(database, now))
  app.route('/', meRoutes(address))
  return app
}

const numberMethods = ['sms', 'password'] as const

function asProblem(error: Error, c: Context<AppEnv>, log: Logger): Problem {
  if (error instanceof Problem) return error
  if (error instanceof PersonGoneError) {
    c.set('session', undefined)
    return invalidToken(c)
  }
  const requestId = c.get('requestId')
  if (error instanceof TooManyWaitingError) {
    return new Problem('overloaded', { headers: { 'Retry-After': '1' } })
  }
  if (error instanceof WeChatError) {
    log.warn({ requestId, reason: error.reason, errcode: error.errcode, error }, 'WeChat failed')
    return error.reason === 'too-frequent'
      ? new Problem('wechat-too-frequent', { headers: { 'Retry-After': '60' } })
      : new Problem('wechat-unavailable', { headers: { 'Retry-After': '2' } })
  }
  if (isDatabaseUnavailable(error)) {
    log.warn({ requestId, error }, 'the database is away')
    return new Problem('database-unavailable', { headers: { 'Retry-After': '2' } })
  }
  log.error({ requestId, error }, 'failed')
  return new Problem('internal')
}

/** 405 where the path is served by other methods, else 404. */
function notServed(app: Hono<AppEnv>, c: Context): Problem {
  const methods = app.routes
    .filter(({ path, method }) => matchesRoute(path, c.req.path) && method !== 'ALL')
    .map(({ method }) => method)
  if (methods.length === 0) return new Problem('not-found')
  const allowed = new Set(
    methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : method)),
  )
  return new Problem('method-not-allowed', { headers: { Allow: [...allowed].join(', ') } })
}

/** Paths here are literal but for `:parameters`, each a whole segment. */
function matchesRoute(route: string, path: string): boolean {
  return new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(path)
}
