import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { fixtureApp } from './support/fixture'
import { usePhones } from './support/usePhones'

const phones = usePhones(fixtureApp)

const on = (url: string, test: (page: DrivenPage) => Promise<void>) => phones.on(url, {}, test)
const home = (test: (page: DrivenPage) => Promise<void>) => on('pages/home/home', test)
const form = (test: (page: DrivenPage) => Promise<void>) => on('pages/form/form', test)
const styleOf = (page: DrivenPage, selector: string, name: string) =>
  page
    .locate(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), name)

describe('a page', () => {
  it('draws data, lists, slots, components and WXS, and follows changes', () =>
    home(async (page) => {
      expect(await page.text('.greeting')).toBe('请输入姓名')
      await page.type('#name', '小明')
      expect(await page.text('.greeting')).toBe('你好，小明')
      expect(await page.text('.item__name', 1)).toBe('大件 ¥299')
      await page.tap('.title')
      expect(await page.text('.title')).toBe('第 2 次')
      expect(await page.text('.slotted')).toBe('插槽 2')
    }))

  it('passes the aria- attributes of any component to assistive technology, and warns of nothing', () =>
    home(async (page) => {
      const warnings: string[] = []
      page.page.on('console', (message) => {
        if (message.type() === 'warning') warnings.push(message.text())
      })
      await page.restart()
      const greeting = page.locate('.greeting')
      expect(await greeting.getAttribute('role')).toBe('status')
      expect(await greeting.getAttribute('aria-label')).toBeNull()
      await page.type('#name', '小明')
      expect(await greeting.getAttribute('aria-label')).toBe('小明')
      await page.type('#name', '')
      expect(await greeting.getAttribute('aria-label')).toBeNull()
      const button = page.locate('.disabled')
      expect(await button.getAttribute('aria-label')).toBe('暂不可用')
      expect(await button.getAttribute('aria-disabled')).toBe('true')
      const fixed = page.locate('.fixed')
      expect(await fixed.getAttribute('aria-hidden')).toBe('true')
      expect(await fixed.getAttribute('aria-disabled')).toBe('false')
      expect(await fixed.getAttribute('aria-modal')).toBe('true')
      expect(await fixed.getAttribute('aria-level')).toBe('2')
      expect(await fixed.getAttribute('tabindex')).toBe('0')
      expect(await button.getAttribute('role')).toBe('button')
      expect(warnings).toEqual([])
    }))

  it('hides what is hidden, whatever its styles say', () =>
    home(async (page) => {
      const whispered = page.locate('.whispered')
      expect(await whispered.isVisible()).toBe(false)
      await page.type('#name', '小明')
      await whispered.waitFor()
      await page.type('#name', '')
      await whispered.waitFor({ state: 'hidden' })
    }))

  it('stops a caught tap, so that the row around it is not tapped', () =>
    home(async (page) => {
      await page.tap('.item__remove')
      expect(await page.count('.item')).toBe(1)
      expect((await page.state()).routes).toEqual(['pages/home/home'])
    }))

  it('drops taps on a disabled button', () =>
    home(async (page) => {
      await page.locate('.disabled').click({ force: true })
      await page.settle()
      expect(await page.text('.title')).toBe('第 1 次')
    }))

  it("scopes styles: the component's own, the page's, ids, inline rpx, and vh of the page", () =>
    home(async (page) => {
      expect(await styleOf(page, '.title', 'color')).toBe('rgb(7, 193, 96)')
      expect(await styleOf(page, '.slotted', 'color')).toBe('rgb(1, 2, 3)')
      expect(await styleOf(page, '#name', 'letter-spacing')).toBe('3px')
      expect(await styleOf(page, '.tall', 'height')).toBe('50px')
      // 812 less the navigation bar's 88 and the tab bar's 84, of which the element takes half.
      expect(await styleOf(page, '.fixed', 'height')).toBe('320px')
    }))
})

describe('other built-in components', () => {
  it('limit a textarea, and style its placeholder by its class', () =>
    form(async (page) => {
      expect(await styleOf(page, '.c .simulator-placeholder', 'color')).toBe('rgb(200, 0, 0)')
      await page.tap('.c')
      await page.page.keyboard.type('1234567')
      expect(await page.locate('.c').locator('textarea').inputValue()).toBe('12345')
    }))

  it('scroll in a scroll-view, and say so at its end', () =>
    form(async (page) => {
      await page.locate('.scroller').evaluate((element) => element.scrollTo(0, 400))
      await page.waitFor('.scrolled:has-text("scrolltolower")')
      expect(await page.text('.scrolled')).toContain('scroll ')
    }))

  it('draw rich text without its handlers', () =>
    form(async (page) => {
      expect(await page.text('.rich b')).toBe('粗')
      await page.locate('.rich i').click()
      expect(await page.page.evaluate(() => 'broken' in window)).toBe(false)
    }))

  it('navigate by a navigator', () =>
    home(async (page) => {
      await page.tap('.link')
      await page.waitFor(({ route }) => route === 'pages/form/form')
    }))
})
