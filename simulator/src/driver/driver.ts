import { createScriptedSide, type ScriptedAnswer } from '../host/answers'
import type { MiniProgramOptions } from '../host/miniProgramOptions'
import { screens } from '../screens'
import { startServer } from '../server'
import { drivePage, hang, type DrivenPage } from './drivenPage'
import { openBrowser, type BrowserPlace } from './openBrowser'

/** What a simulator for tests is started with. */
export interface SimulatorOptions extends BrowserPlace {
  /** A directory compiled for mp-weixin. */
  dist: string
  /** Address of the stand-in for WeChat's servers; without it `allow` yields no codes. */
  wechat?: string
}

/** How one mini-program of a test is launched. */
export interface LaunchOptions extends Omit<
  MiniProgramOptions,
  'side' | 'personAnswers' | 'isWatched' | 'onProblem' | 'url' | 'wechat'
> {
  /** What WeChat's side answers, by API or open type. What is missing fails. */
  answers?: Record<string, ScriptedAnswer>
  /**
   * What the app will use although nothing is modelled or prepared for it: names of `unanswered`.
   * Anything else that is not answered fails the `close`.
   */
  unanswered?: readonly string[]
}

/** A server and a headless browser that run a compiled mini-program for tests. */
export interface Simulator {
  /** Opens the mini-program, at its first page or at `url`, in a browser context of its own. */
  launch(url?: string, options?: LaunchOptions): Promise<DrivenPage>
  close(): Promise<void>
}

/** Starts server and browser; both serve any number of launches. Throws `PackError`. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const server = await startServer({ dist: options.dist })
  const browser = await openBrowser(options)
  return {
    async launch(url = '', { answers = {}, unanswered = [], ...launch } = {}) {
      const side = createScriptedSide(answers)
      const miniProgram = server.openMiniProgram({
        ...launch,
        url,
        side,
        ...(options.wechat !== undefined && { wechat: options.wechat }),
      })
      const { width, height } = screens[launch.platform ?? 'ios']
      const context = await browser.newContext({
        viewport: { width, height },
        deviceScaleFactor: 2,
        // Nobody watches: what slides for a person is in place at once.
        reducedMotion: 'reduce',
      })
      context.setDefaultTimeout(hang)
      const page = await context.newPage()
      return drivePage({
        page,
        miniProgram,
        side,
        expected: unanswered,
        address: `${server.url}/phone/${miniProgram.id}`,
        async close() {
          await context.close()
          server.closeMiniProgram(miniProgram)
        },
      })
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}
