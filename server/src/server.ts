import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:http'
import type { DestinationStream } from 'pino'
import { createApp } from './app'
import { moveAvatarFiles } from './avatars/moveFiles'
import type { ServerConfig } from './config'
import { openDatabase } from './db/open'
import { createRequestListener } from './http/listener'
import { createLogger } from './log'

/** How long requests under way may still take when the server closes, in ms. */
const closingGrace = 5000

/** A backend that answers at `url`, an address without a slash at its end. */
export interface RunningServer {
  url: string
  port: number
  /** Lets requests under way finish, at most 5 s, ends calls of WeChat and closes the database. */
  close(): Promise<void>
}

/** Where the log goes instead of standard output, and a clock, for tests. */
export interface ServerOptions {
  logDestination?: DestinationStream
  now?: () => number
}

/**
 * Opens the database and listens.
 * @throws DirectoryInUseError when another process has the data directory, and the system's error
 *   (`EADDRINUSE`, `EACCES`) when the port cannot be had
 */
export async function startServer(
  config: ServerConfig,
  { logDestination, now }: ServerOptions = {},
): Promise<RunningServer> {
  const log = createLogger(config.logLevel, logDestination)
  const { database, close: closeDatabase } = await openDatabase({
    ...config,
    appId: config.wechat.appId,
    log,
  })
  const closing = new AbortController()
  const app = createApp({ config, database, log, closing: closing.signal, ...(now && { now }) })
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000 },
    createRequestListener(app),
  )
  try {
    await moveAvatarFiles(database, config.dataDir)
    server.listen(config.port, config.host)
    await once(server, 'listening')
  } catch (error) {
    await closeDatabase()
    throw error
  }
  const { port, family, address } = server.address() as AddressInfo
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
  log.info({ url }, 'listening')
  return {
    url,
    port,
    close: async () => {
      await closeListener(server)
      closing.abort()
      await closeDatabase()
      log.info('closed')
    },
  }
}

async function closeListener(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), closingGrace)
  const closed = once(server, 'close')
  server.close()
  await closed
  clearTimeout(timer)
}
