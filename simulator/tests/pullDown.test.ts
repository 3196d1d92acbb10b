import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DrivenPage, Simulator } from '../src'
import { writeApp } from './support/appFiles'
import { callWx } from './support/fixture'
import { startSimulator } from './support/simulator'

const page = {
  js: `Page({
    data: { times: 0 },
    onPullDownRefresh() { this.setData({ times: this.data.times + 1 }) },
    end() { wx.stopPullDownRefresh() },
  })`,
  wxml: '<view class="times">{{times}}</view><button class="end" bindtap="end">好</button><view style="height:2000px"/>',
}
const app = writeApp(
  ['pages/by/window', 'pages/not/not'],
  {
    'pages/by/window.js': page.js,
    'pages/by/window.wxml': page.wxml,
    'pages/not/not.js': page.js,
    'pages/not/not.wxml': page.wxml,
    'pages/not/not.json': '{"enablePullDownRefresh":false}',
  },
  {
    window: {
      enablePullDownRefresh: true,
      backgroundColor: '#010203',
      backgroundTextStyle: 'light',
    },
  },
)

let simulator: Simulator
beforeAll(async () => void (simulator = await startSimulator({ dist: app.dist })))
afterAll(async () => {
  await simulator.close()
  app.remove()
})

const dots = (driven: DrivenPage) => driven.page.locator('.simulator-refresher i')
const refreshed = (driven: DrivenPage) => driven.waitFor(({ isRefreshing }) => isRefreshing)

/** Presses the mouse on the page and moves it down so many pixels. */
async function drag(driven: DrivenPage, pixels: number) {
  await driven.page.mouse.move(100, 300)
  await driven.page.mouse.down()
  await driven.page.mouse.move(100, 300 + pixels, { steps: 4 })
}

it('a page is pulled down, draws three dots until it is stopped, and is called once', async () => {
  const driven = await simulator.launch()
  expect(await dots(driven).count()).toBe(0)
  await driven.pullDown()
  await driven.pullDown()
  expect(await driven.text('.times')).toBe('1')
  expect(await dots(driven).count()).toBe(3)
  const strip = driven.page.locator('.simulator-refresher')
  expect(await strip.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(
    'rgb(1, 2, 3)',
  )
  expect(await strip.getAttribute('data-text-style')).toBe('light')
  await driven.tap('.end')
  expect(await dots(driven).count()).toBe(0)
  expect((await driven.state()).isRefreshing).toBe(false)
  await driven.pullDown()
  expect(await driven.text('.times')).toBe('2')
  await driven.close()
})

it('mouse and wheel pull it from its top only, and far enough', async () => {
  const driven = await simulator.launch()
  await drag(driven, 30)
  expect(await dots(driven).count()).toBe(3)
  await driven.page.mouse.up()
  expect(await dots(driven).count()).toBe(0)
  await drag(driven, 80)
  await driven.page.mouse.up()
  await refreshed(driven)
  await callWx(driven, 'stopPullDownRefresh')
  await callWx(driven, 'pageScrollTo', { scrollTop: 500 })
  await drag(driven, 80)
  await driven.page.mouse.up()
  expect((await driven.state()).isRefreshing).toBe(false)
  await callWx(driven, 'pageScrollTo', { scrollTop: 0 })
  await driven.page.mouse.wheel(0, -120)
  await refreshed(driven)
  expect(await driven.text('.times')).toBe('2')
  await driven.close()
})

it('wx.startPullDownRefresh does the same; a page that has not enabled it cannot be pulled', async () => {
  const driven = await simulator.launch()
  expect((await callWx(driven, 'startPullDownRefresh')).ok).toBe(true)
  expect(await driven.text('.times')).toBe('1')
  await callWx(driven, 'navigateTo', { url: '/pages/not/not' })
  expect((await driven.state()).isRefreshing).toBe(false)
  await expect(driven.pullDown()).rejects.toThrow('enablePullDownRefresh')
  await drag(driven, 80)
  await driven.page.mouse.up()
  expect((await callWx(driven, 'startPullDownRefresh')).ok).toBe(false)
  expect(await driven.text('.times')).toBe('0')
  await callWx(driven, 'navigateBack')
  expect((await driven.state()).isRefreshing).toBe(true)
  await driven.close()
})

it('a page that the app has refreshed while a finger pulls stays open, and is called once', async () => {
  const driven = await simulator.launch()
  const gap = () =>
    driven.page.evaluate(() => document.querySelector('.times')!.getBoundingClientRect().top)
  const closed = await gap()
  await drag(driven, 20)
  await callWx(driven, 'startPullDownRefresh')
  await driven.page.mouse.move(100, 330)
  expect((await gap()) - closed).toBe(50)
  await driven.page.mouse.up()
  expect((await gap()) - closed).toBe(50)
  await drag(driven, 80)
  await driven.page.mouse.up()
  await callWx(driven, 'stopPullDownRefresh')
  await drag(driven, 80)
  await callWx(driven, 'startPullDownRefresh')
  await callWx(driven, 'stopPullDownRefresh')
  await driven.page.mouse.up()
  expect((await driven.state()).isRefreshing).toBe(false)
  expect(await gap()).toBe(closed)
  expect(await driven.text('.times')).toBe('2')
  await driven.close()
})
