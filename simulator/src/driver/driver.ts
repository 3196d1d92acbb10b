import { createScriptedSide, type ScriptedAnswer } from '../host/answers'
import type { MiniProgramOptions } from '../host/miniProgramOptions'
import { screens } from '../screens'
import { startServer } from '../server'
import { drivePage, type DrivenPage } from './drivenPage'
import type { BrowserPlace } from './openBrowser'
import { openPages, type OpenedPage, type OpenPage } from './openPage'

/** What a simulator for tests is started with. */
export interface SimulatorOptions extends BrowserPlace {
  /** A directory compiled for mp-weixin. */
  dist: string
  /** Address of the stand-in for WeChat's servers; without it `allow` yields no codes. */
  wechat?: string
  /** Opens the pages of launches; where absent, each is in a context of its own of the browser. */
  openPage?: OpenPage
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
  /** Opens the mini-program, at its first page or at `url`, on a phone of its own. */
  launch(url?: string, options?: LaunchOptions): Promise<DrivenPage>
  close(): Promise<void>
}

/** Starts server and browser; both serve any number of launches. Throws `PackError`. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const server = await startServer({ dist: options.dist })
  const { openPage, close } = options.openPage
    ? { openPage: options.openPage, close: async () => {} }
    : await openPages(options)
  const running = new Set<OpenedPage>()
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
      const opened = await openPage({
        viewport: { width, height },
        deviceScaleFactor: 2,
        // Nobody watches: what slides for a person is in place at once.
        reducedMotion: 'reduce',
      })
      running.add(opened)
      return drivePage({
        page: opened.page,
        miniProgram,
        side,
        expected: unanswered,
        address: `${server.url}/phone/${miniProgram.id}`,
        async close() {
          running.delete(opened)
          await opened.close()
          server.closeMiniProgram(miniProgram)
        },
      })
    },
    async close() {
      await Promise.all([...running].map((opened) => opened.close()))
      await close()
      await server.close()
    },
  }
}
