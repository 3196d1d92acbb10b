import { beforeAll, describe, expect, test } from 'vitest'
import {
  FORM,
  createWorld,
  dayFromNow,
  fillBooking,
  formValues,
  goTo,
  launchFilled,
  type World,
  switchTab,
} from './support/world'

const BOOKING = 'example/booking/booking?service=small-van'
const PIANO = 'example/booking/booking?service=piano'
const EMPTY = { name: '', phone: '', address: '', note: '' }

let world: World
beforeAll(async () => {
  world = await createWorld()
})

async function typed(phone: Parameters<typeof formValues>[0]) {
  const { date, ...values } = await formValues(phone)
  return { date, values }
}

describe('what is filled in', () => {
  test('is there after a declined prompt, another page, another tab and a killed app', async () => {
    const phone = await world.launch('draft')
    await fillBooking(phone)
    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet')
    await phone.tap('.auth-sheet__cancel')
    await expect.poll(() => phone.count('.auth-sheet')).toBe(0)
    expect(await formValues(phone)).toEqual(FORM)

    await phone.page.locator('.simulator-navigation-bar__back').click()
    await phone.waitFor('.service')
    await switchTab(phone, '我的')
    await phone.waitFor('.user-name')
    await switchTab(phone, '首页')
    await phone.tap('.service__book')
    await phone.waitFor('.restored')
    expect(await formValues(phone)).toEqual(FORM)

    // Killed: no onHide comes before it.
    await phone.type('#note', '有电梯')
    await phone.restart(BOOKING)
    await phone.waitFor('.restored')
    expect(await formValues(phone)).toEqual({ ...FORM, note: '有电梯' })
    await phone.close()
  })

  test('is another for each service, and can be cleared for good', async () => {
    const phone = await launchFilled(world, 'draft of two')
    await goTo(phone, PIANO)
    await phone.waitFor('#submit')
    expect((await typed(phone)).values).toEqual(EMPTY)
    await phone.restart(BOOKING)
    await phone.waitFor('.restored')
    await phone.tap('.restored__clear')
    expect((await typed(phone)).values).toEqual(EMPTY)
    await phone.restart(BOOKING)
    await phone.waitFor('#submit')
    expect((await typed(phone)).values).toEqual(EMPTY)
    expect(await phone.count('.restored')).toBe(0)
    await phone.close()
  })

  test('is forgotten once it is booked', async () => {
    await world.register('booker')
    const phone = await launchFilled(world, 'booker')
    await phone.tap('#submit')
    await phone.waitFor('.booking-done')
    await phone.restart(BOOKING)
    await phone.waitFor('#submit')
    expect((await typed(phone)).values).toEqual(EMPTY)
    await phone.close()
  })

  test('is taken without a day that is past, and not where it is damaged', async () => {
    const phone = await world.launch('old drafts', {
      url: BOOKING,
      storage: {
        'draft:small-van': { ...FORM, date: dayFromNow(-1) },
        'draft:piano': 'name=林小舟',
      },
    })
    await phone.waitFor('#submit')
    expect(await formValues(phone)).toEqual({ ...FORM, date: '选择上门日期' })
    await goTo(phone, PIANO)
    await phone.waitFor('#submit')
    expect(await formValues(phone)).toEqual({ ...EMPTY, date: '选择上门日期' })
    await phone.close()
  })
})

describe('the form', () => {
  test('is of use although the services cannot be fetched, and they can be tried again', async () => {
    const phone = await world.launch('headless', {
      url: BOOKING,
      network: { latency: 0, jitter: 0, offline: true, failNext: 0 },
    })
    await phone.waitFor('.heading__failure')
    await phone.type('#name', FORM.name)
    await phone.control({
      type: 'network',
      network: { latency: 0, jitter: 0, offline: false, failNext: 0 },
    })
    await phone.tap('.heading__retry')
    await phone.waitFor('.heading__name')
    expect((await formValues(phone)).name).toBe(FORM.name)
    await phone.close()
  })

  test('says what is missing until it is filled in, and where the service is none of ours', async () => {
    const phone = await world.launch('hasty', { url: BOOKING })
    await phone.waitFor('#submit')
    await phone.tap('#submit')
    await expect.poll(() => phone.count('.field__error')).toBe(4)
    await phone.type('#name', FORM.name)
    await expect.poll(() => phone.count('.field__error')).toBe(3)
    await phone.type('#phone', FORM.phone)
    await phone.type('#address', FORM.address)
    phone.answer('picker', { value: FORM.date })
    await phone.tap('#date')
    await expect.poll(() => phone.count('.field__error')).toBe(0)

    await goTo(phone, 'example/booking/booking?service=rocket')
    await phone.waitFor('.heading__unknown')
    await phone.close()
  })

  test('stays usable, and says what to do, where WeChat gives no numbers', async () => {
    const failures = [
      { fail: 'the quota is used up', errno: 1400001 },
      { fail: 'the account has no right to it', errno: 102 },
    ]
    const phone = await launchFilled(world, 'numberless', {
      answers: { getPhoneNumber: [...failures, 'allow'] },
    })
    for (const { fail } of failures) {
      await phone.tap('#submit')
      await phone.waitFor('.auth-sheet')
      expect(await phone.count('.contact'), fail).toBe(0)
      await phone.tap('.auth-sheet__allow')
      await phone.waitFor('.auth-sheet__error')
      await phone.tap('.auth-sheet__cancel')
      await phone.waitFor('.contact')
      expect(await phone.text('.declined'), fail).toMatch(/手机号.*尚未提交.*联系客服/)
      expect(await formValues(phone), fail).toEqual(FORM)
    }
    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet')
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.booking-done')
    await phone.close()
  })

  test('shows English readers in English what the backend says in Chinese', async () => {
    await world.register('english')
    const draft = { ...FORM, date: dayFromNow(-10) }
    const storage = { 'draft:small-van': draft }
    const phone = await world.launch('english', { language: 'en', ownPage: true, storage })
    await phone.waitFor('.service')
    await phone.page.clock.setSystemTime(Date.now() - 30 * 24 * 60 * 60_000)
    await phone.tap('.service__book')
    await phone.waitFor('.restored')
    await phone.tap('#submit')
    await phone.waitFor('.field__error')
    expect(await phone.text('.field__error')).toBe('Please choose another date')
    await phone.close()
  })
})
