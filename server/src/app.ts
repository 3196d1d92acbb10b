import { randomUUID } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { matchedRoutes } from 'hono/route'
import { createAvatars } from './avatars/avatars'
import { createAvatarFiles } from './avatars/files'
import type { ServerConfig } from './config'
import type { Database } from './db/database'
import { isDatabaseUnavailable } from './db/unavailable'
import type { AppEnv } from './http/answer'
import { authenticate, createLogIn, invalidToken } from './http/authenticate'
import { createAvatarAddress } from './http/avatarAddress'
import { receiveBody } from './http/body'
import { crossOrigin } from './http/crossOrigin'
import { createOpenSubmitted } from './http/openSubmitted'
import { Problem, problemAnswer } from './http/problem'
import type { Logger } from './log'
import type { Answered } from './metrics'
import { createPeople } from './people/people'
import { PersonGoneError } from './people/rows'
import { authRoutes, loginRoute } from './routes/auth'
import { avatarRoutes, receiveAvatar } from './routes/avatars'
import { bookingRoutes } from './routes/bookings'
import { couponRoutes } from './routes/coupons'
import { healthPath, healthRoutes } from './routes/health'
import { meRoutes } from './routes/me'
import { serviceRoutes } from './routes/services'
import { userInfoRoute } from './routes/userInfo'
import { createSessions } from './sessions'
import { createVault } from './vault'
import { WeChatError } from './wechat/api'
import { createWeChat } from './wechat/client'
import { createKeyCheck } from './wechat/keyCheck'
import { createUnionidCheck } from './wechat/unionidCheck'

/** What the app runs on. */
export interface AppOptions {
  config: Pick<
    ServerConfig,
    'wechat' | 'sessionKeySecret' | 'tokenTtl' | 'userInfoPolicy' | 'phoneJoin' | 'dataDir'
  > & {
    /** Where the backend is reached, without a slash at its end. */
    publicUrl: string
  }
  database: Database
  log: Logger
  /** Called with every request that was answered. */
  observe?: ((answered: Answered) => void) | undefined
  /** The clock, in ms since 1970; tests set it. */
  now?: () => number
  /** Aborted when the backend closes: calls of WeChat are cut off, nothing is begun or logged. */
  closing?: AbortSignal
}

/** The whole backend as a Hono app: `serve` it, or call `app.request()`. */
export function createApp({
  config,
  database,
  log,
  observe,
  now = Date.now,
  closing = new AbortController().signal,
}: AppOptions): Hono<AppEnv> {
  const { tokenTtl, userInfoPolicy, phoneJoin } = config
  const { appId } = config.wechat
  const wechat = createWeChat(config.wechat, now, closing)
  const vault = createVault(config.sessionKeySecret)
  const avatarFiles = createAvatarFiles(config.dataDir, log)
  const people = createPeople(database, { vault, avatarFiles, phoneJoin, now })
  const sessions = createSessions(database, { tokenTtl, userInfoPolicy, now })
  const observeUnionid = createUnionidCheck(log)
  const logIn = createLogIn({ appId, wechat, people, sessions, observeUnionid })
  const reportUnopened = createKeyCheck({ wechat, log, closing })
  const openSubmitted = createOpenSubmitted({ appId, people, reportUnopened })
  const address = createAvatarAddress(config.publicUrl)

  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    const started = performance.now()
    const requestId = randomUUID()
    c.set('requestId', requestId)
    c.set('userInfoPolicy', userInfoPolicy)
    c.header('X-Request-Id', requestId)
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
  app.route('/', receiveAvatar())
  app.use(receiveBody())
  app.onError((error, c) => problemAnswer(c, asProblem(error, c, log)))
  app.notFound((c) => problemAnswer(c, notServed(app, c)))

  // Neither needs nor heeds the credentials of its request.
  app.route('/', loginRoute(logIn))
  app.route('/', healthRoutes(database))
  app.use(authenticate(sessions, logIn))
  app.route('/', authRoutes({ appId, wechat, people, sessions, openSubmitted }))
  app.route('/', userInfoRoute({ people, sessions, openSubmitted, observeUnionid, address }))
  app.route('/', avatarRoutes(createAvatars(database, avatarFiles, now), address))
  app.route('/', serviceRoutes())
  app.route('/', bookingRoutes(database, now, userInfoPolicy))
  app.route('/', couponRoutes(database, now))
  app.route('/', meRoutes(address))
  return app
}

function asProblem(error: Error, c: Context<AppEnv>, log: Logger): Problem {
  if (error instanceof Problem) return error
  if (error instanceof PersonGoneError) {
    c.set('session', undefined)
    return invalidToken()
  }
  const requestId = c.get('requestId')
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
