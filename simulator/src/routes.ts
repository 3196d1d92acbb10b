import fs from 'node:fs'
import path from 'node:path'
import { areaList } from '@vant/area-data'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { pageMessages } from './host/messages'
import type { MiniProgram } from './host/miniProgram'
import { lastingFile, type LastingFile } from './lastingFile'
import { localHostOnly, ownPagesOnly } from './localAccess'
import type { PackedApp } from './pack/packedApp'
import { addressWithTwin } from './phoneOrigin'
import type { BundledWorkbench } from './bundleWorkbench'
import type { Visitors } from './visitors'
import { control, visit, type Inbox, type NotStarted, type Started } from './workbenchWire'

/** What the routes hand out. */
export interface Served {
  /** Where the app's pictures are; undefined before it was read. */
  folders(): Pick<PackedApp['host'], 'root' | 'packages'> | undefined
  /** The mini-programs that run, by id. */
  miniPrograms: ReadonlyMap<string, MiniProgram>
  visitors: Visitors
  /** See `Started`. */
  burstUrl: string | null
  hasBackend: boolean
  /** See `WorkbenchOptions`. */
  h5: (() => Promise<string>) | undefined
  /** The runtime as one script. */
  runtime: string
  /** What takes pictures of a phone, as one script; asked for only when somebody takes one. */
  picture(): Promise<string>
  /** The page around the phone; asked for only when somebody opens it. */
  workbench(): Promise<BundledWorkbench>
}

const contentTypes = new Map([
  ['.gif', 'image/gif'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.webp', 'image/webp'],
])

/** The phone's style sheets in their order. */
const styleSheets = [
  'shell',
  'bars',
  'errorPage',
  'pullDown',
  'builtIns',
  'swiper',
  'wheels',
  'formControls',
  'placeholders',
  'pageContainer',
  'dialogues',
  'wechatPages',
  'toasts',
  'keyboard',
]

const pageFile = (name: string) =>
  fs.readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8')

/** A packed app as a script that leaves it on `window`. */
const appScript = ({ templates, ...app }: PackedApp) => {
  const rest = { ...app, host: undefined }
  return `window.packedApp = { ...${scriptJson(rest)}, templates: ${templates} }`
}

const appScripts = new WeakMap<PackedApp, LastingFile>()

/** Made once for an app, however many phones run it. */
function appScriptOf(app: PackedApp): LastingFile {
  const known = appScripts.get(app)
  if (known) return known
  const made = lastingFile('app', 'js', appScript(app))
  appScripts.set(app, made)
  return made
}

/** JSON that is safe inside a script element. */
const scriptJson = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c')

const text = (content: string, type: 'text/javascript' | 'text/css') =>
  new Response(content, { headers: { 'content-type': `${type}; charset=utf-8` } })

const bytes = (content: Uint8Array, name: string) =>
  new Response(new Uint8Array(content), {
    headers: {
      'content-type': contentTypes.get(path.extname(name)) ?? 'application/octet-stream',
    },
  })

/** A file of the app, or of a package of it, by its percent-encoded path; undefined for all else. */
function readAsset(
  { root, packages }: Pick<PackedApp['host'], 'root' | 'packages'>,
  encoded: string,
): Uint8Array | undefined {
  try {
    const name = decodeURIComponent(encoded)
    const [inApp, onDisk] =
      Object.entries(packages).find(([inApp]) => name.startsWith(`${inApp}/`)) ?? []
    const folder = onDisk ?? path.resolve(root)
    const file = path.resolve(folder, inApp === undefined ? name : name.slice(inApp.length + 1))
    const isInside = file.startsWith(folder + path.sep)
    return isInside && fs.statSync(file).isFile() ? fs.readFileSync(file) : undefined
  } catch {
    // Not percent-encoding, not there, or not a name a file can have.
    return undefined
  }
}

/** The page with the phone, the phones themselves, and the line between page and host. */
export function createRoutes(served: Served): Hono {
  const { folders, miniPrograms, visitors, burstUrl, hasBackend, h5 } = served
  const routes = new Hono()
  const [workbenchPage, phone] = [pageFile('workbench.html'), pageFile('phone.html')]
  const styles = styleSheets.map((part) => pageFile(`styles/${part}.css`))
  const phoneStyles = lastingFile('phone', 'css', styles.join('\n'))
  const runtime = lastingFile('runtime', 'js', served.runtime)

  routes.use(localHostOnly, ownPagesOnly)
  routes.get('/', (c) => {
    const elsewhere = addressWithTwin(c.req.url)
    return elsewhere === undefined ? c.html(workbenchPage) : c.redirect(elsewhere)
  })
  routes.get('/favicon.ico', (c) => c.body(null, 204))
  routes.get(runtime.path, runtime.response)
  routes.get('/picture.js', async () => text(await served.picture(), 'text/javascript'))
  routes.get('/workbench.js', async () => {
    return text((await served.workbench()).script, 'text/javascript')
  })
  routes.get('/workbench.css', async () => text((await served.workbench()).styles, 'text/css'))
  routes.get(phoneStyles.path, phoneStyles.response)
  routes.get('/regions.json', (c) => c.json(areaList))
  routes.get('/assets/*', (c) => {
    const name = c.req.path.slice('/assets/'.length)
    const known = folders()
    const content = known && readAsset(known, name)
    return content ? bytes(content, name) : c.notFound()
  })
  routes.get('/h5', async (c) => {
    if (!h5) return c.notFound()
    try {
      return c.redirect(await h5())
    } catch (error) {
      return c.text((error as Error).message, 500)
    }
  })
  routes.get('/inbox', async (c) => {
    try {
      return c.json<Inbox>(await visitors.inbox())
    } catch (error) {
      return c.json<NotStarted>({ error: (error as Error).message }, 502)
    }
  })
  routes.post('/phone', async (c) => {
    const visitor = visit.safeParse(await c.req.json().catch(() => undefined))
    if (!visitor.success) return c.json({ error: 'this is no visit' }, 400)
    try {
      const { id, app } = await visitors.open(visitor.data)
      const appName = app.name ?? null
      return c.json<Started>({ id, burstUrl, appName, hasBackend, hasH5: h5 !== undefined }, 201)
    } catch (error) {
      // What was compiled, or the backend, is at fault: the person is to read which.
      return c.json<NotStarted>({ error: (error as Error).message }, 422)
    }
  })
  routes.post('/phone/:id/control', async (c) => {
    const miniProgram = miniPrograms.get(c.req.param('id'))
    if (!miniProgram) return c.notFound()
    const wanted = control.safeParse(await c.req.json().catch(() => undefined))
    if (!wanted.success) return c.json({ error: 'this is no control' }, 400)
    try {
      await miniProgram.control(wanted.data)
      return c.body(null, 204)
    } catch (error) {
      return c.json({ error: (error as Error).message }, 409)
    }
  })
  routes.get('/:app{app-[0-9a-f]+\\.js}', (c) => {
    const apps = [...miniPrograms.values()].map(({ app }) => appScriptOf(app))
    return apps.find(({ path }) => path === c.req.path)?.response() ?? c.notFound()
  })
  routes.get('/phone/:id', (c) => {
    const miniProgram = miniPrograms.get(c.req.param('id'))
    if (!miniProgram) return c.notFound()
    return c.html(
      phone
        .replace('{{styles}}', phoneStyles.path)
        .replace('{{app}}', appScriptOf(miniProgram.app).path)
        .replace('{{runtime}}', runtime.path)
        .replace('{{boot}}', () => scriptJson(miniProgram.boot())),
    )
  })
  routes.get('/phone/:id/messages', (c) => {
    const miniProgram = miniPrograms.get(c.req.param('id'))
    if (!miniProgram) return c.notFound()
    return streamSSE(c, async (stream) => {
      const disconnect = miniProgram.connect((message) => {
        void stream.writeSSE({ data: JSON.stringify(message) })
      })
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      disconnect()
    })
  })
  routes.post('/phone/:id/messages', async (c) => {
    const miniProgram = miniPrograms.get(c.req.param('id'))
    if (!miniProgram) return c.notFound()
    const sent: unknown = await c.req.json().catch(() => undefined)
    const messages = pageMessages.safeParse(sent)
    if (!messages.success) return c.json({ error: 'these are no messages of a page' }, 400)
    for (const message of messages.data) miniProgram.receive(message)
    return c.body(null, 204)
  })
  // PUT, for which another origin's page has to ask first (see `ownPagesOnly`).
  routes.put('/phone/:id/contents', async (c) => {
    const miniProgram = miniPrograms.get(c.req.param('id'))
    if (!miniProgram) return c.notFound()
    miniProgram.takeContent(c.req.query('call') ?? '', new Uint8Array(await c.req.arrayBuffer()))
    return c.body(null, 204)
  })
  routes.get('/phone/:id/contents', (c) => {
    const name = c.req.query('path') ?? ''
    const [known, own] = [folders(), miniPrograms.get(c.req.param('id'))?.files]
    const content = name.startsWith('wxfile:')
      ? own?.get(name)
      : known && readAsset(known, encodeURIComponent(name))
    // No 404, which browsers report as an error: an app may ask whether a file is there.
    return content ? bytes(content, name) : c.body(null, 204)
  })
  routes.get('/phone/:id/files', (c) => {
    const name = c.req.query('path') ?? ''
    const content = miniPrograms.get(c.req.param('id'))?.files.get(name)
    return content ? bytes(content, name) : c.notFound()
  })
  return routes
}
