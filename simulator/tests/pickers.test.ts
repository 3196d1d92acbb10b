import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { writeApp } from './support/appFiles'
import type { PhoneOptions } from './support/sharedPhones'
import { usePhones } from './support/usePhones'

const home = 'pages/home/home'
const note = (kind: string) => `bindchange="note" data-kind="${kind}"`

const app = writeApp([home], {
  [`${home}.js`]: `const floors = [['一楼', '二楼'], ['地下一层', '地下二层', '地下三层']]
Page({
  data: { said: '', place: [0, 0], columns: [['楼上', '楼下'], floors[0]], day: '2024-01-31' },
  note({ currentTarget, detail }) {
    const { value, code } = detail
    this.setData({ said: [currentTarget.dataset.kind, value, code || ''].join(' ').trim() })
  },
  freed({ detail: { column, value } }) {
    this.setData({ turns: (this.data.turns || '') + column + '=' + value + ';' })
  },
  turned({ detail: { column, value } }) {
    this.setData({ turns: (this.data.turns || '') + column + '=' + value + ';' })
    if (column === 0) this.setData({ columns: [this.data.columns[0], floors[value]], place: [value, 0] })
  },
})`,
  [`${home}.wxml`]: `
<picker class="date" mode="date" value="{{day}}" ${note('date')}>date</picker>
<picker class="time" mode="time" value="08:30" ${note('time')}>time</picker>
<picker class="multi" mode="multiSelector" range="{{columns}}" value="{{place}}" bindcolumnchange="turned" ${note('multi')}>multi</picker>
<picker class="free" mode="multiSelector" range="{{[['早', '晚'], ['甲', '乙']]}}" value="{{[0, 0]}}" bindcolumnchange="freed">free</picker>
<picker class="region" mode="region" value="{{['广东省', '广州市', '海珠区']}}" ${note('region')}>region</picker>
<picker class="city" mode="region" level="city" custom-item="全部" ${note('city')}>city</picker>
<view class="said">{{said}}</view>
<view class="turns">{{turns}}</view>`,
})

const phones = usePhones(app)

const on = (test: (page: DrivenPage) => Promise<void>, options: PhoneOptions = {}) =>
  phones.on(home, options, test)
const wheel = (page: DrivenPage, at: number) => page.page.getByRole('listbox').nth(at)
const chosen = (page: DrivenPage) =>
  page.page.locator('[role=option][aria-selected=true]').allInnerTexts()
/** Where a row of a wheel is, from the wheel's middle. */
const offsetOf = (page: DrivenPage, at: number, name: string) =>
  wheel(page, at).evaluate((element, name) => {
    const middle = (box: DOMRect) => box.top + box.height / 2
    const row = [...element.children].find(({ textContent }) => textContent === name)!
    return middle(row.getBoundingClientRect()) - middle(element.getBoundingClientRect())
  }, name)

describe('the wheels of a date', () => {
  it('begin with the value in the middle row', () =>
    on(async (page) => {
      await page.tap('.date')
      expect(await chosen(page)).toEqual(['2024年', '1月', '31日'])
      for (const [at, name] of ['2024年', '1月', '31日'].entries())
        expect(Math.abs(await offsetOf(page, at, name))).toBeLessThan(1)
      await page.choose('取消')
    }))

  it('have as many days as the month has', () =>
    on(async (page) => {
      await page.tap('.date')
      await wheel(page, 1).press('ArrowDown')
      expect(await chosen(page)).toEqual(['2024年', '2月', '29日'])
      await wheel(page, 0).press('ArrowDown')
      expect(await chosen(page)).toEqual(['2025年', '2月', '28日'])
      await page.choose('确定')
      expect(await page.text('.said')).toBe('date 2025-02-28')
    }))

  it('are in English on an English phone', () =>
    on(
      async (page) => {
        await page.tap('.date')
        expect(await chosen(page)).toEqual(['2024', '01', '31'])
        await page.choose('Cancel')
      },
      { language: 'en' },
    ))
})

describe('a wheel', () => {
  it('is dragged, and stops with a row in the middle', () =>
    on(async (page) => {
      await page.tap('.time')
      const { x, y, width, height } = (await wheel(page, 0).boundingBox())!
      const mouse = page.page.mouse
      await mouse.move(x + width / 2, y + height / 2)
      await mouse.down()
      await mouse.move(x + width / 2, y + height / 2 - 60, { steps: 4 })
      await mouse.move(x + width / 2, y + height / 2 - 100, { steps: 4 })
      await mouse.up()
      await expect.poll(() => chosen(page)).toEqual(['10时', '30分'])
      await expect.poll(async () => Math.abs(await offsetOf(page, 0, '10时'))).toBeLessThan(1)
      await page.choose('确定')
      expect(await page.text('.said')).toBe('time 10:30')
    }))

  it("is turned by a mouse's wheel, and by a press on a row", () =>
    on(async (page) => {
      await page.tap('.time')
      await wheel(page, 1).hover()
      await page.page.mouse.wheel(0, 96)
      await expect.poll(() => chosen(page)).toEqual(['08时', '32分'])
      await page.page.getByRole('option', { name: '07时' }).click()
      await expect.poll(() => chosen(page)).toEqual(['07时', '32分'])
      await page.choose('确定')
      expect(await page.text('.said')).toBe('time 07:32')
    }))
})

describe('the wheels of several columns', () => {
  it('report each turn, so that the app changes the others', () =>
    on(async (page) => {
      await page.tap('.multi')
      await wheel(page, 1).press('End')
      await wheel(page, 0).press('End')
      await expect.poll(() => chosen(page)).toEqual(['楼下', '地下一层'])
      expect(await page.text('.turns')).toBe('1=1;0=1;')
      // There was no such row when the sheet was opened.
      await wheel(page, 1).press('End')
      await page.choose('确定')
      expect(await page.text('.said')).toBe('multi 1,2')
    }))

  it('report the turn of each, also where two turn at once', () =>
    on(async (page) => {
      await page.tap('.free')
      await wheel(page, 0).hover()
      await page.page.getByRole('listbox').evaluateAll((wheels) => {
        for (const one of wheels) one.dispatchEvent(new KeyboardEvent('keydown', { key: 'End' }))
      })
      await expect.poll(() => page.text('.turns')).toBe('0=1;1=1;')
      await page.choose('取消')
    }))
})

describe('the wheels of a region', () => {
  it('are provinces, their cities and counties, with codes', () =>
    on(async (page) => {
      await page.tap('.region')
      await expect.poll(() => chosen(page)).toEqual(['广东省', '广州市', '海珠区'])
      await wheel(page, 0).press('Home')
      expect(await chosen(page)).toEqual(['北京市', '北京市', '东城区'])
      await page.choose('确定')
      expect(await page.text('.said')).toBe('region 北京市,北京市,东城区 110000,110100,110101')
    }))

  it('end at the level that is asked for, and may be left open', () =>
    on(async (page) => {
      await page.tap('.city')
      await expect.poll(() => chosen(page)).toEqual(['全部', '全部'])
      await wheel(page, 0).press('ArrowDown')
      expect(await chosen(page)).toEqual(['北京市', '全部'])
      await page.choose('确定')
      expect(await page.text('.said')).toBe('city 北京市,全部 110000')
    }))
})
