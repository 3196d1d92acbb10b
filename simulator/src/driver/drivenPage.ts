import type { Locator, Page } from 'playwright-core'
import type { ScriptedAnswer, ScriptedSide } from '../host/answers'
import type { MiniProgram } from '../host/miniProgram'
import { maskText } from '../masking'
import type { RequestRecord, MiniProgramRecord } from '../record'
import type { ScannedCode } from '../scannedCode'
import type { SimulatorState } from '../runtime/simulatorControl'
import type { Control } from '../workbenchWire'
import type { KeyboardState } from '../runtime/keyboard'
import type { UpdateCount } from '../runtime/updates'

/** A running mini-program, driven as a person would. Selectors are those of the app's WXML. */
export interface DrivenPage {
  /**
   * Taps the `nth` match (0 is the first) and waits for what follows, see `settle`. What the keyboard
   * covers is scrolled to, or the keyboard is dismissed first.
   */
  tap(selector: string, nth?: number): Promise<void>
  /** Replaces the text of an input or textarea. */
  type(selector: string, text: string): Promise<void>
  /** Presses a key, `Enter` for the keyboard's confirm key. */
  press(key: string): Promise<void>
  /** Presses a key of the phone's own keyboard, or its bar's button, by its label: `a`, `下一项` … */
  key(label: string): Promise<void>
  /** The phone's own keyboard; heights are in CSS pixels. */
  keyboard(): Promise<KeyboardState>
  /** Presses a button of WeChat's own dialogue, by its label: `允许`, `不允许`, `确定` …, or ticks `我已阅读并同意`. */
  choose(label: string): Promise<void>
  /** The text as seen. */
  text(selector: string, nth?: number): Promise<string>
  /** How many match on the page on top. */
  count(selector: string): Promise<number>
  /** Waits until a match is seen, or until a predicate of the state holds; `limit` is in ms. */
  waitFor(target: string | ((state: SimulatorState) => boolean), limit?: number): Promise<void>
  /** Waits until no call is under way and the view has been drawn; throws after `limit` ms. */
  settle(limit?: number): Promise<void>
  state(): Promise<SimulatorState>
  /**
   * What all pages and components have sent to the view by `setData` since the app was launched or
   * restarted, or since `resetUpdates`. With uni-app that is what its runtime sends.
   */
  updates(): Promise<UpdateCount>
  resetUpdates(): Promise<void>
  /** Everything the app asked for over HTTP, restarts included; secrets are masked. */
  readonly requests: readonly RequestRecord[]
  /** Console errors, uncaught errors and errors of the framework, with lines of the app's sources. */
  readonly errors: readonly string[]
  /** Functions, open types and `<tag>`s for which nothing is modelled or prepared. */
  readonly unanswered: readonly string[]
  /** Everything that happened, restarts included; secrets are masked. */
  readonly records: readonly MiniProgramRecord[]
  /** Changes the network, ends the token and so on; rejects with an Error that says why not. */
  control(control: Control): Promise<void>
  /** Prepares an answer on WeChat's side from now on. */
  answer(api: string, answer: ScriptedAnswer): void
  /**
   * Android's back key, or the swipe from the left edge: leaves what lies on top (a dialogue that may
   * be dismissed, Android's keyboard, a page-container, the page), and from the first page the app,
   * which is then in the background.
   */
  back(): Promise<void>
  /** Pulls the page down to have it refreshed; throws where it has not enabled that. */
  pullDown(): Promise<void>
  background(): Promise<void>
  foreground(): Promise<void>
  /** Scans a mini-program code while the app runs, and waits for what follows: a warm start. */
  scan(code: ScannedCode): Promise<void>
  /** Kills the app and opens it again: same storage, new JavaScript. */
  restart(at?: string | ScannedCode): Promise<void>
  screenshot(path: string): Promise<void>
  /**
   * Throws if there were errors, if something was not answered that the launch does not expect, if
   * a list of answers was not used up, or if a scripted function threw.
   */
  assertClean(): void
  /** Ends the mini-program, then `assertClean`. */
  close(): Promise<void>
  /** A match on the page on top, for what the driver has no word for. */
  locate(selector: string): Locator
  /** Playwright's page. */
  readonly page: Page
}

interface Driven {
  page: Page
  miniProgram: MiniProgram
  side: ScriptedSide
  /** Names that may be unanswered. */
  expected: readonly string[]
  address: string
  close(): Promise<void>
}

/** The app's tags are `wx-view` and so on in the document. */
const builtInTag =
  /(^|[\s>+~,(])(view|text|button|input|textarea|image|form|label|switch|checkbox(?:-group)?|radio(?:-group)?|picker|scroll-view|page-container|navigator|swiper(?:-item)?|rich-text|slider|progress|icon)(?![\w-])/g

const inDocument = (selector: string) => selector.replace(builtInTag, '$1wx-$2')

/** How long anything may take: as long as a hang, so that a busy machine changes no outcome. In ms. */
export const hang = 60_000

/** Opens the mini-program in `page` and returns the handle to drive it. */
export async function drivePage({
  page,
  miniProgram,
  side,
  expected,
  address,
  close,
}: Driven): Promise<DrivenPage> {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(maskText(miniProgram.mapStack(message.text())))
  })
  page.on('pageerror', (error) =>
    errors.push(maskText(miniProgram.mapStack(error.stack ?? error.message))),
  )

  page.setDefaultTimeout(hang)

  const locate = (selector: string) =>
    page.locator('.simulator-webview:not([hidden])').locator(inDocument(selector))
  const calm = (limit = hang) => page.evaluate((ms) => window.simulator.calm(ms), limit)
  const open = async () => {
    // The app has been started by the page's last script, and its first page is drawn when it is calm.
    await page.goto(address, { waitUntil: 'domcontentloaded' })
    await calm()
  }
  const assertClean = () => {
    const unanswered = new Set(miniProgram.unanswered.filter((name) => !expected.includes(name)))
    const faults = [
      ...errors,
      ...Array.from(unanswered, (name) => `nothing is modelled or prepared for ${name}`),
      ...side.faults(),
    ]
    if (faults.length > 0)
      throw new Error(`The mini-program did not run cleanly:\n${faults.join('\n')}`)
  }
  await open()

  return {
    page,
    errors,
    locate,
    assertClean,
    requests: miniProgram.requests,
    records: miniProgram.records,
    control: (wanted) => miniProgram.control(wanted),
    unanswered: miniProgram.unanswered,
    answer: (api, answer) => side.set(api, answer),
    async tap(selector, nth = 0) {
      const target = locate(selector).nth(nth)
      const point = await target.evaluate((element) => window.simulator.tapPoint(element))
      // Playwright waits for what moves or is covered, and says what is in the way.
      if (point) await page.mouse.click(point.x, point.y)
      else await target.click()
      await calm()
    },
    async type(selector, text) {
      const field = locate(selector).first()
      await field.locator('input, textarea').first().fill(text)
      await calm()
    },
    async press(key) {
      await page.keyboard.press(key)
      await calm()
    },
    async key(label) {
      // The last of them: a bar's 完成 is above the key's.
      const key = page.locator(`#simulator-keyboard [aria-label=${JSON.stringify(label)}]`).last()
      const point = await key.evaluate(middleInReach)
      if (point) await page.mouse.click(point.x, point.y)
      else await key.click()
      await calm()
    },
    keyboard: () => page.evaluate(() => window.simulator.keyboard()),
    async choose(label) {
      const button = page.locator('.simulator-dialogue__button, .simulator-dialogue__consent', {
        hasText: new RegExp(`^${label}$`),
      })
      await button.last().click()
      await calm()
    },
    text: (selector, nth = 0) => locate(selector).nth(nth).innerText(),
    count: (selector) => locate(selector).count(),
    async waitFor(target, limit = hang) {
      if (typeof target === 'string') return locate(target).first().waitFor({ timeout: limit })
      const end = Date.now() + limit
      while (!target(await page.evaluate(() => window.simulator.state()))) {
        if (Date.now() > end) throw new Error(`the state did not come about within ${limit} ms`)
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
      }
    },
    async settle(limit = hang) {
      if (!(await calm(limit))) throw new Error(`calls were still under way after ${limit} ms`)
    },
    state: () => page.evaluate(() => window.simulator.state()),
    async back() {
      await page.evaluate(() => window.simulator.back())
      await calm()
    },
    async pullDown() {
      if (!(await page.evaluate(() => window.simulator.pullDown())))
        throw new Error('the page has not enabled pulling it down (enablePullDownRefresh)')
      await calm()
    },
    updates: () => page.evaluate(() => window.simulator.updates()),
    resetUpdates: () => page.evaluate(() => window.simulator.resetUpdates()),
    background: () => page.evaluate(() => window.simulator.hide()),
    foreground: () => page.evaluate(() => window.simulator.show()),
    async scan(code) {
      await page.evaluate((scanned) => window.simulator.scan(scanned), code)
      await calm()
    },
    async restart(at) {
      if (at !== undefined) miniProgram.startAt(at)
      await open()
    },
    screenshot: async (path) => void (await page.screenshot({ path })),
    async close() {
      try {
        await page.evaluate(() => window.simulator.reported())
      } finally {
        await close()
      }
      assertClean()
    },
  }
}

/** The middle of an element where a finger would meet it; undefined where it would not. */
function middleInReach(element: Element): { x: number; y: number } | undefined {
  const { left, top, width, height } = element.getBoundingClientRect()
  const point = { x: left + width / 2, y: top + height / 2 }
  const met = document.elementFromPoint(point.x, point.y)
  return met && element.contains(met) ? point : undefined
}
