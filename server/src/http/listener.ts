import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { AppEnv } from './answer'

/**
 * The app as a listener of Node's HTTP server. A body that nobody reads is dropped by Node, for as
 * long as the client takes to send it. Hono's own clean-up would close the connection half a second
 * after the answer, and a phone that still sends would never see why it was refused.
 */
export function createRequestListener(app: Hono<AppEnv>): RequestListener {
  const listener = getRequestListener(app.fetch, { autoCleanupIncoming: false })
  // It answers its own errors: its promise never rejects.
  return (request, response) => void listener(request, response)
}
