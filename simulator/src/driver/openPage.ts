import type { BrowserContextOptions, Page } from 'playwright-core'
import { hang } from './drivenPage'
import { openBrowser, type BrowserPlace } from './openBrowser'

/** A page for one launch. */
export interface OpenedPage {
  page: Page
  /** Ends what runs in it. */
  close(): Promise<void>
}

/** Opens a page that holds nothing of an earlier launch. */
export type OpenPage = (options: BrowserContextOptions) => Promise<OpenedPage>

/** Opens each page in a context of its own of the browser at `place`. */
export async function openPages(
  place: BrowserPlace,
): Promise<{ openPage: OpenPage; close(): Promise<void> }> {
  const browser = await openBrowser(place)
  return {
    async openPage(options) {
      const context = await browser.newContext(options)
      context.setDefaultTimeout(hang)
      return { page: await context.newPage(), close: () => context.close() }
    },
    close: () => browser.close(),
  }
}
