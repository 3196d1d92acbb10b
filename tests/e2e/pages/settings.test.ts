import type { DrivenPage } from '@watchword/simulator'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  counts,
  createWorld,
  dayFromNow,
  formValues,
  goTo,
  hidden,
  launchFilled,
  storedSession,
  type World,
  switchTab,
} from '../support/world'

const HOME = 'example/home/home'
const MINE = 'example/mine/mine'
const SETTINGS = 'example/settings/settings'
const DRAFT = {
  name: '林小舟',
  phone: '15400001234',
  address: '梧桐路 8 号',
  date: dayFromNow(7),
  note: '',
}

let world: World
beforeAll(async () => {
  world = await createWorld()
})

const network = (phone: DrivenPage, offline: boolean) =>
  phone.control({ type: 'network', network: { latency: 0, jitter: 0, offline, failNext: 0 } })
const drafts = async (phone: DrivenPage) =>
  Object.keys((await phone.state()).storage).filter((key) => key.startsWith('draft:'))

describe('the settings', () => {
  test('open WeChat’s own, and the privacy contract; or say how to get there', async () => {
    const phone = await world.launch('setter', {
      url: SETTINGS,
      answers: {
        openSetting: [{ fail: 'not now' }],
        openPrivacyContract: [{ fail: 'not now' }, 'allow'],
      },
    })
    await phone.waitFor('.permission')
    expect(await phone.count('.permission')).toBeGreaterThan(2)
    await phone.tap('#open-setting')
    await expect.poll(() => phone.text('.failure')).toMatch(/···/)
    await phone.tap('#open-contract')
    await expect.poll(() => phone.text('.failure')).toMatch(/隐私保护指引/)
    await phone.tap('#open-contract')
    await hidden(phone, '.failure')
    await phone.close()
  })

  test('have no privacy contract on base libraries without one', async () => {
    const phone = await world.launch('older', { url: SETTINGS, sdkVersion: '2.30.0' })
    await phone.waitFor('.permission')
    expect(await phone.count('#open-contract')).toBe(0)
    await phone.close()
  })

  test('sign out two taps away from the start, and forget what was filled in', async () => {
    await world.register('leaver')
    const phone = await world.launch('leaver', { storage: { 'draft:piano': DRAFT } })
    await phone.waitFor('.service')
    await switchTab(phone, '我的')
    await phone.tap('#open-settings')
    const seen = await phone.locate('#sign-out').evaluate((button) => {
      const { top, bottom } = button.getBoundingClientRect()
      return top >= 0 && bottom <= window.innerHeight
    })
    expect(seen).toBe(true)
    await phone.tap('#sign-out')
    await phone.waitFor('#sign-in')
    expect((await phone.state()).routes).toEqual([MINE])
    expect(await storedSession(phone)).toEqual({ signedOut: true })
    expect(await drafts(phone)).toEqual([])
    await phone.close()
  })
})

describe('deleting the account', () => {
  test('asks a second time, says what is lost, and does nothing on 取消 or where it fails', async () => {
    await world.register('hesitant')
    const phone = await world.launch('hesitant', { storage: { 'draft:piano': DRAFT } })
    await phone.waitFor('.service')
    await goTo(phone, SETTINGS)
    await phone.waitFor('#delete-account')
    await phone.tap('#delete-account')
    expect(await phone.count('#delete-account[data-loading]')).toBe(0)
    const dialogue = phone.page.locator('.simulator-dialogue__text')
    await expect.poll(() => dialogue.innerText()).toMatch(/预约.*无法恢复/)
    await phone.choose('取消')
    await phone.waitFor('#delete-account:not([data-disabled])')
    expect(counts(phone)['DELETE /auth/account']).toBeUndefined()
    expect((await storedSession(phone)).state?.uid).toEqual(expect.any(String))
    expect(await drafts(phone)).toEqual(['draft:piano'])

    await network(phone, true)
    await phone.tap('#delete-account')
    await phone.choose('注销')
    await phone.waitFor('.failure')
    expect(await phone.text('.failure')).toMatch(/没能确认.*再试一次.*网络/)
    expect((await storedSession(phone)).state?.uid).toEqual(expect.any(String))
    expect(await drafts(phone)).toEqual(['draft:piano'])
    await phone.close()
  })

  test('asks a second time in English, too, whose words are longer than WeChat’s buttons take', async () => {
    await world.register('english')
    const phone = await world.launch('english', { language: 'en' })
    await phone.waitFor('.service')
    await goTo(phone, SETTINGS)
    await phone.waitFor('#delete-account')
    await phone.tap('#delete-account')
    await phone.choose('No')
    expect(counts(phone)['DELETE /auth/account']).toBeUndefined()
    await phone.tap('#delete-account')
    await phone.choose('Yes')
    await phone.waitFor(({ routes }) => routes.join() === HOME)
    expect(counts(phone)['DELETE /auth/account']).toBe(1)
    await phone.close()
  })

  test('is real, forgets everything here, and leaves a guest', async () => {
    await world.register('gone')
    const phone = await launchFilled(world, 'gone')
    await phone.tap('#submit')
    await phone.waitFor('.booking-done')
    await goTo(phone, 'example/booking/booking?service=piano')
    await phone.type('#name', '林小舟')
    await goTo(phone, SETTINGS)
    await phone.waitFor('#delete-account')
    const { accessToken } = (await storedSession(phone)).state!
    await phone.tap('#delete-account')
    await phone.choose('注销')
    await phone.waitFor(({ routes }) => routes.join() === HOME)
    await phone.waitFor('.service')
    expect(await storedSession(phone)).toEqual({ signedOut: true })
    expect(await drafts(phone)).toEqual([])
    const headers = { Authorization: `Bearer ${accessToken}` }
    expect((await fetch(`${world.backend}/me`, { headers })).status).toBe(401)

    // Whoever comes back is somebody new.
    await switchTab(phone, '我的')
    await phone.tap('#sign-in')
    await phone.waitFor('.bookings__empty')
    expect(await phone.text('.user-name')).toBe('已登录')
    await phone.tap('.bookings__browse')
    await phone.tap('.service__book')
    await phone.waitFor('#submit')
    expect((await formValues(phone)).name).toBe('')
    await phone.close()
  })
})
