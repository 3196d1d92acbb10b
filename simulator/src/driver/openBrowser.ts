import type { Browser } from 'playwright-core'
import { findBrowser } from '../browser'

/** A headless browser for the simulators of several processes. */
export interface SharedBrowser {
  /** What `SimulatorOptions.browser` takes. */
  readonly address: string
  close(): Promise<void>
}

/**
 * Options that keep Chromium off the network and let it run as root in a container. Maglev compiles
 * what ran a few hundred times: for a page that lives for a second that costs more than it gains.
 */
const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--js-flags=--no-maglev',
]

/** Starts a browser that simulators connect to; it is the caller's to close. */
export async function startBrowser(): Promise<SharedBrowser> {
  const { chromium } = await import('playwright-core')
  const server = await chromium.launchServer({
    executablePath: await findBrowser(),
    args: browserArguments,
  })
  return { address: server.wsEndpoint(), close: () => server.close() }
}

/** Where the browser is that a simulator opens its mini-programs in. */
export interface BrowserPlace {
  /** The address of one that `startBrowser` has started; a browser of its own where absent. */
  browser?: string
  /** The program of a browser of its own; found by `findBrowser` where absent. */
  executablePath?: string
}

/** Closing it ends what was opened in it, and the browser itself unless it is shared. */
export async function openBrowser({ browser, executablePath }: BrowserPlace): Promise<Browser> {
  // Here, as loading it takes long and the workbench needs none of it.
  const { chromium } = await import('playwright-core')
  if (browser !== undefined) return chromium.connect(browser)
  return chromium.launch({
    executablePath: executablePath ?? (await findBrowser()),
    args: browserArguments,
  })
}
