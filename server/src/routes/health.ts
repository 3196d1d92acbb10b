import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import type { Database } from '../db/database'
import type { AppEnv } from '../http/answer'

/** Where an orchestrator asks how the process is. */
export const healthPath = '/health/'

/**
 * `GET /health/live`: the process answers. `GET /health/ready`: so does the database; else 503, and
 * the process should get no requests, but not be started again either.
 */
export function healthRoutes(database: Database) {
  return new Hono<AppEnv>()
    .get(`${healthPath}live`, (c) => c.json({ status: 'live' }, 200, uncached))
    .get(`${healthPath}ready`, async (c) => {
      await database.execute(sql`select 1`)
      return c.json({ status: 'ready' }, 200, uncached)
    })
}

const uncached = { 'Cache-Control': 'no-store' }
