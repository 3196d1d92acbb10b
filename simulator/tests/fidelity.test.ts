import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { writeApp } from './support/appFiles'
import { callWx, serveHttp } from './support/fixture'
import { usePhones } from './support/usePhones'

const app = writeApp(['pages/a/a'], {
  'pages/a/a.js': `Page({
    data: { seen: '' },
    onLoad() { this.note('onLoad') },
    lines() { this.note('lines') },
    note(what) { this.setData({ seen: this.data.seen + what + ' ' }) },
    ask() { wx.getUserProfile({ fail: ({ errMsg }) => this.setData({ seen: errMsg }) }) },
    pressed({ type }) { this.note(type) },
  })`,
  'pages/a/a.wxml': `
    <text class="seen">{{seen}}</text>
    <textarea auto-height bindlinechange="lines" value="一" />
    <input class="number" type="number" /><input class="digit" type="digit" />
    <view class="ask" bindtap="ask">ask</view>
    <view class="held" bindtap="pressed" bindlongpress="pressed" style="height: 40px">hold</view>
    <image class="broken" src="data:image/png;base64,AAAA" />`,
})

let backend: { url: string; close(): Promise<void> }

beforeAll(async () => {
  backend = await serveHttp((_, response) => {
    response.setHeader('set-cookie', ['a=1; Path=/', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT'])
    response.end('{}')
  })
})
afterAll(() => backend.close())
const phones = usePhones(app)

const on = (test: (page: DrivenPage) => Promise<void>) => phones.on('pages/a/a', {}, test)

it('reports each cookie of an answer by itself', () =>
  on(async (page) => {
    const { result } = await callWx(page, 'request', { url: backend.url })
    expect(result.cookies).toEqual(['a=1; Path=/', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT'])
  }))

it('tells of the lines of a textarea only after onLoad', () =>
  on(async (page) => {
    expect(await page.text('.seen')).toBe('onLoad lines')
  }))

it('takes from a real keyboard only what the phone’s has', () =>
  on(async (page) => {
    await page.type('.number', '1a2.3')
    expect(await page.locate('.number').locator('input').inputValue()).toBe('123')
    await page.type('.digit', '1a2.3')
    expect(await page.locate('.digit').locator('input').inputValue()).toBe('12.3')
  }))

it('refuses what WeChat refuses: no reason, long buttons, an unknown scope', () =>
  on(async (page) => {
    await page.tap('.ask')
    expect(await page.text('.seen')).toContain('getUserProfile:fail parameter error')
    const modal = await callWx(page, 'showModal', { title: '问', confirmText: '五个字太多' })
    expect(modal.result.errMsg).toMatch(/^showModal:fail confirmText length/)
    const scope = await callWx(page, 'authorize', { scope: 'scope.everything' })
    expect(scope.result.errMsg).toBe('authorize:fail invalid scope')
  }))

it('draws nothing in place of a picture that is not there', () =>
  on(async (page) => {
    const picture = page.locate('.broken').locator('img')
    await picture.and(page.page.locator('[data-failed]')).waitFor({ state: 'attached' })
    expect(await picture.isVisible()).toBe(false)
  }))

it('makes a long press of a finger that stays, and no tap after it', () =>
  on(async (page) => {
    const held = page.locate('.held')
    await held.hover()
    await page.page.mouse.down()
    await page.waitFor('.seen:has-text("longpress")')
    await page.page.mouse.up()
    await page.settle()
    expect(await page.text('.seen')).toBe('onLoad lines longpress')
    await page.tap('.held')
    expect(await page.text('.seen')).toBe('onLoad lines longpress tap')
  }))
