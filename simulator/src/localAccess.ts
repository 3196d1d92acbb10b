// Who may speak to the servers on this machine. Listening at 127.0.0.1 and ::1 keeps other machines out,
// but not the pages that a browser on this one has loaded from anywhere.
import type { MiddlewareHandler } from 'hono'

const localNames = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Answers 403 to requests for another host than this machine, at any port: a page whose name was
 * made to point here (DNS rebinding) still sends its own name.
 */
export const localHostOnly: MiddlewareHandler = async (c, next) => {
  const { hostname } = new URL(c.req.url)
  if (localNames.includes(hostname)) return next()
  return c.json({ error: `${hostname} is not served here` }, 403)
}

/**
 * Answers 403 to another origin's pages, and 415 to a POST that is not JSON, which a browser sends
 * for any page without asking first (Fetch: CORS-safelisted request-header). All of POST has a body.
 */
export const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin')
  if (origin !== undefined && origin !== new URL(c.req.url).origin) {
    return c.json({ error: `pages of ${origin} have no business here` }, 403)
  }
  const isJson = /^application\/json *(;|$)/i.test(c.req.header('content-type') ?? '')
  if (c.req.method === 'POST' && !isJson) {
    return c.json({ error: 'the content type must be application/json' }, 415)
  }
  return next()
}
