import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { findBrowser } from '../browser'

/** A page for one launch. */
export interface OpenedPage {
  page: Page
  /** Ends what runs in it. */
  close(): Promise<void>
}

/** Opens a page that holds nothing of an earlier launch. */
export type OpenPage = (options: BrowserContextOptions) => Promise<OpenedPage>

/** Options that keep Chromium off the network and let it run as root in a container. */
const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Starts a headless browser; `executablePath` is its program, found by `findBrowser` where absent. */
export async function launchBrowser(executablePath?: string): Promise<Browser> {
  // Here, as loading it takes long and the workbench needs none of it.
  const { chromium } = await import('playwright-core')
  return chromium.launch({
    executablePath: executablePath ?? (await findBrowser()),
    args: browserArguments,
  })
}

/** Starts a browser that opens each page in a context of its own. */
export async function startBrowser(
  executablePath?: string,
): Promise<{ openPage: OpenPage; close(): Promise<void> }> {
  const browser = await launchBrowser(executablePath)
  return {
    async openPage(options) {
      const context = await browser.newContext(options)
      return { page: await context.newPage(), close: () => context.close() }
    },
    close: () => browser.close(),
  }
}
