import type { DrivenPage } from '@watchword/simulator'
import { beforeAll, describe, expect, test } from 'vitest'
import { overflowing, smallTargets, weakContrasts } from './support/accessibility'
import { createWorld, FORM, formValues, hidden, launchFilled, type World } from './support/world'

// What WeChat's reviewers look at, and what every user should be able to read and to tap.
const PAGES = ['home', 'mine', 'booking', 'coupon', 'profile', 'settings'] as const
const urlOf = (name: string) =>
  `example/${name}/${name}${name === 'booking' ? '?service=small-van' : ''}`
/** What of a page is there once it has been loaded. */
const loaded: Record<(typeof PAGES)[number], string> = {
  home: '.service',
  mine: '.user-name',
  booking: '.heading__name',
  coupon: '#claim',
  profile: '#edit, #sign-in',
  settings: '.permission',
}

let world: World
beforeAll(async () => {
  world = await createWorld()
})

/** Nothing was asked: neither by the app nor, as nothing is prepared for it, by WeChat. */
async function askedNothing(phone: DrivenPage) {
  await phone.settle()
  expect(await phone.count('.auth-sheet')).toBe(0)
  expect(await phone.page.locator('.simulator-dialogue').count()).toBe(0)
  expect(phone.unanswered).toEqual([])
}

describe('a guest who has just come', () => {
  test.each(PAGES)('is asked for nothing on %s', async (name) => {
    const phone = await world.launch(`fresh ${name}`, { url: urlOf(name) })
    await phone.waitFor(loaded[name])
    await askedNothing(phone)
    await phone.close()
  })

  test.each(PAGES)('can use %s although nobody can be signed in', async (name) => {
    const phone = await world.launch(`nobody ${name}`, {
      url: urlOf(name),
      answers: { login: { fail: 'no network' } },
    })
    await phone.waitFor(loaded[name])
    await askedNothing(phone)
    expect(await phone.count('.failure')).toBe(0)
    await phone.close()
  })
})

describe('before anything is asked', () => {
  test('the page says what for: phone number, identity, profile', async () => {
    const phone = await world.launch('reader', { url: urlOf('booking') })
    await phone.waitFor('#submit')
    expect(await phone.text('.declined')).toMatch(/手机号.*与您联系/)
    await phone.restart(urlOf('coupon'))
    expect(await phone.text('.coupon')).toMatch(/微信身份.*首次领取/)
    await phone.restart(urlOf('profile'))
    await phone.waitFor('.phone-number-button')
    expect(await phone.text('.profile-why')).toMatch(/头像和昵称/)
    expect(await phone.text('.profile-why', 1)).toMatch(/与您联系/)
    expect(await phone.count('.privacy-note')).toBe(1)
    await phone.tap('#edit')
    await phone.waitFor('.profile-form')
    expect(await phone.count('.privacy-note')).toBe(1)
    await phone.restart(urlOf('mine'))
    await phone.waitFor('.phone-number-button')
    expect(await phone.text('.person__why')).toMatch(/与您联系/)
    expect(await phone.text('.privacy-note')).toMatch(/同意.*隐私保护指引/)
    await phone.close()
  })
})

describe('a refusal leaves the page usable', () => {
  test('on the booking page, with what was filled in', async () => {
    const phone = await launchFilled(world, 'no to number', {
      answers: { getPhoneNumber: ['refuse'] },
    })
    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet__allow')
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.auth-sheet__error')
    await phone.tap('.auth-sheet__cancel')
    await hidden(phone, '.auth-sheet')
    expect(await phone.text('.declined')).toMatch(/尚未提交/)
    expect(await formValues(phone)).toEqual(FORM)
    await phone.type('#note', '改一下')
    expect((await formValues(phone)).note).toBe('改一下')
    await phone.close()
  })

  test('on the coupon page', async () => {
    const phone = await world.launch('no to identity', {
      unionid: 'encrypted',
      url: urlOf('coupon'),
    })
    await phone.tap('#claim')
    await phone.waitFor('.auth-sheet')
    await phone.tap('.auth-sheet__cancel')
    await phone.waitFor('.coupon__declined')
    await phone.waitFor('#claim:not([data-disabled])')
    await phone.close()
  })
})

describe('everybody can read and tap', () => {
  const looks = [
    { language: 'zh_CN', theme: 'light', fontScale: 1 },
    { language: 'zh_CN', theme: 'dark', fontScale: 1.4 },
    { language: 'en', theme: 'light', fontScale: 1.4 },
    { language: 'en', theme: 'dark', fontScale: 1 },
  ] as const

  test.each(looks)('in $language, $theme, at $fontScale times the size', async (look) => {
    const person = `reader of ${Object.values(look).join()}`
    await world.register(person)
    const phone = await world.launch(person, look)
    for (const name of [...PAGES, 'diagnostics'] as const) {
      await phone.page.evaluate((url) => window.simulator.open(url), urlOf(name))
      await phone.waitFor(name === 'diagnostics' ? '.headers-facts .fact' : loaded[name])
      expect({ name, weak: await weakContrasts(phone) }).toEqual({ name, weak: [] })
      expect({ name, wide: await overflowing(phone) }).toEqual({ name, wide: [] })
      const tapped = 'wx-button, .row[id], .person, wx-input, wx-picker'
      expect({ name, small: await smallTargets(phone, tapped) }).toEqual({ name, small: [] })
    }
    await phone.page.evaluate((url) => window.simulator.open(url), urlOf('booking'))
    await phone.waitFor('#submit')
    await phone.tap('#submit')
    await phone.waitFor('.field__error')
    expect(await weakContrasts(phone)).toEqual([])
    expect(await overflowing(phone)).toEqual([])
    await phone.close()
  })

  test.each(looks)(
    'the sheet, in $language, $theme, at $fontScale times the size',
    async (look) => {
      const phone = await launchFilled(world, `asked of ${Object.values(look).join()}`, look)
      await phone.tap('#submit')
      await phone.waitFor('.auth-sheet__allow')
      await phone.settle()
      expect(await weakContrasts(phone)).toEqual([])
      expect(await overflowing(phone)).toEqual([])
      expect(await smallTargets(phone, '.auth-sheet wx-button, .auth-sheet__cancel')).toEqual([])
      await phone.close()
    },
  )
})
