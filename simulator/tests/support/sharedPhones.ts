import type { DrivenPage, LaunchOptions, Simulator } from '../../src'
import { callWx } from './fixture'

/** What the phones of `sharePhones` may differ in; a test stores its values by itself. */
export type PhoneOptions = Omit<LaunchOptions, 'storage'>

/** Phones that tests take turns on. */
export interface SharedPhones {
  /**
   * Runs a test on a fresh page of the app, with nothing stored and no answers but these, and fails
   * it on whatever did not run cleanly. The app itself has run since the first test with the same
   * options: permissions, the agreement to privacy terms and records are those of all of them.
   */
  on(url: string, options: PhoneOptions, test: (page: DrivenPage) => Promise<void>): Promise<void>
  /** Closes the phones, each of which must have run cleanly, and the simulator. */
  close(): Promise<void>
}

interface SharedPhone {
  page: DrivenPage
  /** Names of what was answered so far. */
  answered: Set<string>
}

/** Shares phones between tests, one for each set of options: a launch takes longer than most tests. */
export function sharePhones(simulator: Simulator): SharedPhones {
  const idle = new Map<string, SharedPhone>()
  return {
    async on(url, { answers = {}, ...options }, test) {
      const key = keyOf(options)
      const phone = idle.get(key) ?? (await launch(simulator, url, options))
      // Only a test that passes hands its phone on.
      idle.delete(key)
      for (const name of phone.answered) phone.page.answer(name, [])
      for (const [name, answer] of Object.entries(answers)) {
        phone.page.answer(name, answer)
        phone.answered.add(name)
      }
      await openFresh(phone.page, url)
      await test(phone.page)
      await phone.page.page.evaluate(() => window.simulator.reported())
      phone.page.assertClean()
      idle.set(key, phone)
    },
    async close() {
      try {
        for (const { page } of idle.values()) await page.close()
      } finally {
        await simulator.close()
      }
    },
  }
}

/** Opens a page as `wx.reLaunch` does, which closes all others, with nothing stored. */
export async function openFresh(page: DrivenPage, url: string): Promise<void> {
  await page.page.evaluate(() => window.simulator.clearStorage())
  const { ok, result } = await callWx(page, 'reLaunch', { url: `/${url}` })
  if (!ok) throw new Error(String(result.errMsg))
  await page.settle()
}

async function launch(
  simulator: Simulator,
  url: string,
  options: PhoneOptions,
): Promise<SharedPhone> {
  return { page: await simulator.launch(url, options), answered: new Set() }
}

/** Functions differ by their text. */
const keyOf = (options: PhoneOptions) =>
  JSON.stringify(options, (_, value: unknown) =>
    typeof value === 'function' ? String(value) : value,
  )
