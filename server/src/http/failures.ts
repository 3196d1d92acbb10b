import type { Context, Hono } from 'hono'
import { isDatabaseUnavailable } from '../db/unavailable'
import type { Logger } from '../log'
import { PersonGoneError } from '../people/rows'
import { TooManyWaitingError } from '../places'
import { WeChatError } from '../wechat/api'
import type { AppEnv } from './answer'
import { invalidToken } from './authenticate'
import { Problem } from './problem'

/** The problem that an error is to the client; what it was says the log. */
export function asProblem(error: Error, c: Context<AppEnv>, log: Logger): Problem {
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
export function notServed(app: Hono<AppEnv>, c: Context): Problem {
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
