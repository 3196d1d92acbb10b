import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { bundle } from './bundle'
import { bundleWorkbench } from './bundleWorkbench'
import { createSession, type Session } from './host/session'
import type { SessionOptions } from './host/sessionOptions'
import { createSourceMaps } from './host/sourceMaps'
import { pack } from './pack/pack'
import type { PackedApp } from './pack/packedApp'
import { createRoutes } from './routes'
import { createVisitors, type WorkbenchOptions } from './visitors'

/** What is served, and where. */
export interface ServerOptions {
  /** A directory compiled for mp-weixin. */
  dist: string
  /** 0 (the default) takes a free port; on 127.0.0.1 only. */
  port?: number
  /** How the mini-programs at `/`, for a person's own browser, are run; one for each tab. */
  workbench?: WorkbenchOptions
}

/** A running simulator server. */
export interface SimulatorServer {
  /** Address of the workbench, for a person's browser. */
  readonly url: string
  /** Begins another mini-program; its page is at `${url}/phone/${session.id}`. Throws PackError. */
  openSession(options: SessionOptions): Session
  closeSession(session: Session): void
  close(): Promise<void>
}

/**
 * Serves `dist` with the runtime, so that any browser can run it: the person's own at `/`, a driven
 * one at `/phone/<session>`. Rejects with `PackError`, unless there is a workbench to show it, and
 * with Node's error for a taken port.
 */
export async function startServer({
  dist,
  port = 0,
  workbench,
}: ServerOptions): Promise<SimulatorServer> {
  const sessions = new Map<string, Session>()
  // A workbench shows what is wrong with the directory, and looks again; others want to know at once.
  let packed = workbench ? undefined : pack(dist)
  let opened = 0
  const openSession = (app: PackedApp, options: SessionOptions, id = `s${(opened += 1)}`) => {
    const session = createSession(id, { app, ...createSourceMaps(dist) }, options)
    sessions.set(id, session)
    return session
  }
  const closeSession = (session: Session) => {
    session.close()
    sessions.delete(session.id)
  }
  const visitors = createVisitors(workbench ?? {}, () => pack(dist), openSession, closeSession)
  const routes = createRoutes({
    dist,
    sessions,
    visitors,
    burstUrl: workbench?.burstUrl ?? null,
    hasBackend: workbench?.backend !== undefined,
    runtime: await bundle('runtime/index.ts'),
    workbench: bundleWorkbench,
  })
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const starting = serve({ fetch: routes.fetch, hostname: '127.0.0.1', port }, () =>
      resolve(starting),
    )
    starting.once('error', reject)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    openSession: (options) => openSession((packed ??= pack(dist)), options),
    closeSession,
    close: () =>
      new Promise((resolve) => {
        visitors.close()
        for (const session of sessions.values()) closeSession(session)
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
