import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Logger } from '../log'
import type { Answered } from '../metrics'
import { healthPath } from '../routes/health'
import type { AppEnv } from './answer'

/** A line for each request that was answered, and a call of `observe`. */
export function accessLog(
  log: Logger,
  observe: ((answered: Answered) => void) | undefined,
): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const started = performance.now()
    await next()
    const ms = performance.now() - started
    const { method } = c.req
    const { status } = c.res
    // The route, not the address: an address can hold codes and tokens, which stay out of the log.
    const route = matchedRoutes(c).find(({ path }) => path !== '/*')?.path
    observe?.({ method, route, status, ms })
    // Orchestrators ask every few seconds: of what is well, the log has enough lines.
    const level = route?.startsWith(healthPath) && status < 400 ? 'debug' : 'info'
    const requestId = c.get('requestId')
    log[level]({ requestId, method, route, status, ms: Math.round(ms) }, 'answered')
  }
}
