import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { writeApp } from './support/appFiles'
import { usePhones } from './support/usePhones'

const handlers = ['pulling', 'refresh', 'restore', 'abort']
  .map((name) => `bindrefresher${name}="note"`)
  .join(' ')
const rows = '<view wx:for="{{20}}" wx:key="*this" class="row" style="height:60px">{{item}}</view>'
const scrollView = (attributes: string, inside = '') =>
  `<scroll-view scroll-y class="scroller" style="height:400px" refresher-enabled
    refresher-triggered="{{triggered}}" ${handlers} ${attributes}>${inside}${rows}</scroll-view>`

const js = `Page({
  data: { triggered: false, log: [], pulls: 0 },
  note({ type, detail }) {
    const log = [...this.data.log, type.replace('refresher', '') + ' ' + detail.dy]
    this.setData({ log })
    if (type === 'refresherrefresh') this.setData({ triggered: true })
  },
  end() { this.setData({ triggered: false }) },
  begin() { this.setData({ triggered: true }) },
  onPullDownRefresh() { this.setData({ pulls: this.data.pulls + 1 }) },
})`
const controls =
  '<view class="log">{{log}}</view><view class="pulls">{{pulls}}</view><button class="end" bindtap="end">完</button><button class="begin" bindtap="begin">始</button>'

const app = writeApp(['pages/plain/plain', 'pages/own/own', 'pages/open/open'], {
  'pages/plain/plain.js': js,
  'pages/plain/plain.json': '{"enablePullDownRefresh":true}',
  'pages/plain/plain.wxml': scrollView('refresher-background="#102030"') + controls,
  'pages/own/own.js': js,
  'pages/own/own.wxml':
    scrollView(
      'refresher-threshold="80" refresher-default-style="none"',
      '<view slot="refresher" class="own" style="height:30px">下拉</view>',
    ) + controls,
  'pages/open/open.js': js.replace('triggered: false', 'triggered: true'),
  'pages/open/open.wxml': scrollView('') + controls,
})

const phones = usePhones(app)

const on = (name: string, test: (driven: DrivenPage) => Promise<void>) =>
  phones.on(`pages/${name}/${name}`, {}, test)

/** Presses the mouse and moves it down so many pixels. */
async function drag({ page }: DrivenPage, pixels: number) {
  await page.mouse.move(100, 200)
  await page.mouse.down()
  await page.mouse.move(100, 200 + pixels, { steps: 4 })
}
const release = ({ page }: DrivenPage) => page.mouse.up()
/** Calls a method of the page as the app does, without touching it. */
const callPage = ({ page }: DrivenPage, name: 'begin' | 'end') =>
  page.evaluate((name) => {
    const { getCurrentPages } = window as unknown as {
      getCurrentPages(): Record<string, () => void>[]
    }
    getCurrentPages().at(-1)![name]!()
  }, name)
const log = async (driven: DrivenPage) =>
  ((await driven.text('.log')).trim() || undefined)?.split(',') ?? []
const names = async (driven: DrivenPage) => [
  ...new Set((await log(driven)).map((line) => line.split(' ')[0])),
]
const firstRow = (driven: DrivenPage) =>
  driven.page.evaluate(() => {
    const top = (selector: string) => document.querySelector(selector)!.getBoundingClientRect().top
    return top('.row') - top('.scroller')
  })

describe('a scroll-view that is pulled down', () => {
  it('says how far, refreshes once it is let go, and closes when the app has refreshed', () =>
    on('plain', async (driven) => {
      await drag(driven, 60)
      expect(await firstRow(driven)).toBe(60)
      expect(await log(driven)).toEqual(['pulling 15', 'pulling 30', 'pulling 45', 'pulling 60'])
      const dots = driven.page.locator('.scroller .simulator-refresher')
      expect(await dots.evaluate((one) => getComputedStyle(one).backgroundColor)).toBe(
        'rgb(16, 32, 48)',
      )
      await release(driven)
      await expect.poll(() => log(driven)).toContain('refresh 60')
      expect(await firstRow(driven)).toBe(45)
      // Open: it is pulled no further.
      await drag(driven, 60)
      await release(driven)
      expect(await firstRow(driven)).toBe(45)
      await driven.tap('.end')
      expect(await firstRow(driven)).toBe(0)
      expect(await names(driven)).toEqual(['pulling', 'refresh', 'restore'])
      // The page around it is another matter.
      expect(await driven.text('.pulls')).toBe('0')
    }))

  it('closes again if it is let go too early', () =>
    on('plain', async (driven) => {
      await drag(driven, 40)
      await release(driven)
      await expect.poll(() => log(driven)).toContain('abort 40')
      expect(await firstRow(driven)).toBe(0)
      expect(await names(driven)).toEqual(['pulling', 'abort'])
    }))

  it('is pulled at its top only; above it a wheel pulls as well', () =>
    on('plain', async (driven) => {
      const scroller = driven.page.locator('.scroller')
      await scroller.evaluate((one) => one.scrollTo({ top: 300, behavior: 'instant' }))
      await drag(driven, 60)
      await release(driven)
      expect(await log(driven)).toEqual([])
      await scroller.evaluate((one) => one.scrollTo({ top: 0, behavior: 'instant' }))
      await driven.page.mouse.wheel(0, -120)
      await expect.poll(() => names(driven)).toEqual(['refresh'])
      expect(await driven.text('.pulls')).toBe('0')
    }))

  it('opens and closes as the app says', () =>
    on('plain', async (driven) => {
      await driven.tap('.begin')
      expect(await firstRow(driven)).toBe(45)
      await driven.tap('.begin')
      await driven.tap('.end')
      expect(await log(driven)).toEqual(['refresh 45', 'restore 0'])
    }))

  it('is pulled no further once the app opens it, and is closed by the app alone', () =>
    on('plain', async (driven) => {
      const isAt = (pixels: number) => expect.poll(() => firstRow(driven)).toBe(pixels)
      await drag(driven, 60)
      await callPage(driven, 'begin')
      await isAt(45)
      await driven.page.mouse.move(100, 280, { steps: 2 })
      expect(await firstRow(driven)).toBe(45)
      await callPage(driven, 'end')
      await isAt(0)
      await release(driven)
      await drag(driven, 20)
      await callPage(driven, 'begin')
      await isAt(45)
      await release(driven)
      expect(await firstRow(driven)).toBe(45)
      await callPage(driven, 'end')
      await isAt(0)
      const ended = (await log(driven)).filter((line) => !line.startsWith('pulling'))
      expect(ended).toEqual(['refresh 45', 'restore 0', 'refresh 45', 'restore 0'])
    }))

  it('may be open from the start', () =>
    on('open', async (driven) => {
      await expect.poll(() => log(driven)).toEqual(['refresh 45'])
      expect(await firstRow(driven)).toBe(45)
      await driven.tap('.end')
      expect(await firstRow(driven)).toBe(0)
    }))

  it('shows what the app draws in the place of the dots, right above the content', () =>
    on('own', async (driven) => {
      const own = driven.page.locator('.own')
      expect(await own.isVisible()).toBe(false)
      expect(await firstRow(driven)).toBe(0)
      await drag(driven, 50)
      expect(await own.isVisible()).toBe(true)
      expect(
        await driven.page.locator('.scroller .simulator-refresher i').first().isVisible(),
      ).toBe(false)
      const place = await own.evaluate((one) => {
        const { top } = document.querySelector('.scroller')!.getBoundingClientRect()
        const box = one.getBoundingClientRect()
        return { top: box.top - top, height: box.height }
      })
      expect(place).toEqual({ top: 20, height: 30 })
      await release(driven)
      await expect.poll(() => names(driven)).toEqual(['pulling', 'abort'])
      expect(await own.isVisible()).toBe(false)
    }))

  it('is pulled by a finger as by the mouse', async () => {
    const driven = await phones.launch('pages/plain/plain')
    const devtools = await driven.page.context().newCDPSession(driven.page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: y === undefined ? [] : [{ x: 100, y }],
      })
    await touch('touchStart', 200)
    for (const y of [220, 240, 260, 280]) await touch('touchMove', y)
    await touch('touchEnd')
    await expect.poll(() => names(driven)).toEqual(['pulling', 'refresh'])
    await driven.close()
  })
})
