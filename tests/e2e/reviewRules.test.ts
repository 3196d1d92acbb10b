import type { DrivenPage } from '@watchword/simulator'
import { beforeAll, describe, expect, test } from 'vitest'
import { overflowing, smallTargets, weakContrasts } from './support/accessibility'
import {
  createWorld,
  FORM,
  formValues,
  goTo,
  hidden,
  launchFilled,
  storedSession,
  type World,
} from './support/world'

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

/** What a page has asked for: by itself or, as nothing is prepared for it, by WeChat. */
async function asked(phone: DrivenPage) {
  await phone.settle()
  return {
    sheets: await phone.count('.auth-sheet'),
    dialogues: await phone.page.locator('.simulator-dialogue').count(),
    unanswered: [...phone.unanswered],
  }
}
const nothing = { sheets: 0, dialogues: 0, unanswered: [] }

describe('a guest who has just come', () => {
  test('is asked for nothing on any page', async () => {
    const phone = await world.launch('fresh')
    for (const name of PAGES) {
      await goTo(phone, urlOf(name))
      await phone.waitFor(loaded[name])
      expect({ name, asked: await asked(phone) }).toEqual({ name, asked: nothing })
    }
    await phone.close()
  })

  test('can use every page although nobody can be signed in', async () => {
    const phone = await world.launch('nobody', { answers: { login: { fail: 'no network' } } })
    for (const name of PAGES) {
      await goTo(phone, urlOf(name))
      await phone.waitFor(loaded[name])
      expect({ name, asked: await asked(phone) }).toEqual({ name, asked: nothing })
      expect({ name, failures: await phone.count('.failure') }).toEqual({ name, failures: 0 })
    }
    expect(await storedSession(phone)).toEqual({})
    const authorizations = phone.requests.map(({ requestHeaders }) => requestHeaders.authorization)
    expect(new Set(authorizations)).toEqual(new Set([undefined]))
    await phone.close()
  })
})

describe('before anything is asked', () => {
  test('the page says what for: phone number, identity, profile', async () => {
    const phone = await world.launch('reader', { url: urlOf('booking') })
    await phone.waitFor('#submit')
    expect(await phone.text('.declined')).toMatch(/手机号.*与您联系/)
    await goTo(phone, urlOf('coupon'))
    expect(await phone.text('.coupon')).toMatch(/微信身份.*首次领取/)
    await goTo(phone, urlOf('profile'))
    await phone.waitFor('.phone-number-button')
    expect(await phone.text('.profile-why')).toMatch(/头像和昵称/)
    expect(await phone.text('.profile-why', 1)).toMatch(/与您联系/)
    expect(await phone.count('.privacy-note')).toBe(1)
    await phone.tap('#edit')
    await phone.waitFor('.profile-form')
    expect(await phone.count('.privacy-note')).toBe(1)
    await goTo(phone, urlOf('mine'))
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
    const phone = await launchFilled(world, person, look)

    async function expectReadable(name: string, tapped: string) {
      expect({ name, weak: await weakContrasts(phone) }).toEqual({ name, weak: [] })
      expect({ name, wide: await overflowing(phone) }).toEqual({ name, wide: [] })
      expect({ name, small: await smallTargets(phone, tapped) }).toEqual({ name, small: [] })
    }

    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet__allow')
    await phone.settle()
    await expectReadable('the sheet', '.auth-sheet wx-button, .auth-sheet__cancel')
    await phone.tap('.auth-sheet__cancel')
    await hidden(phone, '.auth-sheet')
    await phone.tap('.restored__clear')

    await world.register(person)
    const tapped = 'wx-button, .row[id], .person, wx-input, wx-picker'
    for (const name of [...PAGES, 'diagnostics'] as const) {
      await goTo(phone, urlOf(name))
      await phone.waitFor(name === 'diagnostics' ? '.headers-facts .fact' : loaded[name])
      await expectReadable(name, tapped)
    }
    await goTo(phone, urlOf('booking'))
    await phone.tap('#submit')
    await phone.waitFor('.field__error')
    await expectReadable('errors in the form', tapped)
    await phone.close()
  })
})
