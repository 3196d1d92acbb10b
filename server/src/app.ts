import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { AppOptions } from './appOptions'
import { accessLog } from './http/accessLog'
import type { AppEnv } from './http/answer'
import { authenticate } from './http/authenticate'
import { createAddressOf } from './http/clientAddress'
import { crossOrigin } from './http/crossOrigin'
import { asProblem, notServed } from './http/failures'
import { problemAnswer } from './http/problem'
import { createParts, type Parts } from './parts'
import { authRoutes, loginRoute } from './routes/auth'
import { avatarRoutes } from './routes/avatars'
import { bookingRoutes } from './routes/bookings'
import { couponRoutes } from './routes/coupons'
import { healthRoutes } from './routes/health'
import { meRoutes } from './routes/me'
import { numberRoutes } from './routes/numbers'
import { openApiRoute } from './routes/openapi'
import { phoneNumberRoute } from './routes/phoneNumber'
import { scannedRoutes, scanRoutes } from './routes/scans'
import { serviceRoutes } from './routes/services'
import { sessionRoutes } from './routes/sessions'
import { userInfoRoute } from './routes/userInfo'
import { addedWayRoute, wayRoutes } from './routes/ways'
import { wechatPushRoutes } from './routes/wechatPush'

/** The whole backend as a Hono app: `serve` it, or call `app.request()`. */
export function createApp(options: AppOptions): Hono<AppEnv> {
  const { config, log, observe } = options
  const { userInfoPolicy } = config
  const parts = createParts(options)
  const { methods, push } = parts
  const addressOf = createAddressOf(config.trustProxy)

  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    const requestId = randomUUID()
    c.set('requestId', requestId)
    c.set('address', addressOf(c))
    c.set('userInfoPolicy', userInfoPolicy)
    c.set('methods', methods)
    c.header('X-Request-Id', requestId)
    c.header('X-Content-Type-Options', 'nosniff')
    await next()
  })
  app.use(accessLog(log, observe))
  app.use(crossOrigin)
  if (push) app.route('/', wechatPushRoutes({ ...push, log }))
  app.onError((error, c) => problemAnswer(c, asProblem(error, c, log)))
  app.notFound((c) => problemAnswer(c, notServed(app, c)))

  addOpenRoutes(app, parts, options)
  app.use(authenticate(parts.sessions, parts.logIn))
  addAccountRoutes(app, parts)
  addBusinessRoutes(app, parts, options)
  return app
}

/** Routes that neither need nor heed the credentials of their requests. */
function addOpenRoutes(app: Hono<AppEnv>, parts: Parts, options: AppOptions): void {
  const { methods, logIn, numberLogIn, scanLogIn, oauthLogIn, scanning, textCodes, limits } = parts
  const { config, database, log, sendSms, checkTextCode } = options
  app.route('/', openApiRoute(methods))
  const ways = { code: logIn, number: numberLogIn, scan: scanLogIn, oauth: oauthLogIn }
  app.route('/', loginRoute(ways))
  if (sendSms && numberLogIn) {
    const resendAfter = config.limits.smsResend?.seconds ?? 0
    const own = { textCodes, sendSms, checkTextCode, numberLogIn, limits, resendAfter, log }
    app.route('/', numberRoutes(own))
  }
  if (scanning) app.route('/', scanRoutes(scanning))
  app.route('/', healthRoutes(database))
}

/** Routes of the session, and of the person behind it. */
function addAccountRoutes(app: Hono<AppEnv>, parts: Parts): void {
  const { people, sessions, scanning, personSessions, ways, proveOAuth, addWay } = parts
  const { openSubmitted, observeUnionid, avatarAddress: address, avatars, limits } = parts
  app.route('/', authRoutes({ people, sessions }))
  if (scanning) app.route('/', scannedRoutes(scanning))
  app.route('/', phoneNumberRoute(parts))
  app.route('/', sessionRoutes(personSessions))
  app.route('/', wayRoutes(ways, sessions))
  if (proveOAuth) app.route('/', addedWayRoute({ proveOAuth, addWay, sessions }))
  app.route('/', userInfoRoute({ people, sessions, openSubmitted, observeUnionid, address }))
  app.route('/', avatarRoutes(avatars, address, limits))
}

/** Routes of the business: yours go here. */
function addBusinessRoutes(app: Hono<AppEnv>, parts: Parts, options: AppOptions): void {
  const { database, config, now = Date.now } = options
  const { userInfoPolicy } = config
  const { limits, avatarAddress } = parts
  app.route('/', serviceRoutes())
  app.route('/', bookingRoutes(database, { now, userInfoPolicy, limits }))
  app.route('/', couponRoutes(database, now))
  app.route('/', meRoutes(avatarAddress))
}
