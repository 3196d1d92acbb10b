import { afterAll, beforeAll } from 'vitest'
import type { DrivenPage, LaunchOptions, Simulator } from '../../src'
import { callWx, wechatApp } from './fixture'
import { startSimulator } from './simulator'

/**
 * Runs the tests of a file on the app that enforces the privacy terms, each on a phone of its own:
 * what was agreed to cannot be taken back.
 */
export function usePrivateApp() {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ dist: wechatApp })
  })
  afterAll(() => simulator?.close())
  return async (options: LaunchOptions, test: (page: DrivenPage) => Promise<void>) => {
    const page = await simulator.launch('', options)
    await test(page)
    await page.close()
  }
}

/** What the app was told so far. */
export const lines = async (page: DrivenPage): Promise<string[]> =>
  (await page.text('.log')).trim().split('\n')

/** Whether the terms have still to be agreed to. */
export const needsAuthorization = async (page: DrivenPage): Promise<unknown> =>
  (await callWx(page, 'getPrivacySetting')).result.needAuthorization
