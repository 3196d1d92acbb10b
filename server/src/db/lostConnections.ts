import { Socket } from 'node:net'
import type { Pool, PoolClient } from 'pg'

/**
 * A socket for a connection to PostgreSQL that counts as lost after so much silence, in ms. Where a
 * machine or a network goes without a word, TCP itself takes a quarter of an hour to notice.
 */
export function socketWithin(silence: number): Socket {
  const socket = new Socket()
  const lost = Object.assign(new Error('PostgreSQL is silent'), { code: 'ETIMEDOUT' })
  return socket.setTimeout(silence, () => socket.destroy(lost))
}

/**
 * Lets a pool survive that a connection is lost while it is in use. node-postgres then emits an
 * error, which would end the process where nobody listens, and drizzle does not release a connection
 * whose `begin` has failed (node-postgres/session.js): its place in the pool would be lost for good.
 */
export function surviveLostConnections(pool: Pool): void {
  const inUse = new Set<PoolClient>()
  pool.on('acquire', (client) => inUse.add(client))
  pool.on('release', (_, client) => inUse.delete(client))
  pool.on('connect', (client) => {
    client.on('error', (error) => {
      // Of an idle one, the pool takes care itself.
      if (!inUse.has(client)) return
      client.release(error)
      // To release it again, as the one who uses it will, is an error of the pool.
      client.release = () => undefined
    })
  })
}
