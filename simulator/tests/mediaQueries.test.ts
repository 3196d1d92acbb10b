import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DrivenPage, Simulator } from '../src'
import { writeApp } from './support/appFiles'
import { withdraw } from './support/sharedBrowser'
import { startSimulator } from './support/simulator'

const app = writeApp(['pages/a/a'], {
  'pages/a/a.js': `Page({
    data: { most: 600, told: [] },
    onLoad() {
      this.observer = this.createMediaQueryObserver()
      this.observer.observe({ minWidth: 600 }, ({ matches }) => this.setData({ told: [...this.data.told, matches] }))
    },
    stop() { this.observer.disconnect() },
    narrow() { this.setData({ most: 200 }) },
  })`,
  'pages/a/a.wxml': `
    <match-media class="phone" min-width="300" max-width="{{most}}"><view>窄</view></match-media>
    <match-media class="wide" style="display:flex" min-width="601">宽</match-media>
    <match-media class="landscape" orientation="landscape">横</match-media>
    <match-media class="all">全</match-media>
    <match-media class="low" max-height="724">低</match-media>
    <view class="told">{{told}}</view>
    <button class="stop" bindtap="stop">止</button><button class="narrow" bindtap="narrow">收</button>`,
})

let simulator: Simulator
beforeAll(async () => void (simulator = await startSimulator({ dist: app.dist })))
afterAll(async () => {
  await simulator.close()
  app.remove()
})

const shown = async ({ page }: DrivenPage) =>
  page.evaluate(() =>
    [...document.querySelectorAll('wx-match-media')]
      .filter((one) => (one as HTMLElement).offsetHeight > 0)
      .map(({ className }) => className),
  )

it('match-media shows what is meant for the size of the page', async () => {
  const driven = await simulator.launch('', { platform: 'ios' })
  withdraw(driven.page)
  // The page is 724 high: 812 without the bars.
  expect(await shown(driven)).toEqual(['phone', 'all', 'low'])
  await driven.page.setViewportSize({ width: 900, height: 813 })
  await expect.poll(() => shown(driven)).toEqual(['wide', 'landscape', 'all'])
  await driven.page.setViewportSize({ width: 375, height: 812 })
  await expect.poll(() => shown(driven)).toEqual(['phone', 'all', 'low'])
  await driven.tap('.narrow')
  expect(await shown(driven)).toEqual(['all', 'low'])
  await driven.close()
})

it('a MediaQueryObserver says at once whether the page matches, and then each change', async () => {
  const driven = await simulator.launch('')
  withdraw(driven.page)
  await expect.poll(() => driven.text('.told')).toBe('false')
  await driven.page.setViewportSize({ width: 700, height: 812 })
  await expect.poll(() => driven.text('.told')).toBe('false,true')
  await driven.page.setViewportSize({ width: 800, height: 812 })
  await driven.page.setViewportSize({ width: 400, height: 812 })
  await expect.poll(() => driven.text('.told')).toBe('false,true,false')
  await driven.tap('.stop')
  await driven.page.setViewportSize({ width: 700, height: 812 })
  // What comes after it was drawn is seen: the other reacts to the same change.
  await expect.poll(() => shown(driven)).toContain('wide')
  expect(await driven.text('.told')).toBe('false,true,false')
  await driven.close()
})

it('an old base library knows neither', async () => {
  const driven = await simulator.launch('', { sdkVersion: '2.11.0' })
  const known = await driven.page.evaluate(() => {
    const { wx } = window as unknown as { wx: { canIUse(name: string): boolean } }
    return [wx.canIUse('match-media'), wx.canIUse('createMediaQueryObserver')]
  })
  expect(known).toEqual([false, false])
  await driven.close()
})
