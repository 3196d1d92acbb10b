import fs from 'node:fs'
import path from 'node:path'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { pageMessages } from './host/messages'
import type { Session } from './host/session'
import { localHostOnly, ownPagesOnly } from './localAccess'
import type { PackedApp } from './pack/packedApp'
import { visit, type Visitors } from './visitors'

/** What the routes hand out. */
export interface Served {
  /** The compiled directory, for the app's pictures. */
  dist: string
  app: PackedApp
  /** The mini-programs that run, by id. */
  sessions: ReadonlyMap<string, Session>
  visitors: Visitors
  /** The runtime as one script. */
  runtime: string
  /** The script of the page around the phone. */
  frame: string
}

const contentTypes = new Map([
  ['.gif', 'image/gif'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.webp', 'image/webp'],
])

const pageFile = (name: string) =>
  fs.readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8')

/** JSON that may stand inside a script element. */
const scriptJson = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c')

const script = (text: string) =>
  new Response(text, { headers: { 'content-type': 'text/javascript; charset=utf-8' } })

const bytes = (content: Uint8Array, name: string) =>
  new Response(new Uint8Array(content), {
    headers: {
      'content-type': contentTypes.get(path.extname(name)) ?? 'application/octet-stream',
    },
  })

/** A file of the compiled directory by its percent-encoded path; undefined for all else. */
function readAsset(dist: string, encoded: string): Uint8Array | undefined {
  try {
    const file = path.resolve(dist, decodeURIComponent(encoded))
    const isInside = file.startsWith(path.resolve(dist) + path.sep)
    return isInside && fs.statSync(file).isFile() ? fs.readFileSync(file) : undefined
  } catch {
    // Not percent-encoding, not there, or not a name a file can have.
    return undefined
  }
}

/** The page with the phone, the phones themselves, and the line between page and host. */
export function createRoutes(served: Served): Hono {
  const { dist, app, sessions, visitors } = served
  const routes = new Hono()
  const { templates, ...rest } = app
  const packed = `window.packedApp = { ...${scriptJson(rest)}, templates: ${templates} }`
  const [framePage, phone] = [pageFile('frame.html'), pageFile('phone.html')]
  const styles = ['shell', 'builtIns', 'dialogues', 'keyboard'].map((part) =>
    pageFile(`styles/${part}.css`),
  )

  routes.use(localHostOnly, ownPagesOnly)
  routes.get('/', (c) => c.html(framePage))
  routes.get('/favicon.ico', (c) => c.body(null, 204))
  routes.get('/runtime.js', () => script(served.runtime))
  routes.get('/frame.js', () => script(served.frame))
  routes.get('/app.js', () => script(packed))
  routes.get('/phone.css', (c) =>
    c.body(styles.join('\n'), 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  routes.get('/assets/*', (c) => {
    const name = c.req.path.slice('/assets/'.length)
    const content = readAsset(dist, name)
    return content ? bytes(content, name) : c.notFound()
  })
  routes.get('/frame.css', (c) =>
    c.body(pageFile('styles/frame.css'), 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  routes.post('/phone', async (c) => {
    const visitor = visit.safeParse(await c.req.json().catch(() => undefined))
    if (!visitor.success) return c.json({ error: 'this is no visit' }, 400)
    return c.json({ session: visitors.open(visitor.data).id }, 201)
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
    const sent: unknown = await c.req.json().catch(() => undefined)
    const messages = pageMessages.safeParse(sent)
    if (!messages.success) return c.json({ error: 'these are no messages of a page' }, 400)
    for (const message of messages.data) session.receive(message)
    return c.body(null, 204)
  })
  routes.get('/phone/:session/files', (c) => {
    const name = c.req.query('path') ?? ''
    const content = sessions.get(c.req.param('session'))?.files.get(name)
    return content ? bytes(content, name) : c.notFound()
  })
  return routes
}
