import fs from 'node:fs'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { bundleRuntime } from './bundle'
import { createSession, type Session, type SessionOptions } from './host/session'
import { pack } from './pack/pack'
import type { PackedApp } from './pack/packedApp'
import type { PageMessage } from './wire'

/** What is served, and where. */
export interface ServerOptions {
  /** A directory compiled for mp-weixin. */
  dist: string
  /** 0 (the default) takes a free port; on 127.0.0.1 only. */
  port?: number
  /** How the mini-program at `/`, for a person's own browser, is run. */
  visitor?: SessionOptions
}

/** A running simulator server. */
export interface SimulatorServer {
  /** Address of the page with the phone, for a person's browser. */
  readonly url: string
  readonly app: PackedApp
  /** Begins another mini-program; its page is at `${url}/phone/${session.id}`. */
  openSession(options: SessionOptions): Session
  closeSession(session: Session): void
  close(): Promise<void>
}

const contentTypes: Record<string, string> = {
  '.gif': 'image/gif',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
}

const pageFile = (name: string) =>
  fs.readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8')

/** JSON that may stand inside a script element. */
const scriptJson = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c')

function createRoutes(
  dist: string,
  app: PackedApp,
  sessions: Map<string, Session>,
  runtime: string,
) {
  const routes = new Hono()
  const script = (text: string) =>
    new Response(text, { headers: { 'content-type': 'text/javascript; charset=utf-8' } })
  const bytes = (content: Uint8Array, name: string) =>
    new Response(new Uint8Array(content), {
      headers: { 'content-type': contentTypes[path.extname(name)] ?? 'application/octet-stream' },
    })
  const { templates, ...rest } = app
  const packed = `window.packedApp = { ...${scriptJson(rest)}, templates: ${templates} }`
  const [frame, phone] = [pageFile('frame.html'), pageFile('phone.html')]
  const styles = pageFile('phone.css')

  routes.get('/', (c) => c.html(frame))
  routes.get('/favicon.ico', (c) => c.body(null, 204))
  routes.get('/runtime.js', () => script(runtime))
  routes.get('/app.js', () => script(packed))
  routes.get('/phone.css', (c) =>
    c.body(styles, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  routes.get('/assets/*', (c) => {
    const file = path.resolve(dist, decodeURIComponent(c.req.path.slice('/assets/'.length)))
    const inside = file.startsWith(path.resolve(dist) + path.sep)
    if (!inside || !fs.existsSync(file)) return c.notFound()
    return bytes(fs.readFileSync(file), file)
  })
  routes.get('/phone/:session', (c) => {
    const session = sessions.get(c.req.param('session'))
    if (!session) return c.notFound()
    return c.html(phone.replace('{{boot}}', () => scriptJson(session.boot())))
  })
  routes.get('/phone/:session/messages', (c) => {
    const session = sessions.get(c.req.param('session'))
    if (!session) return c.notFound()
    return streamSSE(c, async (stream) => {
      const disconnect = session.connect((message) => {
        void stream.writeSSE({ data: JSON.stringify(message) })
      })
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      disconnect()
    })
  })
  routes.post('/phone/:session/messages', async (c) => {
    const session = sessions.get(c.req.param('session'))
    if (!session) return c.notFound()
    for (const message of (await c.req.json()) as PageMessage[]) session.receive(message)
    return c.body(null, 204)
  })
  routes.get('/phone/:session/files', (c) => {
    const name = c.req.query('path') ?? ''
    const content = sessions.get(c.req.param('session'))?.files.get(name)
    return content ? bytes(content, name) : c.notFound()
  })
  return routes
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
  openSession(visitor, 'visitor')
  const routes = createRoutes(dist, app, sessions, await bundleRuntime())
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const starting = serve({ fetch: routes.fetch, hostname: '127.0.0.1', port }, () =>
      resolve(starting),
    )
    starting.once('error', reject)
  })
  return {
    app,
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
