import { Hono } from 'hono'
import { z } from 'zod'
import { answer, type AppEnv } from '../http/answer'
import { atMost } from '../http/atMost'
import type { Limits } from '../http/limits'
import { browserOf, originOf } from '../http/origin'
import { Problem } from '../http/problem'
import { requires } from '../http/requires'
import type { ScanPolls } from '../scans/scanPolls'
import { isScanId, makeScanId, scanLife, scanStatuses, type Scans } from '../scans/scans'
import type { WeChat } from '../wechat/client'

/** How many polls of this process may wait at once: each holds a connection. */
const mostPolls = 500

/** What the browser knows already; the poll waits for another one. */
const knownStatus = z.enum(scanStatuses).catch('waiting')

/** What these routes work with. */
export interface ScanRoutesOptions {
  scans: Scans
  polls: ScanPolls
  wechat: Pick<WeChat, 'drawCode'>
  limits: Limits
}

/** The browser's side, which has no session. */
export function scanRoutes({ scans, polls, wechat, limits }: ScanRoutesOptions) {
  return (
    new Hono<AppEnv>()
      .post('/auth/scans', async (c) => {
        await limits.countScan(c.get('address'))
        const id = makeScanId()
        // Before it is stored: where WeChat draws none, nothing is left behind.
        const image = await wechat.drawCode(id)
        const { secret } = await scans.create(id, { ...originOf(c), system: browserOf(c) })
        c.header('Cache-Control', 'no-store')
        return answer(c, { id, secret, expiresIn: scanLife, image }, 201)
      })

      // Without a token state, whatever it answers: a lost answer would be a lost session.
      .get('/auth/scans/:id', atMost(mostPolls), async (c) => {
        const id = c.req.param('id')
        const secret = c.req.header('Scan-Secret')
        const status = isScanId(id) && secret ? await scans.statusOf(id, secret) : undefined
        if (!status) throw new Problem('not-found')
        c.header('Cache-Control', 'no-store')
        const isOver = status !== 'waiting' && status !== 'scanned'
        const known = knownStatus.parse(c.req.query('known'))
        if (isOver || status !== known) return answer(c, { status })
        return answer(c, { status: await polls.wait(id, status, c.req.raw.signal) })
      })
  )
}

/** The side of the phone, which has a session. */
export function scannedRoutes({ scans, polls, limits }: Omit<ScanRoutesOptions, 'wechat'>) {
  /** One answer for all that cannot be used: the person needs a new code in any case. */
  const over = () => new Problem('scan-over')
  const idOf = (id: string) => {
    if (!isScanId(id)) throw over()
    return id
  }

  return (
    new Hono<AppEnv>()
      .post('/auth/scans/:id/scanned', requires('session'), async (c) => {
        const id = idOf(c.req.param('id'))
        const session = c.get('session')
        await limits.countOwn('scanned', session, c.get('address'))
        const browser = await scans.scan(id, session)
        if (!browser) throw over()
        polls.changed(id)
        return answer(c, { browser })
      })

      // The login that it leads to is a fresh one, and so must be its own.
      .post(
        '/auth/scans/:id/confirm',
        requires('current-session', 'second-proof', 'fresh-login'),
        async (c) => {
          const id = idOf(c.req.param('id'))
          if (!(await scans.confirm(id, c.get('session'), c.get('address')))) throw over()
          polls.changed(id)
          return answer(c)
        },
      )

      .post('/auth/scans/:id/decline', requires('session'), async (c) => {
        const id = idOf(c.req.param('id'))
        if (!(await scans.decline(id, c.get('session')))) throw over()
        polls.changed(id)
        return answer(c)
      })
  )
}
