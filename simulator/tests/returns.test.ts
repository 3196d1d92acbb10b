import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { writeApp } from './support/appFiles'
import { callWx } from './support/fixture'
import type { PhoneOptions } from './support/sharedPhones'
import { usePhones } from './support/usePhones'

const listened = [
  'beforeenter',
  'enter',
  'afterenter',
  'beforeleave',
  'leave',
  'afterleave',
  'clickoverlay',
]
const listeners = listened.map((name) => `bind:${name}="note"`).join(' ')

const app = writeApp(['pages/first/first', 'pages/popup/popup'], {
  'pages/first/first.js': `Page({
    data: { shown: false },
    toggle() { this.setData({ shown: !this.data.shown }) },
    ask() { wx.showActionSheet({ itemList: ['a'], fail: ({ errMsg }) => this.setData({ errMsg }) }) },
  })`,
  'pages/first/first.wxml': `<button class="toggle" bindtap="toggle">{{shown}}</button>
    <button class="ask" bindtap="ask">问</button><text class="errMsg">{{errMsg}}</text>
    <input class="field" adjust-position="{{false}}"/>
    <page-container show="{{shown}}" overlay="{{false}}" duration="{{0}}"/>`,
  'pages/popup/popup.js': `Page({
    data: { events: '', show: false, overlay: true, position: 'bottom', second: false },
    onLoad(query) { this.setData(query) },
    onPageScroll({ scrollTop }) { this.setData({ scrollTop }) },
    note({ type }) { this.setData({ events: this.data.events + type + ' ' }) },
    open() { this.setData({ show: true }) },
    close() { this.setData({ show: false }) },
    other() { this.setData({ second: true }) },
  })`,
  'pages/popup/popup.wxml': `<view style="height:60px"/><button class="open" bindtap="open">{{show}}</button>
    <button class="close" bindtap="close">关</button><button class="other" bindtap="other">二</button>
    <text class="events">{{events}}</text><text class="scrolled">{{scrollTop}}</text>
    <page-container show="{{show}}" overlay="{{overlay}}" position="{{position}}" round duration="{{20}}"
      z-index="{{7}}" custom-style="height:750rpx" overlay-style="background:rgb(1,2,3)"
      close-on-slide-down ${listeners}><view class="inside">里面</view></page-container>
    <page-container show="{{second}}"><view class="never">第二个</view></page-container>
    <view class="long" style="height:2000px"/>`,
})

const phones = usePhones(app)

/** Opens the page with the popup over the first page. */
const withPopup = (
  query: string,
  test: (page: DrivenPage) => Promise<void>,
  options: PhoneOptions = {},
) =>
  on(options, async (page) => {
    await callWx(page, 'navigateTo', { url: `/pages/popup/popup${query}` })
    await test(page)
  })
const on = (options: PhoneOptions, test: (page: DrivenPage) => Promise<void>) =>
  phones.on('pages/first/first', options, test)
const events = async (page: DrivenPage) => (await page.text('.events')).trim()
const eventShown = (page: DrivenPage, last: string) => page.waitFor(`.events:has-text("${last}")`)
const entered = 'beforeenter enter afterenter'
const left = 'beforeleave leave afterleave'
const isVisible = async (page: DrivenPage) => page.locate('page-container').first().isVisible()
const routes = async (page: DrivenPage) => (await page.state()).routes.length
const visibility = (page: DrivenPage) =>
  page.records.flatMap((record) => (record.kind === 'life' ? record.event : [])).at(-1)

describe('a page-container', () => {
  it('is drawn as a popup while it is shown, and reports both moves', () =>
    withPopup('', async (page) => {
      expect(await isVisible(page)).toBe(false)
      await page.tap('.open')
      await eventShown(page, 'afterenter')
      expect(await events(page)).toBe(entered)
      const box = await page.locate('page-container').first().boundingBox()
      expect(box).toMatchObject({ x: 0, y: 812 - 375, width: 375, height: 375 })
      const overlay = page.page.locator('.simulator-overlay')
      const style = await overlay.evaluate((element) => {
        const { backgroundColor, zIndex } = getComputedStyle(element)
        return [backgroundColor, zIndex]
      })
      expect(style).toEqual(['rgb(1, 2, 3)', '7'])
      await overlay.click({ position: { x: 10, y: 10 } })
      await eventShown(page, 'clickoverlay')
      expect(await isVisible(page)).toBe(true)
      await page.back()
      await eventShown(page, 'afterleave')
      expect(await events(page)).toBe(`${entered} clickoverlay ${left}`)
      expect(await isVisible(page)).toBe(false)
      expect(await overlay.count()).toBe(0)
    }))

  it.each([
    ['top', { x: 0, y: 0, width: 375 }],
    ['right', { y: (812 - 88 - 375) / 2 }],
    ['center', { y: (812 - 88 - 375) / 2 }],
  ])('is at the %s', (position, place) =>
    withPopup(`?position=${position}`, async (page) => {
      await page.tap('.open')
      await eventShown(page, 'afterenter')
      const box = (await page.locate('page-container').first().boundingBox())!
      expect({ ...box, y: box.y - 88 }).toMatchObject(place)
    }),
  )

  it.each(['back', 'navigateBack'] as const)(
    'takes a return by %s, and is shown again only once show was false',
    (way) =>
      withPopup('?overlay=', async (page) => {
        const goBack = () => (way === 'back' ? page.back() : callWx(page, 'navigateBack'))
        await page.tap('.open')
        await eventShown(page, 'afterenter')
        await goBack()
        await eventShown(page, 'afterleave')
        expect(await routes(page)).toBe(2)
        expect(await page.text('.open')).toBe('true')
        await page.tap('.open')
        await page.tap('.close')
        expect(await events(page)).toBe(`${entered} ${left}`)
        await page.tap('.open')
        await eventShown(page, `${left} ${entered}`)
        await goBack()
        await goBack()
        expect(await routes(page)).toBe(1)
      }),
  )

  it("lets the navigation bar's own arrow leave the page", () =>
    withPopup('', async (page) => {
      await page.tap('.open')
      await page.page.locator('.simulator-navigation-bar__back').click()
      expect(await routes(page)).toBe(1)
    }))

  it('is one a page', () =>
    withPopup('', async (page) => {
      await page.tap('.other')
      expect(await page.locate('.never').isVisible()).toBe(false)
      await page.back()
      expect(await routes(page)).toBe(1)
    }))

  it('holds the page where it was scrolled to', () =>
    withPopup('?overlay=', async (page) => {
      const scrollable = () =>
        page.page.evaluate(() => {
          const scroller = document.querySelector('.simulator-webview:not([hidden]) > *')!
          return scroller.scrollHeight > scroller.clientHeight
        })
      await callWx(page, 'pageScrollTo', { scrollTop: 30 })
      await page.waitFor('.scrolled:has-text("30")')
      await page.tap('.open')
      await eventShown(page, 'afterenter')
      expect(await scrollable()).toBe(false)
      await page.back()
      await eventShown(page, 'afterleave')
      expect(await page.text('.scrolled')).toBe('30')
      expect(await scrollable()).toBe(true)
    }))

  it('is no component below base library 2.16.0: what is inside is drawn, and nothing is caught', () => {
    const drawn = async (page: DrivenPage) => {
      expect(await page.locate('.inside').isVisible()).toBe(true)
      await page.tap('.open')
      await page.back()
      expect(await routes(page)).toBe(1)
    }
    return withPopup('', drawn, { sdkVersion: '2.15.0' })
  })
})

describe('the back key', () => {
  it('leaves the app from its first page, unless an empty page-container catches it', () =>
    on({}, async (page) => {
      await page.tap('.toggle')
      expect((await callWx(page, 'navigateBack')).ok).toBe(false)
      await page.back()
      expect(visibility(page)).toBe('page')
      await page.back()
      await page.settle()
      expect(visibility(page)).toBe('hide')
      await page.foreground()
    }))

  it('dismisses a dialogue first', () =>
    on({}, async (page) => {
      await page.tap('.ask')
      await page.back()
      await page.waitFor('.errMsg:has-text("showActionSheet:fail cancel")')
      expect(visibility(page)).toBe('page')
    }))

  it.each([
    ['android', 'page'],
    ['ios', 'hide'],
  ] as const)('on %s meets the keyboard: %s', (platform, last) =>
    on({ platform }, async (page) => {
      await page.tap('.field')
      await page.back()
      await page.settle()
      expect(visibility(page)).toBe(last)
      if (platform === 'android') expect((await page.keyboard()).visible).toBe(false)
    }),
  )
})
