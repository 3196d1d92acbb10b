import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrivenPage, LaunchOptions, Simulator } from '../src'
import { writeApp } from './support/appFiles'
import { startSimulator } from './support/simulator'

const files = {
  'pages/a/a.js': `Page({
    data: { seen: '' },
    done({ type, detail }) { this.setData({ seen: type + ' ' + (detail.value ?? detail.height) }) },
  })`,
  'pages/a/a.wxml':
    '<input class="field" type="number" bindconfirm="done" bindkeyboardheightchange="done" /><text class="seen">{{seen}}</text>',
}
const app = writeApp(['pages/a/a'], files, { darkmode: true })
const skyline = writeApp(['pages/a/a'], files, { renderer: 'skyline' })

let simulator: Simulator

beforeAll(async () => void (simulator = await startSimulator({ dist: app.dist })))
afterAll(async () => {
  await simulator.close()
  app.remove()
  skyline.remove()
})

const on = async (options: LaunchOptions, test: (page: DrivenPage) => Promise<void>) => {
  const page = await simulator.launch('', options)
  await test(page)
  await page.close()
}
const systemOf = (page: DrivenPage) =>
  page.page.evaluate(() =>
    (
      window as unknown as { wx: { getSystemInfoSync(): Record<string, unknown> } }
    ).wx.getSystemInfoSync(),
  )

describe('HarmonyOS', () => {
  it('is a platform of its own, without a theme, with a keyboard on phones', () =>
    on({ platform: 'ohos', theme: 'dark' }, async (page) => {
      const system = await systemOf(page)
      expect(system).toMatchObject({ platform: 'ohos', SDKVersion: '3.8.0', windowWidth: 360 })
      expect(system.theme).toBeUndefined()
      await page.tap('.field')
      expect(await page.keyboard()).toMatchObject({ visible: true, height: 260 })
    }))
})

describe.each(['windows', 'mac', 'ohos_pc'] as const)('a computer (%s)', (platform) => {
  it('has a real keyboard, whose Enter confirms, and no status bar', () =>
    on({ platform }, async (page) => {
      const { SDKVersion, statusBarHeight, ...system } = await systemOf(page)
      expect(system.platform).toBe(platform)
      expect(SDKVersion).toBe(platform === 'ohos_pc' ? '3.8.0' : '3.3.5')
      expect(statusBarHeight).toBe(0)
      await page.tap('.field')
      expect(await page.keyboard()).toMatchObject({ visible: false, height: 0 })
      expect(await page.text('.seen')).toBe('')
      await page.page.keyboard.type('12')
      await page.press('Enter')
      expect(await page.text('.seen')).toBe('confirm 12')
    }))
})

it('an app that asks for Skyline is told what differs', async () => {
  const other = await startSimulator({ dist: skyline.dist })
  const page = await other.launch('', { unanswered: ['Skyline'] })
  await page.close()
  expect(page.unanswered).toEqual(['Skyline'])
  expect(
    page.records.flatMap((record) => (record.kind === 'problem' ? record.message : [])),
  ).toEqual([
    expect.stringMatching(/^pages that ask for Skyline are drawn as WebView draws them: /),
  ])
  await other.close()
})
