import type { DrivenPage, LaunchOptions } from '@watchword/simulator'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  counts,
  createWorld,
  fillBooking,
  goTo,
  hidden,
  signOut,
  storedSession,
  type World,
  switchTab,
} from '../support/world'

const HOME = 'example/home/home'
const MINE = 'example/mine/mine'
const PROFILE = 'example/profile/profile'
const SETTINGS = 'example/settings/settings'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

const network = (phone: DrivenPage, offline: boolean) =>
  phone.control({ type: 'network', network: { latency: 0, jitter: 0, offline, failNext: 0 } })
const title = (phone: DrivenPage) =>
  phone.page.locator('.simulator-navigation-bar__title').innerText()
const tabs = (phone: DrivenPage) => phone.page.locator('.simulator-tab').allInnerTexts()
const back = (phone: DrivenPage) => phone.page.locator('.simulator-navigation-bar__back').click()

describe('home', () => {
  test('says why it could not be loaded, and keeps what it has when a refresh fails', async () => {
    const phone = await world.launch('unconnected', {
      network: { latency: 0, jitter: 0, offline: true, failNext: 0 },
    })
    await phone.waitFor('.state__retry')
    expect(await phone.text('.state')).toMatch(/网络/)
    const { left, right, gap } = await phone.locate('.state__retry').evaluate((button) => {
      const box = button.getBoundingClientRect()
      const above = button.previousElementSibling!.getBoundingClientRect()
      return { left: box.left, right: window.innerWidth - box.right, gap: box.top - above.bottom }
    })
    expect(Math.abs(left - right)).toBeLessThan(1)
    expect(gap).toBeGreaterThan(10)
    await network(phone, false)
    await phone.tap('.state__retry')
    await phone.waitFor('.service')
    const services = await phone.count('.service')
    await network(phone, true)
    await phone.pullDown()
    await phone.waitFor('.failed')
    expect(await phone.text('.failure')).toMatch(/网络/)
    expect(await phone.count('.service')).toBe(services)
    await network(phone, false)
    await phone.tap('.failed__retry')
    await hidden(phone, '.failed')
    await phone.pullDown()
    await phone.waitFor('.service')
    await phone.settle()
    expect(counts(phone)['GET /services']).toBeGreaterThan(3)
    await phone.close()
  })
})

test.each(['ios', 'android'] as const)(
  'a virtual good that the backend offers is shown neither at home nor by a link: %s',
  async (platform) => {
    const { data } = (await (await fetch(`${world.backend}/services`)).json()) as {
      data: { isVirtual: boolean }[]
    }
    const phone = await world.launch('shopper', { platform })
    await phone.waitFor('.service')
    expect(data.filter(({ isVirtual }) => isVirtual)).toHaveLength(1)
    expect(await phone.count('.service')).toBe(data.length - 1)
    expect(await phone.text('.page')).not.toContain('线上整理课')
    await phone.restart('example/booking/booking?service=packing-course')
    await phone.waitFor('.heading__unknown')
    await phone.close()
  },
)

describe('我的', () => {
  test('says who is signed in, and shows the bookings made meanwhile', async () => {
    await world.register('owner')
    const phone = await world.launch('owner')
    await phone.waitFor('.service')
    await switchTab(phone, '我的')
    await phone.waitFor('.bookings__empty')
    expect(await phone.text('.user-name')).toMatch(/^154\*{4}\d{4}$/)
    await phone.tap('.bookings__browse')
    await fillBooking(phone)
    await phone.tap('#submit')
    await phone.waitFor('.booking-done')
    await phone.tap('.booking-done__more')
    await phone.waitFor('.booking')
    expect((await phone.state()).routes).toEqual([MINE])
    await phone.close()
  })

  test('says why it could not be loaded, tries again, and is pulled down to be refreshed', async () => {
    await world.register('offline')
    const phone = await world.launch('offline', { url: MINE })
    await phone.waitFor('.bookings__empty')
    await network(phone, true)
    await phone.pullDown()
    await phone.waitFor('.failure')
    expect(await phone.text('.failure')).toMatch(/网络/)
    expect(await phone.count('.bookings__empty')).toBe(1)
    await network(phone, false)
    await phone.tap('.failed__retry')
    await hidden(phone, '.failure')
    await phone.close()
  })

  test('shows a guest what signing in gives, and the rest all the same', async () => {
    const phone = await world.launch('guest', {
      url: MINE,
      answers: { login: { fail: 'no network' } },
    })
    await phone.waitFor('#sign-in')
    expect(await phone.text('.person__why')).toMatch(/登录后可以查看预约/)
    expect(await phone.count('.failure')).toBe(0)
    await phone.tap('#sign-in')
    await phone.waitFor('.failure')
    await phone.tap('#open-profile')
    await phone.waitFor('.state')
    await back(phone)
    await phone.tap('#open-settings')
    await phone.waitFor('.settings-guest')
    expect(await phone.count('#sign-out, #delete-account')).toBe(0)
    await phone.close()
  })

  test('remembers the coupon, and forgets it with the user', async () => {
    await world.register('couponed')
    const phone = await world.launch('couponed', { url: MINE })
    await phone.waitFor('.bookings__empty')
    await phone.tap('#open-coupon')
    await phone.tap('#claim')
    await phone.waitFor('.coupon-done')
    await back(phone)
    await expect.poll(() => phone.text('#open-coupon')).toMatch(/已领取/)
    await phone.tap('#open-coupon')
    await phone.waitFor('.coupon-done')
    await back(phone)
    await signOut(phone)
    expect(await phone.text('#open-coupon')).toMatch(/去领取/)
    expect(counts(phone)['POST /coupons']).toBe(1)
    await phone.close()
  })
})

describe('the profile', () => {
  async function edit(person: string, options: LaunchOptions) {
    const phone = await world.launch(person, { url: PROFILE, ...options })
    await phone.waitFor('#edit')
    await phone.tap('#edit')
    await phone.type('.profile-form__nickname', '小舟')
    return phone
  }

  test('shows the number masked, and takes a nickname, which 我的 then shows', async () => {
    await world.register('named')
    const phone = await edit('named', { answers: { getUserInfo: ['allow'] } })
    await phone.tap('.profile-form__submit')
    await phone.waitFor('.profile-saved')
    await expect.poll(() => phone.text('#my-nickname .row__end')).toBe('小舟')
    expect(await phone.text('#my-phone .row__end')).toMatch(/^154\*{4}\d{4}$/)
    await phone.tap('#edit')
    await expect
      .poll(() => phone.locate('.profile-form__nickname').locator('input').inputValue())
      .toBe('小舟')
    await phone.restart(MINE)
    await expect.poll(() => phone.text('.user-name')).toBe('小舟')
    await phone.close()
  })

  test('is saved by the first press though the session key has died', async () => {
    await world.register('rotated')
    const phone = await world.launch('rotated', {
      url: PROFILE,
      answers: { getUserInfo: ['allow', 'allow'], chooseAvatar: ['allow'] },
    })
    await phone.waitFor('#edit')
    await phone.control({ type: 'rotateSessionKey' })
    const before = counts(phone)['POST /auth/login'] ?? 0
    await phone.tap('#edit')
    await expect.poll(() => counts(phone)['POST /auth/login']).toBe(before + 1)
    await phone.type('.profile-form__nickname', '小舟')
    await phone.tap('.profile-form__submit')
    await phone.waitFor('.profile-saved')
    expect(counts(phone)['POST /auth/user-info']).toBe(1)

    // It dies while the form is open: what needs no key is sent again, the picture not.
    await phone.tap('#edit')
    await phone.waitFor('.profile-form__nickname')
    await phone.settle()
    await phone.control({ type: 'rotateSessionKey' })
    await phone.tap('.profile-form__avatar')
    await phone.waitFor('.profile-form__picture')
    await phone.tap('.profile-form__submit')
    await phone.waitFor('.profile-saved')
    expect(counts(phone)).toMatchObject({ 'POST /auth/user-info': 3, 'POST /auth/avatar': 1 })
    expect(counts(phone)['POST /auth/login']).toBe(before + 2)
    await phone.close()
  })

  test('binds the phone number, and takes a refusal', async () => {
    const phone = await world.launch('binder', {
      url: PROFILE,
      answers: { getPhoneNumber: ['refuse', { fail: 'quota', errno: 1400001 }, 'allow'] },
    })
    await phone.waitFor('.phone-number-button')
    await phone.tap('.phone-number-button')
    await phone.waitFor('.phone-number-button:not([data-disabled])')
    expect(await phone.text('.failure')).toMatch(/未允许/)
    expect(await phone.count('.bind-contact')).toBe(0)
    await phone.tap('.phone-number-button')
    await expect.poll(() => phone.text('.failure')).toMatch(/客服/)
    expect(await phone.text('.bind-contact')).toBe('联系客服')
    await phone.tap('.phone-number-button')
    await expect.poll(() => phone.text('#my-phone .row__end')).toMatch(/^154\*{4}\d{4}$/)
    await hidden(phone, '.failure')
    await phone.close()
  })

  test('that is refused says so, and is not kept once it is left', async () => {
    const phone = await edit('refuser', {
      answers: { getUserInfo: ['refuse'], chooseAvatar: ['allow'] },
    })
    await phone.tap('.profile-form__avatar')
    await phone.waitFor('.profile-form__picture')
    await phone.tap('.profile-form__submit')
    await phone.waitFor('.failure')
    expect(await phone.text('.failure')).toMatch(/没有保存/)
    await phone.tap('#cancel-edit')
    await phone.waitFor('#edit')
    expect(await phone.text('#my-nickname .row__end')).toBe('未填写')
    await phone.tap('#edit')
    await phone.waitFor('.profile-form__nickname')
    expect(await phone.locate('.profile-form__nickname').locator('input').inputValue()).toBe('')
    expect(await phone.count('.profile-form__picture')).toBe(0)
    expect(JSON.stringify((await phone.state()).storage)).not.toMatch(/小舟/)
    const sent = counts(phone)
    expect([sent['POST /auth/avatar'], sent['POST /auth/user-info']]).toEqual([
      undefined,
      undefined,
    ])
    await phone.close()
  })

  test('that could not be loaded can be tried again; a guest signs in there', async () => {
    await world.register('retrier')
    const phone = await world.launch('retrier', { url: MINE })
    await phone.waitFor('.bookings__empty')
    await network(phone, true)
    await phone.tap('#open-profile')
    await phone.waitFor('.state__retry')
    await network(phone, false)
    await phone.tap('.state__retry')
    await phone.waitFor('#edit')
    await back(phone)
    await signOut(phone)
    await phone.tap('#open-profile')
    await phone.waitFor('.auth-sheet__allow')
    expect(await phone.text('.state')).toMatch(/登录后可以查看/)
    expect(await phone.text('.auth-sheet__reason')).toMatch(/登录后可以查看/)
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('#my-phone .row__end')
    await phone.close()
  })

  test('asks who comes by a link, and they are there afterwards, query and all', async () => {
    await world.register('linked')
    const phone = await world.launch('linked', { url: MINE })
    await signOut(phone)
    await phone.restart(`${PROFILE}?from=message`)
    await phone.waitFor('.auth-sheet__allow')
    expect(counts(phone)['GET /auth/token-state']).toBe(1)
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('#my-phone .row__end')
    expect(await phone.state()).toMatchObject({ routes: [PROFILE], query: { from: 'message' } })
    await phone.close()
  })

  test('takes back who declines, and home who came by a link', async () => {
    await world.register('declining')
    const phone = await world.launch('declining', { url: MINE })
    await signOut(phone)
    await phone.tap('#open-profile')
    await phone.waitFor('.auth-sheet__cancel')
    await phone.tap('.auth-sheet__cancel')
    await phone.waitFor(({ routes }) => routes.join() === MINE)
    await phone.restart(`${PROFILE}?from=message`)
    await phone.waitFor('.auth-sheet__cancel')
    await phone.tap('.auth-sheet__cancel')
    await phone.waitFor(({ routes }) => routes.join() === HOME)
    expect(await storedSession(phone)).toEqual({ signedOut: true })
    await phone.close()
  })
})

describe('the language', () => {
  test('follows the phone, is switched at once, and stays after a restart', async () => {
    const phone = await world.launch('speaker', { url: HOME })
    await phone.waitFor('.service')
    expect([await title(phone), await tabs(phone)]).toEqual(['易搬家', ['首页', '我的']])
    await switchTab(phone, '我的')
    await phone.tap('#open-settings')
    await expect.poll(() => title(phone)).toBe('设置')
    await phone.tap('#language-en')
    await expect.poll(() => title(phone)).toBe('Settings')
    expect(await phone.text('#sign-out')).toBe('Log Out')
    await back(phone)
    await expect.poll(() => title(phone)).toBe('Me')
    await expect.poll(() => tabs(phone)).toEqual(['Home', 'Me'])
    expect(await phone.text('.phone-number-button')).toBe('Link Phone Number')
    await switchTab(phone, 'Home')
    await expect.poll(() => phone.text('.service .name')).toBe('Small van')

    await phone.restart(HOME)
    await phone.waitFor('.service')
    await expect.poll(() => title(phone)).toBe('Easy Move')
    await fillBooking(phone)
    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet__reason')
    expect(await phone.text('.auth-sheet__reason')).toBe('So that the movers can reach you')
    await phone.tap('.auth-sheet__cancel')
    await goTo(phone, SETTINGS)
    await phone.tap('#language-auto')
    await expect.poll(() => title(phone)).toBe('设置')
    await phone.close()
  })

  test('is English on an English phone, and can be Chinese there', async () => {
    const phone = await world.launch('englishman', { url: SETTINGS, language: 'en' })
    await expect.poll(() => title(phone)).toBe('Settings')
    await phone.tap('#language-zh-Hans')
    await expect.poll(() => title(phone)).toBe('设置')
    await phone.restart(MINE)
    await expect.poll(() => title(phone)).toBe('我的')
    await phone.close()
  })
})
