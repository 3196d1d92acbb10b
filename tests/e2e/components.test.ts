import type { DrivenPage } from '@watchword/simulator'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { PROFILE_REASON, startProfileBackend, type ProfileBackend } from './support/profileBackend'
import {
  FORM,
  counts,
  createWorld,
  fillBooking,
  formValues,
  register,
  storedSession,
  type World,
} from './support/world'

const MINE = 'src/pages/mine/mine'
const COUPON = 'src/pages/coupon/coupon'
const PRIVACY_REFUSED = { fail: 'privacy permission is not authorized', errno: 104 }

let world: World

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000)

/** Two taps before the view has drawn anything. */
const tapTwice = (phone: DrivenPage, selector: string) =>
  phone.locate(selector).evaluate((element: HTMLElement) => {
    for (const type of ['mousedown', 'mouseup', 'mousedown', 'mouseup']) {
      element.dispatchEvent(new MouseEvent(type, { bubbles: true }))
    }
  })

/** Beside the panel, where the mask can be seen. */
const tapMask = (phone: DrivenPage) =>
  phone.locate('.auth-sheet__mask').click({ position: { x: 20, y: 20 } })

const hidden = (phone: DrivenPage, selector: string) =>
  expect.poll(() => phone.count(selector)).toBe(0)

async function askFor(phone: DrivenPage, title: string) {
  await phone.tap('#submit')
  await phone.waitFor('.auth-sheet__panel')
  expect(await phone.text('.auth-sheet__title')).toBe(title)
}

/** Declines in both ways: neither loses anything, and the next try asks again. */
async function declineTwice(phone: DrivenPage, title: string) {
  await askFor(phone, title)
  await tapMask(phone)
  await hidden(phone, '.auth-sheet')
  await askFor(phone, title)
  await phone.tap('.auth-sheet__cancel')
  await hidden(phone, '.auth-sheet')
  expect(await formValues(phone)).toEqual(FORM)
  expect(await phone.count('.booking-done')).toBe(0)
}

describe('with the reference backend', () => {
  beforeAll(async () => {
    world = await createWorld()
  })
  afterAll(() => world.close())

  test('a page of one’s own offers to bind the phone number, and takes a refusal', async () => {
    const phone = await world.launch('ning', {
      url: MINE,
      answers: { getPhoneNumber: ['refuse', 'allow'] },
    })
    await phone.waitFor('.phone-number-button')
    expect(await phone.text('.phone-number-button')).toBe('绑定手机号')
    await phone.tap('.phone-number-button')
    expect(await phone.text('.user-name')).toBe('已登录')
    expect(await phone.count('.failure')).toBe(0)
    expect(counts(phone)['POST /auth/phone-number']).toBeUndefined()

    await phone.tap('.phone-number-button')
    await expect.poll(() => phone.text('.user-name')).toMatch(/^154\*{4}\d{4}$/)
    expect(await phone.count('.phone-number-button')).toBe(0)
    expect((await storedSession(phone)).state?.uid).toEqual(expect.any(String))
    await phone.close()
  })

  test('two taps on 登录 sign in and load once', async () => {
    await register(world, 'an')
    const phone = await world.launch('an', { url: MINE })
    await phone.waitFor('#sign-out')
    await phone.tap('#sign-out')
    await phone.waitFor('#sign-in')
    const before = counts(phone)
    await tapTwice(phone, '#sign-in')
    await expect.poll(() => phone.text('.user-name')).toMatch(/^154\*{4}\d{4}$/)
    await phone.settle()
    const after = counts(phone)
    const since = (line: string) => (after[line] ?? 0) - (before[line] ?? 0)
    expect(['POST /auth/login', 'GET /me', 'GET /bookings'].map(since)).toEqual([1, 1, 1])
    await phone.close()
  })

  test('the phone number and a new login can be declined beside the sheet and by its button', async () => {
    const phone = await world.launch('qiu')
    await fillBooking(phone)
    await declineTwice(phone, '需要您的手机号')
    await phone.restart(MINE)
    await phone.waitFor('#sign-out')
    await phone.tap('#sign-out')
    await phone.restart('src/pages/home/home')
    await fillBooking(phone)
    await declineTwice(phone, '登录后继续')
    expect(await storedSession(phone)).toEqual({ signedOut: true })
    await phone.close()
  })

  test('user info: who refuses the privacy terms is told so, and presses again', async () => {
    world.stack.wechat.person('careful', { unionid: 'encrypted' })
    const phone = await world.launch('careful', {
      url: COUPON,
      answers: { getUserInfo: [PRIVACY_REFUSED, 'allow'] },
    })
    await phone.tap('#claim')
    await phone.waitFor('.auth-sheet')
    expect(await phone.text('.auth-sheet__title')).toBe('确认您的微信身份')
    await phone.tap('.auth-sheet__allow')
    expect(await phone.text('.auth-sheet__error')).toMatch(/隐私保护指引/)
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.coupon-done')
    await phone.close()
  })

  test('a date that only a phone with a wrong clock offers is refused beside the field', async () => {
    await register(world, 'wei')
    const phone = await world.launch('wei')
    await phone.waitFor('.service')
    await phone.page.clock.setSystemTime(daysAgo(30))
    await fillBooking(phone)
    phone.answer('picker', { value: daysAgo(10).toISOString().slice(0, 10) })
    await phone.tap('#date')
    await phone.tap('#submit')
    await phone.waitFor('.field__error')
    expect(await phone.count('.field__error')).toBe(1)
    expect(await phone.text('.field:has(#date) + .field__error')).toMatch(/日期/)
    expect(await phone.count('.failure')).toBe(0)

    phone.answer('picker', { value: FORM.date })
    await phone.tap('#date')
    await phone.tap('#submit')
    await phone.waitFor('.booking-done')
    await phone.close()
  })
})

describe('with a backend that asks for picture and nickname', () => {
  let backend: ProfileBackend
  beforeAll(async () => {
    world = await createWorld(0)
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    backend = await startProfileBackend(inject('backendPort'), world.stack.backend.url)
  })
  afterEach(() => backend.close())

  /** Somebody whose form is filled and who is asked for the profile. */
  async function launchAsked(person: string, answers = {}) {
    await register(world, person)
    const phone = await world.launch(person, { answers })
    await fillBooking(phone)
    await askFor(phone, '完善头像和昵称')
    return phone
  }

  test('the reason is told, both are given, the picture is uploaded first', async () => {
    const phone = await launchAsked('lan', { chooseAvatar: ['allow'], getUserInfo: ['allow'] })
    expect(await phone.text('.auth-sheet__reason')).toBe(PROFILE_REASON)
    await phone.tap('.profile-form__avatar')
    await phone.waitFor('.profile-form__picture')
    await phone.type('.profile-form__nickname', '小岚')
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.booking-done')
    expect(backend.pictures).toHaveLength(1)
    expect(backend.pictures[0]!.includes('PNG')).toBe(true)
    expect(backend.submitted).toEqual([
      expect.objectContaining({
        nickname: '小岚',
        avatarUrl: expect.stringMatching(/\/pictures\/0$/),
        encryptedData: expect.any(String),
        signature: expect.any(String),
      }),
    ])
    await phone.close()
  })

  test('without a nickname nothing is sent; without a picture the nickname alone is', async () => {
    const phone = await launchAsked('bo', {
      chooseAvatar: ['refuse'],
      getUserInfo: ['allow', 'allow'],
    })
    await phone.tap('.auth-sheet__allow')
    expect(await phone.text('.profile-form__error')).toBe('请填写昵称。')
    expect(backend.submitted).toEqual([])
    await phone.tap('.profile-form__avatar')
    expect(await phone.count('.profile-form__picture')).toBe(0)
    await phone.type('.profile-form__nickname', '小博')
    await hidden(phone, '.profile-form__error')
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.booking-done')
    expect(backend.pictures).toEqual([])
    expect(backend.submitted).toEqual([expect.objectContaining({ nickname: '小博' })])
    await phone.close()
  })

  test('a nickname that WeChat takes back is missing', async () => {
    const phone = await launchAsked('yu', {
      getUserInfo: ['allow'],
      nicknameReview: [{ pass: false }],
    })
    await phone.type('.profile-form__nickname', '客服')
    await phone.locate('.profile-form__nickname').locator('input').blur()
    await expect
      .poll(() => phone.locate('.profile-form__nickname').locator('input').inputValue())
      .toBe('')
    await phone.tap('.auth-sheet__allow')
    expect(await phone.text('.profile-form__error')).toBe('请填写昵称。')
    expect(backend.submitted).toEqual([])
    await phone.close()
  })

  test('who refuses, or refuses the privacy terms, is told so and keeps what was typed', async () => {
    const phone = await launchAsked('shu', {
      getUserInfo: ['refuse', PRIVACY_REFUSED, 'allow'],
    })
    await phone.type('.profile-form__nickname', '小舒')
    await phone.tap('.auth-sheet__allow')
    expect(await phone.text('.auth-sheet__error')).toMatch(/未授权/)
    await phone.tap('.auth-sheet__allow')
    await expect.poll(() => phone.text('.auth-sheet__error')).toMatch(/隐私保护指引/)
    expect(backend.submitted).toEqual([])
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.booking-done')
    expect(backend.submitted).toEqual([expect.objectContaining({ nickname: '小舒' })])
    await phone.close()
  })

  test('while it is being submitted, neither button nor mask does anything', async () => {
    const phone = await launchAsked('fan', { getUserInfo: ['allow'] })
    const release = backend.hold()
    await phone.type('.profile-form__nickname', '小凡')
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.auth-sheet__allow[data-disabled][data-loading]')
    await tapTwice(phone, '.auth-sheet__allow')
    await tapMask(phone)
    expect(await phone.count('.auth-sheet__panel')).toBe(1)
    release()
    await phone.waitFor('.booking-done')
    expect(backend.submitted).toHaveLength(1)
    await phone.close()
  })

  test('can be declined beside the sheet and by its button', async () => {
    await register(world, 'xin')
    const phone = await world.launch('xin')
    await fillBooking(phone)
    await declineTwice(phone, '完善头像和昵称')
    expect(backend.submitted).toEqual([])
    await phone.close()
  })
})
