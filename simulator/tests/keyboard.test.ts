import { describe, expect, it } from 'vitest'
import type { DrivenPage } from '../src'
import { callWx, fixtureApp } from './support/fixture'
import type { PhoneOptions } from './support/sharedPhones'
import { usePhones } from './support/usePhones'

const phones = usePhones(fixtureApp)

/** Runs a test on the page with fields. */
const on = (query: string, test: (page: DrivenPage) => Promise<void>, options: PhoneOptions = {}) =>
  phones.on(`pages/keyboard/keyboard${query}`, options, test)

const android: PhoneOptions = { platform: 'android' }
const field = (page: DrivenPage, selector: string) =>
  page.locate(selector).locator('input, textarea')
const value = (page: DrivenPage, selector: string) => field(page, selector).inputValue()
const events = async (page: DrivenPage) => (await page.text('.events')).trim().split(' ')
const labels = (page: DrivenPage) =>
  page.page
    .locator('#simulator-keyboard button')
    .evaluateAll((keys) => keys.map((key) => key.getAttribute('aria-label')))
const boxOf = async (page: DrivenPage, selector: string) => {
  const { top, bottom } = await page
    .locate(selector)
    .evaluate((element) => element.getBoundingClientRect())
  return { top, bottom }
}
const screenHeight = (page: DrivenPage) => page.page.evaluate(() => innerHeight)
const press = async (page: DrivenPage, ...keys: string[]) => {
  for (const key of keys) await page.key(key)
}

describe('the keys', () => {
  it.each([
    ['number', 'ios', [...'1234567890', '删除']],
    ['digit', 'ios', [...'123456789.0', '删除']],
    ['idcard', 'ios', [...'123456789X0', '删除']],
    ['number', 'android', [...'123', '删除', ...'456789', '完成', '0']],
    ['digit', 'android', [...'123', '删除', ...'456789', '完成', '.', '0']],
    ['idcard', 'android', [...'123', '删除', ...'456789', '完成', 'X', '0']],
  ] as const)(
    'of %s on %s are digits, with a confirm key on Android only',
    (type, platform, keys) =>
      on(
        `?type=${type}`,
        async (page) => {
          await page.tap('.top')
          expect(await labels(page)).toEqual(keys)
          const { confirmLabel } = await page.keyboard()
          expect(confirmLabel).toBe(platform === 'ios' ? undefined : '完成')
          await press(page, '1', '0', '删除', keys.includes('X' as never) ? 'X' : '2')
          expect(await value(page, '.top')).toBe(type === 'idcard' ? '1X' : '12')
        },
        platform === 'android' ? android : {},
      ),
  )

  it('of text are letters, capitals after shift, and signs on a page of their own', () =>
    on('', async (page) => {
      await page.tap('.top')
      expect((await labels(page)).filter((label) => /^[a-z]$/.test(label!))).toHaveLength(26)
      await press(page, '大写', 'A', 'b', '空格', '123', '7')
      expect(await value(page, '.top')).toBe('Ab 7')
      await press(page, 'ABC', '删除', 'c')
      expect(await value(page, '.top')).toBe('Ab c')
    }))

  it.each([
    ['send', 'zh_CN', '发送'],
    ['search', 'zh_CN', '搜索'],
    ['next', 'zh_CN', '下一项'],
    ['go', 'zh_CN', '前往'],
    ['done', 'zh_CN', '完成'],
    ['next', 'en', 'Next'],
    ['go', 'en', 'Go'],
  ] as const)('confirm %s in %s by %s', (confirm, language, label) =>
    on(
      `?confirm=${confirm}`,
      async (page) => {
        await page.tap('.top')
        expect(await page.keyboard()).toMatchObject({ visible: true, confirmLabel: label })
        await page.key(label)
        expect(await events(page)).toEqual(expect.arrayContaining(['top:confirm=', 'top:blur=']))
        expect(await page.keyboard()).toEqual({ visible: false, height: 0 })
      },
      language === 'en' ? { language } : {},
    ),
  )

  it('stop at maxlength, and type where the cursor is', () =>
    on('', async (page) => {
      await page.tap('.top')
      await press(page, ...'abcdef')
      expect(await value(page, '.top')).toBe('abcde')
      expect(await events(page)).not.toContain('top:input=abcdef')
      await field(page, '.top').evaluate((input: HTMLInputElement) => input.setSelectionRange(1, 3))
      await press(page, 'x', 'y')
      expect(await value(page, '.top')).toBe('axyde')
    }))

  it('take a whole character back, and never the focus', () =>
    on('', async (page) => {
      await page.tap('.top')
      await page.page.keyboard.insertText('a👍🏽')
      await page.key('删除')
      expect(await value(page, '.top')).toBe('a')
      await page.page.keyboard.type('z')
      expect(await value(page, '.top')).toBe('az')
      expect(await events(page)).not.toContain('top:blur=a')
    }))

  it('offer the nickname of WeChat, on base libraries that know it', async () => {
    await on('?type=nickname', async (page) => {
      await page.tap('.top')
      await page.key('用微信昵称')
      const nickname = await value(page, '.top')
      expect(nickname).not.toBe('')
      expect(await events(page)).toContain(`top:input=${nickname}`)
    })
    const old = { sdkVersion: '2.21.1' }
    const plain = async (page: DrivenPage) => {
      await page.tap('.top')
      expect(await labels(page)).not.toContain('用微信昵称')
    }
    await on('?type=nickname', plain, old)
  })

  it('of a textarea break the line, and a bar on iOS ends the typing', () =>
    on('', async (page) => {
      await page.tap('.area')
      expect(await page.keyboard()).toEqual({ visible: true, height: 335, confirmLabel: '换行' })
      await press(page, 'a', '换行', 'b')
      expect(await value(page, '.area')).toBe('a\nb')
      await page.key('完成')
      expect((await page.text('.events')).trim()).toBe('area:confirm=a b area:blur=a b')
      expect((await page.keyboard()).visible).toBe(false)
    }))

  it('of a textarea follow confirm-type since 2.13.0, and have no bar where it is not wanted', async () => {
    const query = '?areaConfirm=send&bar=0'
    const label = async (page: DrivenPage) => {
      await page.tap('.area')
      expect((await page.keyboard()).height).toBe(291)
      return (await page.keyboard()).confirmLabel
    }
    await on(query, async (page) => expect(await label(page)).toBe('发送'))
    await on(query, async (page) => expect(await label(page)).toBe('换行'), {
      sdkVersion: '2.12.0',
    })
  })
})

describe('the focus', () => {
  it('goes from field to field by 下一项, again and again, without the keyboard going down', () =>
    on('', async (page) => {
      await page.tap('.one')
      for (let round = 0; round < 2; round += 1) {
        await page.key('下一项')
        await page.waitFor('.two:focus-within')
        await page.key('下一项')
        await page.waitFor('.one:focus-within')
      }
      expect((await page.text('.heights')).trim().split(' ')).toEqual(Array(5).fill('291'))
      expect((await events(page)).filter((event) => event.includes(':focus'))).toEqual([
        'one:focus=291',
        'two:focus=291',
        'one:focus=291',
        'two:focus=291',
        'one:focus=291',
      ])
    }))

  it('puts the cursor where cursor, selection-start and selection-end say', () =>
    on('', async (page) => {
      const selected = (selector: string) =>
        field(page, selector).evaluate((input: HTMLInputElement) => [
          input.selectionStart,
          input.selectionEnd,
        ])
      await page.tap('.one')
      await page.key('下一项')
      await page.waitFor('.two:focus-within')
      expect(await selected('.two')).toEqual([0, 2])
      await page.key('下一项')
      await page.waitFor('.one:focus-within')
      expect(await selected('.one')).toEqual([1, 1])
    }))

  it('ends with a tap elsewhere, after that tap', () =>
    on('', async (page) => {
      await page.tap('.top')
      await page.tap('.beside')
      expect(await events(page)).toEqual([
        'top:keyboardheightchange=291/0.25',
        'top:focus=291',
        'tap',
        'top:blur=',
        'top:keyboardheightchange=0/0.25',
      ])
    }))

  it('stays with hold-keyboard, and without it not', async () => {
    const visible = async (page: DrivenPage) => {
      await page.tap('.top')
      await page.tap('.beside')
      expect(await events(page)).toContain('tap')
      return (await page.keyboard()).visible
    }
    await on('?hold=1', async (page) => expect(await visible(page)).toBe(true))
    await on('', async (page) => expect(await visible(page)).toBe(false))
  })

  it('ends with wx.hideKeyboard, and with the page', () =>
    on('', async (page) => {
      await page.tap('.top')
      expect((await callWx(page, 'hideKeyboard')).ok).toBe(true)
      expect((await page.keyboard()).visible).toBe(false)
      expect(await callWx(page, 'hideKeyboard')).toEqual({
        ok: false,
        result: { errMsg: 'hideKeyboard:fail input not exists' },
      })
      await page.tap('.top')
      await callWx(page, 'reLaunch', { url: '/pages/net/net' })
      expect((await page.keyboard()).visible).toBe(false)
    }))

  it('lets what input returns take the place of the text', () =>
    on('', async (page) => {
      await page.tap('.trimmed')
      await press(page, '123', '1', '1', '3')
      expect(await value(page, '.trimmed')).toBe('23')
    }))
})

describe('the height', () => {
  it('is reported again on iOS as the focus goes on, and goes down first on Android for other keys', async () => {
    const reported = async (page: DrivenPage) => {
      await page.tap('.top')
      await page.tap('.pin')
      return (await events(page)).filter((event) => !event.includes('blur'))
    }
    await on('', async (page) =>
      expect(await reported(page)).toEqual([
        'top:keyboardheightchange=291/0.25',
        'top:focus=291',
        'pin:keyboardheightchange=291/0.25',
        'pin:focus=291',
      ]),
    )
    await on(
      '',
      async (page) =>
        expect(await reported(page)).toEqual([
          'top:keyboardheightchange=260/0',
          'top:focus=260',
          'top:keyboardheightchange=0/0',
          'pin:keyboardheightchange=260/0',
          'pin:focus=260',
        ]),
      android,
    )
  })

  it('is reported to wx.onKeyboardHeightChange until wx.offKeyboardHeightChange', () =>
    on('', async (page) => {
      await page.tap('.top')
      await page.tap('.beside')
      expect((await page.text('.heights')).trim()).toBe('291 0')
      await page.page.evaluate(() => {
        const { getCurrentPages } = window as unknown as {
          getCurrentPages(): { silence(): void }[]
        }
        getCurrentPages().at(-1)!.silence()
      })
      await page.tap('.top')
      expect((await page.text('.heights')).trim()).toBe('291 0')
    }))
})

describe('the page', () => {
  it.each([
    [0, 0],
    [20, 20],
    // The field is nearer than that to the bottom of the page.
    [500, 70],
  ])('moves up until cursor-spacing %i leaves %i px to the keyboard, and back', (spacing, gap) =>
    on(`?spacing=${spacing}`, async (page) => {
      const before = await boxOf(page, '.low')
      const bar = page.page.locator('#simulator-navigation-bar')
      await page.tap('.low')
      const { height } = await page.keyboard()
      const { bottom } = await boxOf(page, '.low')
      expect(bottom).toBeCloseTo((await screenHeight(page)) - height - gap, 0)
      expect((await bar.boundingBox())!.y).toBe(0)
      await page.key('完成')
      expect(await boxOf(page, '.low')).toEqual(before)
    }),
  )

  it('stays for fields above the keyboard, and with adjust-position false', () =>
    on('?adjust=0', async (page) => {
      for (const selector of ['.top', '.low']) {
        const before = await boxOf(page, selector)
        await page.tap(selector)
        expect((await page.keyboard()).visible).toBe(true)
        expect(await boxOf(page, selector)).toEqual(before)
        await page.key('完成')
      }
    }))

  it('is tapped below the keyboard once that has been dismissed', () =>
    on('', async (page) => {
      await page.tap('.top')
      await page.tap('.lowest')
      expect((await events(page)).slice(-3)).toEqual([
        'top:blur=',
        'top:keyboardheightchange=0/0.25',
        'tap',
      ])
    }))
})
