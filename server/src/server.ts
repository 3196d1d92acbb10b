import type { DestinationStream } from 'pino'
import { createApp } from './app'
import type { AppOptions } from './appOptions'
import { moveAvatarFiles } from './avatars/moveFiles'
import type { ServerConfig } from './config'
import { openDatabase } from './db/open'
import { listen } from './http/listen'
import { createRequestListener } from './http/listener'
import { createLogger } from './log'
import { createMetrics } from './metrics'
import { createSmsSender } from './sms/createSmsSender'
import type { SmsSender } from './sms/smsSender'

/** A backend that answers at `url`, an address without a slash at its end. */
export interface RunningServer {
  url: string
  port: number
  /** Where Prometheus reads, if it was asked for. */
  metricsUrl: string | undefined
  /** Ends what waits, lets requests under way finish, at most 5 s, ends calls of WeChat and closes the database. */
  close(): Promise<void>
}

/** What the business adds; where the log goes instead of standard output, and a clock, for tests. */
export interface ServerOptions extends Pick<AppOptions, 'checkTextCode' | 'numberSince'> {
  /** Sends text codes in place of what the configuration names. */
  sendSms?: SmsSender
  logDestination?: DestinationStream
  now?: () => number
}

/**
 * Opens the database and listens.
 * @throws DirectoryInUseError when another process has the data directory, the system's error
 *   (`EADDRINUSE`, `EACCES`) when the port cannot be had, and Error when what sends text codes is not
 *   installed
 */
export async function startServer(
  config: ServerConfig,
  { logDestination, now, sendSms, checkTextCode, numberSince }: ServerOptions = {},
): Promise<RunningServer> {
  const log = createLogger(config.logLevel, logDestination)
  // Before anything is opened: what it needs may not be installed.
  const smsSender = sendSms ?? createSmsSender(config.sms)
  const {
    database,
    pool,
    close: closeDatabase,
  } = await openDatabase({
    ...config,
    appId: config.wechat.apps[0].appId,
    log,
  })
  const opened = [closeDatabase]
  const closeOpened = async () => {
    for (const close of opened.reverse()) await close()
  }
  const draining = new AbortController()
  const closing = new AbortController()
  try {
    await moveAvatarFiles(database, config)
    const metrics = config.metrics && createMetrics()
    const metricsListener =
      metrics && (await listen({ ...config, ...config.metrics }, () => metrics.answer))
    if (metricsListener) opened.push(metricsListener.close)
    const listener = await listen(config, (url) => {
      const { publicUrl = url } = config
      const app = createApp({
        config: { ...config, publicUrl },
        database,
        log,
        observe: metrics?.observe,
        observeWeChat: metrics?.observeWeChat,
        draining: draining.signal,
        closing: closing.signal,
        ...{ sendSms: smsSender, checkTextCode, numberSince },
        ...(now && { now }),
      })
      return createRequestListener(app)
    })
    opened.push(() => {
      draining.abort()
      return listener.close().finally(() => closing.abort())
    })
    metrics?.readConnections(listener.connections)
    if (pool) metrics?.readPool(pool)
    const { url, port } = listener
    const metricsUrl = metricsListener && `${metricsListener.url}/metrics`
    log.info({ url, metricsUrl }, 'listening')
    if (config.publicUrl === undefined && wildcards.includes(config.host)) {
      log.warn({ url }, 'PUBLIC_URL is missing: no phone can load pictures from this address')
    }
    return {
      url,
      port,
      metricsUrl,
      close: async () => {
        await closeOpened()
        log.info('closed')
      },
    }
  } catch (error) {
    await closeOpened()
    throw error
  }
}

/** Every address of the machine: none that a client could be sent. */
const wildcards = ['0.0.0.0', '::']
