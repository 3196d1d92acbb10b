import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { fixtureApp } from './support/fixture'
import { openFresh, type PhoneOptions } from './support/sharedPhones'
import { usePhones } from './support/usePhones'

const phones = usePhones(fixtureApp)

const form = (
  query: string,
  test: (page: DrivenPage) => Promise<void>,
  options: PhoneOptions = {},
) => phones.on(`pages/form/form${query}`, options, test)
const events = async (page: DrivenPage) => (await page.text('.events')).trim().split(' ')

describe('a form', () => {
  it('collects the named fields of every kind', () =>
    form('', async (page) => {
      await page.type('.a', '甲')
      await page.type('.b', '乙')
      await page.type('.c', '丙')
      await page.tap('.s')
      await page.tap('.box-one text')
      await page.tap('.radio-y')
      await page.tap('.submit')
      expect(JSON.parse(await page.text('.submitted'))).toEqual({
        a: '甲',
        b: '乙',
        c: '丙',
        s: true,
        boxes: ['one', 'two'],
        choice: 'y',
        day: 0,
        volume: 30,
      })
    }))

  it('reports changes of switch, checkboxes and radios with their values', () =>
    form('', async (page) => {
      await page.tap('.s')
      await page.tap('.box-two')
      await page.tap('.radio-y')
      await page.tap('.radio-y')
      expect(await events(page)).toEqual(['s:change=true', 'boxes:change=', 'choice:change=y'])
    }))

  it('is emptied by a reset button', () =>
    form('', async (page) => {
      await page.type('.a', '甲')
      await page.tap('.s')
      await page.tap('.reset')
      expect(await events(page)).toContain('reset')
      await page.tap('.submit')
      expect(JSON.parse(await page.text('.submitted'))).toMatchObject({
        a: '',
        s: false,
        boxes: [],
      })
    }))

  it('takes a scripted picker, and one that is dismissed', () =>
    form(
      '',
      async (page) => {
        await page.tap('.picker')
        expect(await page.text('.picker')).toBe('周二')
        await page.tap('.picker')
        expect(await events(page)).toContain('picker:cancel')
      },
      { answers: { picker: [{ value: '1' }, 'refuse'] } },
    ))

  it("draws the picker's sheet where nothing is scripted", () =>
    form('', async (page) => {
      await page.tap('.picker')
      const row = page.page.getByRole('option', { name: '周二' })
      await row.click()
      await expect.poll(() => row.getAttribute('aria-selected')).toBe('true')
      await page.choose('确定')
      expect(await page.text('.picker')).toBe('周二')
    }))
})

describe('a picker', () => {
  it.each([
    ['.date', '2130-02-10', '.date', '2130-02-10'],
    ['.date', '2130-04-20', '.date', '2130-04-20'],
    ['.time', '18:30', '.events', 'time:change=18:30'],
    ['.multi', [1, 2], '.events', 'multi:change=1,2'],
  ])('%s returns the scripted %s', (selector, value, shown, text) =>
    form(
      '',
      async (page) => {
        await page.tap(selector)
        expect((await page.text(shown)).trim()).toBe(text)
      },
      { answers: { picker: { value } } },
    ),
  )

  it.each([
    ['day', ['2130年', '2月', '10日'], '2130-02-10', '2130-04-20'],
    ['month', ['2130年', '2月'], '2130-02', '2130-04'],
    ['year', ['2130年'], '2130', '2130'],
  ])('of a %s draws its range and keeps to it', (fields, first, min, max) =>
    form(`?fields=${fields}`, async (page) => {
      const wheels = page.page.getByRole('listbox')
      await page.tap('.date')
      // Nothing was picked so far, and today is before the range.
      const chosen = page.page.locator('[role=option][aria-selected=true]')
      expect(await chosen.allInnerTexts()).toEqual(first)
      await page.choose('确定')
      expect(await page.text('.date')).toBe(min)
      await page.tap('.date')
      for (const wheel of await wheels.all()) await wheel.press('End')
      await page.choose('确定')
      expect(await page.text('.date')).toBe(max)
    }),
  )
})

describe('a picker whose scripted answer is out of its range', () => {
  let page: DrivenPage
  beforeAll(async () => void (page = await phones.launch('pages/form/form')))
  afterAll(() => expect(page.close()).rejects.toThrow('did not run cleanly'))

  it.each([
    ['.date', '2130-02-09', 'is before the picker\'s start, "2130-02-10"'],
    ['.date', '2130-04-21', 'is after the picker\'s end, "2130-04-20"'],
    ['.date', '2130/03/01', '"2130/03/01" does not look like'],
    ['.time', '07:59', 'is before the picker\'s start, "08:00"'],
    ['.time', '18:31', 'is after the picker\'s end, "18:30"'],
    ['.picker', '2', '"2" is no place in the picker\'s range'],
    ['.picker', '-1', '"-1" is no place in the picker\'s range'],
    ['.multi', [0, 3], "[0,3] is no place in the picker's range"],
    ['.multi', [0], "[0] is no place in the picker's range"],
  ])('fails the test: %s cannot give %s', async (selector, value, fault) => {
    const before = page.errors.length
    await openFresh(page, 'pages/form/form')
    page.answer('picker', { value })
    await page.tap(selector)
    expect(page.errors.slice(before)).toEqual([expect.stringContaining(fault)])
    expect(page.errors.at(-1)).toContain('The scripted answer for picker is out of range')
    expect(() => page.assertClean()).toThrow(fault)
    expect(await events(page)).toEqual([`${selector.slice(1)}:cancel`])
  })
})

describe('an input', () => {
  it('says focus, input, confirm and blur, and blurs on Enter', () =>
    form('', async (page) => {
      await page.type('.a', '甲')
      await page.press('Enter')
      expect(await events(page)).toEqual(['a:focus=', 'a:input=甲', 'a:confirm=甲', 'a:blur=甲'])
    }))

  it('keeps the focus on Enter with confirm-hold', () =>
    form('?hold=1', async (page) => {
      await page.type('.b', '乙')
      await page.press('Enter')
      expect(await events(page)).toEqual(['b:focus=', 'b:confirm=乙'])
    }))

  it('focuses whenever the view is sent true while unfocused, and does nothing while focused', () =>
    form('', async (page) => {
      await page.tap('.focus-b')
      await page.press('Enter')
      await page.tap('.focus-b')
      expect(await events(page)).toEqual(['b:focus=', 'b:confirm=', 'b:blur=', 'b:focus='])
    }))

  it('blurs when the property becomes false, and focuses again after that', () =>
    form('', async (page) => {
      await page.tap('.focus-b')
      await page.tap('.unfocus-b')
      await page.tap('.focus-b')
      expect(await events(page)).toEqual(['b:focus=', 'b:blur=', 'b:focus='])
    }))

  it("fires the new field's focus before the old one's blur", () =>
    form('', async (page) => {
      await page.tap('.a')
      await page.tap('.b')
      expect(await events(page)).toEqual(['a:focus=', 'b:focus=', 'a:blur='])
    }))

  it('shows what is set, also back to what was set before', () =>
    form('', async (page) => {
      await page.type('.a', '甲')
      await page.tap('.clear-a')
      expect(await page.locate('.a').locator('input').inputValue()).toBe('')
    }))

  it('has no confirm key on iOS for numbers, but has one on Android', async () => {
    const confirmed = async (page: DrivenPage) => {
      await page.tap('.b')
      await page.press('Enter')
      return (await events(page)).includes('b:confirm=')
    }
    await form('?type=number', async (page) => expect(await confirmed(page)).toBe(false))
    await form('?type=number', async (page) => expect(await confirmed(page)).toBe(true), {
      platform: 'android',
    })
  })

  it('clears a nickname that fails the review some time after the blur', () =>
    form(
      '?type=nickname',
      async (page) => {
        await page.type('.b', '坏名字')
        await page.press('Enter')
        expect(await page.locate('.b').locator('input').inputValue()).toBe('')
        expect(await events(page)).toContain('b:nicknamereview=false')
      },
      { answers: { nicknameReview: { pass: false, timeout: false } } },
    ))

  it('loses its focus when its page is left', () =>
    form('', async (page) => {
      await page.type('.a', '甲')
      await page.page.evaluate(() => {
        const { wx } = window as unknown as { wx: { navigateTo(o: object): void } }
        wx.navigateTo({ url: '/pages/net/net' })
      })
      await page.waitFor(({ route }) => route === 'pages/net/net')
      await page.page.locator('.simulator-navigation-bar__back').click()
      await page.waitFor('.events')
      expect(await events(page)).toContain('a:blur=甲')
    }))
})
