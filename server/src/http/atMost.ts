import type { MiddlewareHandler } from 'hono'
import { Problem } from './problem'

/**
 * Lets so many requests of a route be under way in this process. A further one is refused before
 * its body is read: the memory of them all is bounded.
 */
export function atMost(count: number): MiddlewareHandler {
  let underWay = 0
  return async (_c, next) => {
    if (underWay === count) throw new Problem('overloaded', { headers: { 'Retry-After': '1' } })
    underWay++
    try {
      await next()
    } finally {
      underWay--
    }
  }
}
