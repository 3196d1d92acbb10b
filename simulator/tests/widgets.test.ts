import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { writeApp } from './support/appFiles'
import { startSimulator } from './support/simulator'
import { usePhones } from './support/usePhones'

const note = `note({ type, detail }) { this.setData({ seen: type + ' ' + JSON.stringify(detail) }) }`

const app = writeApp(
  ['pages/a/a', 'pages/b/b', 'pages/meta/meta', 'pages/move/move', 'pages/canvas/canvas'],
  {
    'pages/a/a.js': `Page({
      onShow() { this.getTabBar().setData({ selected: 0 }) },
    })`,
    'pages/a/a.json': '{"usingComponents": {"inner": "/inner/inner"}}',
    'pages/a/a.wxml': '<view>a</view><inner />',
    'pages/b/b.js': `Page({ onShow() { this.getTabBar().setData({ selected: 1 }) } })`,
    'pages/b/b.wxml': '<view>b</view>',
    'inner/inner.json': '{"component": true}',
    'inner/inner.js': `Component({
      options: { virtualHost: true },
      data: { tabs: 0 },
      methods: { count() { this.setData({ tabs: this.getTabBar().data.list.length }) } },
    })`,
    'inner/inner.wxml': '<view class="count" bindtap="count">{{tabs}}</view>',
    'custom-tab-bar/index.json': '{"component": true}',
    'custom-tab-bar/index.js': `Component({
      data: { selected: -1, list: ['/pages/a/a', '/pages/b/b'] },
      methods: { go({ currentTarget }) { wx.switchTab({ url: currentTarget.dataset.path }) } },
    })`,
    'custom-tab-bar/index.wxml': `<view class="bar"><view class="tab {{index === selected ? 'on' : ''}}"
      wx:for="{{list}}" wx:key="*this" data-path="{{item}}" bindtap="go">{{item}}</view></view>`,
    'custom-tab-bar/index.wxss':
      '.bar { position: fixed; right: 0; bottom: 0; left: 0; display: flex } .tab { flex: 1 }',
    'pages/meta/meta.js': `Page({ data: { title: '一', style: 'color: rgb(1, 2, 3)' }, more() { this.setData({ title: '二', style: 'overflow: hidden' }) } })`,
    'pages/meta/meta.wxml': `<page-meta page-style="{{style}}"><navigation-bar title="{{title}}" background-color="#ff0000" front-color="#ffffff" /></page-meta><view class="more" bindtap="more">more</view>`,
    'pages/move/move.js': `Page({ data: { seen: '', at: [0, 1], cities: ['杭州', '宁波', '温州'] }, ${note},
      turn() { this.setData({ at: [2, 0] }) } })`,
    'pages/move/move.wxml': `
      <movable-area style="width: 200px; height: 100px"><movable-view class="thing" direction="all" x="10" y="20" style="width: 50px; height: 50px" bindchange="note" /></movable-area>
      <picker-view class="wheels" value="{{at}}" style="height: 170px" bindchange="note"><picker-view-column class="first"><view wx:for="{{cities}}" wx:key="*this">{{item}}</view></picker-view-column><picker-view-column><view>上</view><view>下</view></picker-view-column></picker-view>
      <swiper class="slides" style="height: 50px" indicator-dots bindchange="note"><swiper-item item-id="a">一</swiper-item><swiper-item item-id="b">二</swiper-item></swiper>
      <view class="turn" bindtap="turn">turn</view><text class="seen">{{seen}}</text>`,
    'pages/canvas/canvas.js': `Page({
      data: { seen: '', animation: null },
      onReady() {
        const recorder = wx.createAnimation({ duration: 500 })
        recorder.option.transition.duration = 0
        this.setData({ animation: recorder.translate(30, 40).rotate(90).opacity(0.5).step().export() })
      },
      draw() {
        wx.createSelectorQuery().select('#new').fields({ node: true, size: true }).exec(([{ node, width }]) => {
          node.width = node.height = 10
          const context = node.getContext('2d')
          context.fillStyle = '#ff0000'
          context.fillRect(0, 0, 10, 10)
          wx.canvasToTempFilePath({ canvas: node, success: ({ tempFilePath }) => this.setData({ seen: width + ' ' + tempFilePath }) })
        })
      },
      drawOld() {
        const context = wx.createCanvasContext('old', this)
        context.setFillStyle('#00ff00')
        context.fillRect(0, 0, 10, 10)
        context.draw(false, () => wx.canvasGetImageData({ canvasId: 'old', x: 1, y: 1, width: 1, height: 1, success: ({ data }) => this.setData({ seen: [...data].join() }) }))
      },
      move() { this.animate('.moved', [{ opacity: 1 }, { opacity: 0.2, translateX: 10 }], 1, () => this.setData({ seen: 'moved' })) },
    })`,
    'pages/canvas/canvas.wxml': `
      <canvas type="2d" id="new" style="width: 80px; height: 40px" /><canvas canvas-id="old" style="width: 20px; height: 20px" />
      <view class="animated" animation="{{animation}}">a</view><view class="moved">m</view>
      <view class="draw" bindtap="draw">draw</view><view class="old" bindtap="drawOld">old</view><view class="move" bindtap="move">move</view>
      <text class="seen">{{seen}}</text>`,
  },
  {
    tabBar: {
      custom: true,
      list: [
        { pagePath: 'pages/a/a', text: 'a' },
        { pagePath: 'pages/b/b', text: 'b' },
      ],
    },
  },
)

const phones = usePhones(app)

const on = (url: string, test: (page: DrivenPage) => Promise<void>) => phones.on(url, {}, test)
const styleOf = (page: DrivenPage, selector: string, name: string) =>
  page
    .locate(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), name)

describe('a tab bar of the app’s own', () => {
  it('is a component of each tab page, which its page and the components on it reach', () =>
    on('pages/a/a', async (page) => {
      expect(await page.text('.on')).toBe('/pages/a/a')
      expect(await page.page.locator('#simulator-tab-bar').isVisible()).toBe(false)
      await page.tap('.count')
      expect(await page.text('.count')).toBe('2')
      await page.tap('.tab', 1)
      expect((await page.state()).route).toBe('pages/b/b')
      expect(await page.text('.on')).toBe('/pages/b/b')
      const tabs = (await page.locate('.bar').boundingBox())!
      expect(tabs.y + tabs.height).toBeGreaterThan(750)
    }))

  it('may be missing, where pages draw their own', async () => {
    const tabBar = { custom: true, list: [{ pagePath: 'pages/a/a', text: 'a' }] }
    const files = { 'pages/a/a.js': 'Page({})', 'pages/a/a.wxml': '<view>a</view>' }
    const bare = writeApp(['pages/a/a'], files, { tabBar })
    const simulator = await startSimulator({ dist: bare.dist })
    const page = await simulator.launch('pages/a/a')
    expect(await page.page.locator('#simulator-tab-bar').isVisible()).toBe(false)
    await page.close()
    await simulator.close()
    bare.remove()
  })

  it('is not on other pages', () =>
    on('pages/meta/meta', async (page) => expect(await page.count('.bar')).toBe(0)))
})

it('page-meta and navigation-bar change the page and its bar', () =>
  on('pages/meta/meta', async (page) => {
    expect((await page.state()).title).toBe('一')
    expect(await styleOf(page, '.more', 'color')).toBe('rgb(1, 2, 3)')
    const bar = page.page.locator('#simulator-navigation-bar')
    expect(await bar.evaluate((element) => element.style.background)).toBe('rgb(255, 0, 0)')
    await page.tap('.more')
    expect((await page.state()).title).toBe('二')
  }))

describe('what a finger moves', () => {
  const drag = async (page: DrivenPage, selector: string, x: number, y: number) => {
    const box = (await page.locate(selector).first().boundingBox())!
    const { mouse } = page.page
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await mouse.down()
    await mouse.move(box.x + box.width / 2 + x, box.y + box.height / 2 + y, { steps: 3 })
    await mouse.up()
  }

  it('is a movable-view, inside its area', () =>
    on('pages/move/move', async (page) => {
      await page.waitFor('.seen:has-text("change")')
      expect(await page.text('.seen')).toBe('change {"x":10,"y":20,"source":""}')
      await drag(page, '.thing', 30, 500)
      expect(await page.text('.seen')).toBe('change {"x":40,"y":50,"source":"touch"}')
    }))

  it('is the wheel of a picker-view, which stops at a value', () =>
    on('pages/move/move', async (page) => {
      await drag(page, '.first', 0, -70)
      await page.waitFor('.seen:has-text("value")')
      expect(await page.text('.seen')).toBe('change {"value":[2,1]}')
      await page.tap('.turn')
      await page.waitFor('.wheels')
      const top = await page.locate('.first').evaluate((column) => column.scrollTop)
      expect(top).toBe(68)
    }))

  it('is a slide of a swiper', () =>
    on('pages/move/move', async (page) => {
      await drag(page, '.slides', -250, 0)
      await page.waitFor('.seen:has-text("currentItemId")')
      expect(await page.text('.seen')).toBe(
        'change {"current":1,"currentItemId":"b","source":"touch"}',
      )
      expect(await page.page.locator('.simulator-swiper-dots i').count()).toBe(2)
    }))
})

describe('drawing', () => {
  it('is on a canvas by its node, and kept as a file', () =>
    on('pages/canvas/canvas', async (page) => {
      await page.tap('.draw')
      await page.waitFor('.seen:has-text("wxfile")')
      expect(await page.text('.seen')).toBe('80 wxfile://tmp_canvas_1.png')
    }))

  it('is on a canvas of the old kind by its context', () =>
    on('pages/canvas/canvas', async (page) => {
      await page.tap('.old')
      await page.waitFor('.seen:has-text("255")')
      expect(await page.text('.seen')).toBe('0,255,0,255')
    }))

  it('moves by createAnimation and by animate', () =>
    on('pages/canvas/canvas', async (page) => {
      expect(await styleOf(page, '.animated', 'opacity')).toBe('0.5')
      expect(await styleOf(page, '.animated', 'transform')).toBe('matrix(0, 1, -1, 0, 30, 40)')
      await page.tap('.move')
      await page.waitFor('.seen:has-text("moved")')
      expect(await styleOf(page, '.moved', 'opacity')).toBe('0.2')
    }))
})
