import type { Browser, BrowserContextOptions, Page, ViewportSize } from 'playwright-core'
import { hang } from '../../src/driver/drivenPage'
import { openBrowser } from '../../src/driver/openBrowser'
import type { OpenedPage, OpenPage } from '../../src/driver/openPage'

interface PagePool {
  openPage: OpenPage
  /** A page that was changed itself (emulated media, clock, scripts that run at the start). */
  withdraw(page: Page): void
}

/**
 * Pages of one browser, each the only one of its context, with nothing stored. Another test has a
 * page next, unless the page is withdrawn.
 */
function createPagePool(): PagePool {
  let browser: Promise<Browser> | undefined
  /** Pages that nobody uses, by the options of their contexts. */
  const idle = new Map<string, Page[]>()
  const withdrawn = new WeakSet<Page>()

  async function newPage(options: BrowserContextOptions): Promise<Page> {
    browser ??= openBrowser({})
    // Nobody looks: a quarter of the pixels is drawn.
    const context = await (await browser).newContext({ ...options, deviceScaleFactor: 1 })
    context.setDefaultTimeout(hang)
    return context.newPage()
  }

  return {
    withdraw: (page) => void withdrawn.add(page),
    async openPage(options) {
      const key = JSON.stringify(options)
      const free = idle.get(key) ?? []
      idle.set(key, free)
      const page = free.pop() ?? (await newPage(options))
      const size = page.viewportSize()
      return {
        page,
        async close() {
          if (!withdrawn.has(page) && (await renew(page, size))) free.push(page)
          else await page.context().close()
        },
      }
    },
  }
}

const pool = createPagePool()

/** All test files of a process (see vitest.config.ts) share this browser, which ends with it. */
export const openPage = (options: BrowserContextOptions = {}): Promise<OpenedPage> =>
  pool.openPage(options)

/** No other test has this page afterwards: for those that change the page itself. */
export const withdraw = (page: Page): void => pool.withdraw(page)

/** Leaves nothing of what ran in the page; false where that is not possible. */
async function renew(page: Page, size: ViewportSize | null): Promise<boolean> {
  const context = page.context()
  for (const event of ['console', 'pageerror'] as const) page.removeAllListeners(event)
  for (const event of ['console', 'weberror'] as const) context.removeAllListeners(event)
  try {
    for (const other of context.pages()) if (other !== page) await other.close()
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    const now = page.viewportSize()
    if (size && now && (now.width !== size.width || now.height !== size.height))
      await page.setViewportSize(size)
    if (!page.url().startsWith('http:')) {
      await page.goto('about:blank')
      return true
    }
    // What phones have stored is of another origin, and of persons who do not come again.
    // Of the same origin, and without a script that could store something again.
    await page.goto(new URL('/assets/none', page.url()).href)
    await page.evaluate(() => {
      localStorage.clear()
      sessionStorage.clear()
    })
    return true
  } catch {
    // The test closed the page, or the server.
    return false
  }
}
