import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { bundle } from './bundle'
import { createSession, type Session, type SessionOptions } from './host/session'
import { createSourceMaps } from './host/sourceMaps'
import { pack } from './pack/pack'
import type { PackedApp } from './pack/packedApp'
import { createRoutes } from './routes'
import { createVisitors } from './visitors'

/** What is served, and where. */
export interface ServerOptions {
  /** A directory compiled for mp-weixin. */
  dist: string
  /** 0 (the default) takes a free port; on 127.0.0.1 only. */
  port?: number
  /** How the mini-programs at `/`, for a person's own browser, are run; one for each tab. */
  visitor?: SessionOptions
}

/** A running simulator server. */
export interface SimulatorServer {
  /** Address of the page with the phone, for a person's browser. */
  readonly url: string
  readonly app: PackedApp
  /** See `SourceMaps`. */
  mapStack(text: string): string
  /** Begins another mini-program; its page is at `${url}/phone/${session.id}`. */
  openSession(options: SessionOptions): Session
  closeSession(session: Session): void
  close(): Promise<void>
}

/**
 * Packs `dist` and serves it with the runtime, so that any browser can run it: the person's own at
 * `/`, a driven one at `/phone/<session>`. Throws `PackError`, or Node's error for a taken port.
 */
export async function startServer({
  dist,
  port = 0,
  visitor = {},
}: ServerOptions): Promise<SimulatorServer> {
  const app = pack(dist)
  const sessions = new Map<string, Session>()
  let opened = 0
  const openSession = (options: SessionOptions, id = `s${(opened += 1)}`) => {
    const session = createSession(id, app.appId, options)
    sessions.set(id, session)
    return session
  }
  const closeSession = (session: Session) => {
    session.close()
    sessions.delete(session.id)
  }
  const routes = createRoutes({
    dist,
    app,
    sessions,
    visitors: createVisitors(visitor, openSession, closeSession),
    runtime: await bundle('runtime/index.ts'),
    frame: await bundle('frame/index.ts'),
  })
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const starting = serve({ fetch: routes.fetch, hostname: '127.0.0.1', port }, () =>
      resolve(starting),
    )
    starting.once('error', reject)
  })
  return {
    app,
    mapStack: createSourceMaps(dist).mapStack,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    openSession: (options) => openSession(options),
    closeSession,
    close: () =>
      new Promise((resolve) => {
        for (const session of sessions.values()) closeSession(session)
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
