import type { DrivenPage } from '@watchword/simulator'
import { beforeAll, expect, test } from 'vitest'
import {
  FORM,
  counts,
  createWorld,
  fillBooking,
  formValues,
  goTo,
  signOut,
  hidden,
  launchFilled,
  storedSession,
  tapMask,
  type World,
  switchTab,
} from './support/world'

const MINE = 'example/mine/mine'
const COUPON = 'example/coupon/coupon'
const PRIVACY_REFUSED = { fail: 'privacy permission is not authorized', errno: 104 }

let world: World

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000)

/** WeChat answers when it is told to. */
function holdAnswer(phone: DrivenPage, api: string): (answer: 'allow' | 'refuse') => void {
  let release!: (answer: 'allow' | 'refuse') => void
  const held = new Promise<'allow' | 'refuse'>((resolve) => (release = resolve))
  phone.answer(api, () => held)
  return release
}

/** Two taps before the view has drawn anything. */
const tapTwice = (phone: DrivenPage, selector: string) =>
  phone.locate(selector).evaluate((element: HTMLElement) => {
    for (const type of ['mousedown', 'mouseup', 'mousedown', 'mouseup']) {
      element.dispatchEvent(new MouseEvent(type, { bubbles: true }))
    }
  })

async function askFor(phone: DrivenPage, title: string) {
  await phone.tap('#submit')
  await phone.waitFor('.auth-sheet__panel')
  expect(await phone.text('.auth-sheet__title')).toBe(title)
}

/** Declines in all ways: none loses anything, and the next try asks again. */
async function declineAll(phone: DrivenPage, title: string) {
  await askFor(phone, title)
  await tapMask(phone)
  await hidden(phone, '.auth-sheet')
  await askFor(phone, title)
  await phone.back()
  await hidden(phone, '.auth-sheet')
  expect((await phone.state()).routes.at(-1)).toBe('example/booking/booking')
  await askFor(phone, title)
  await phone.tap('.auth-sheet__cancel')
  await hidden(phone, '.auth-sheet')
  expect(await formValues(phone)).toEqual(FORM)
  expect(await phone.count('.booking-done')).toBe(0)
}

beforeAll(async () => {
  world = await createWorld()
})

test('a page of one’s own offers to bind the phone number, and takes a refusal', async () => {
  const phone = await world.launch('ning', {
    url: MINE,
    answers: { getPhoneNumber: ['refuse', 'allow'] },
  })
  await phone.waitFor('.phone-number-button')
  expect(await phone.text('.phone-number-button')).toBe('绑定手机号')
  await phone.tap('.phone-number-button')
  expect(await phone.text('.user-name')).toBe('已登录')
  await expect.poll(() => phone.text('.failure')).toBe('您未允许，需要时可再点一次')
  expect(counts(phone)['POST /auth/phone-number']).toBeUndefined()

  await phone.tap('.phone-number-button')
  await expect.poll(() => phone.text('.user-name')).toMatch(/^154\*{4}\d{4}$/)
  expect(await phone.count('.phone-number-button')).toBe(0)
  expect((await storedSession(phone)).state?.uid).toEqual(expect.any(String))
  await phone.close()
})

test('two taps on 登录 sign in and load once', async () => {
  await world.register('an')
  const phone = await world.launch('an', { url: MINE })
  await signOut(phone)
  const before = counts(phone)
  await tapTwice(phone, '#sign-in')
  await expect.poll(() => phone.text('.user-name')).toMatch(/^154\*{4}\d{4}$/)
  await phone.settle()
  const after = counts(phone)
  const since = (line: string) => (after[line] ?? 0) - (before[line] ?? 0)
  expect(['POST /auth/login', 'GET /me', 'GET /bookings'].map(since)).toEqual([1, 1, 1])
  await phone.close()
})

test('the phone number and a new login can be declined beside the sheet, by the back key, and by its button', async () => {
  const phone = await launchFilled(world, 'qiu')
  await declineAll(phone, '需要您的手机号')
  await goTo(phone, MINE)
  await signOut(phone)
  await switchTab(phone, '首页')
  await fillBooking(phone)
  await declineAll(phone, '登录后继续')
  expect(await storedSession(phone)).toEqual({ signedOut: true })
  await phone.close()
})

test('the sheet rises in 200 to 300 ms, or at once, covers the page, and clears the home bar', async () => {
  const phone = await launchFilled(world, 'sheng', { ownPage: true })
  const movement = () =>
    phone.locate('.auth-sheet__panel').evaluate((panel) => {
      const { animationName, animationDuration } = getComputedStyle(panel)
      return animationName === 'none' ? 0 : parseFloat(animationDuration) * 1000
    })
  await askFor(phone, '需要您的手机号')
  expect(await movement()).toBe(0)
  const { covered, below } = await phone.locate('#submit').evaluate((button) => {
    const { left, top, height } = button.getBoundingClientRect()
    const content = document.querySelector('.auth-sheet__content')!
    return {
      covered:
        document.elementFromPoint(left + 4, top + height / 2)?.closest('.auth-sheet') !== null,
      below: parseFloat(getComputedStyle(content).paddingBottom),
    }
  })
  expect(covered).toBe(true)
  expect(below).toBeGreaterThan(34)
  await phone.tap('.auth-sheet__cancel')
  await hidden(phone, '.auth-sheet')

  await phone.page.emulateMedia({ reducedMotion: 'no-preference' })
  await phone.locate('#submit').click()
  await phone.locate('.auth-sheet__panel').waitFor()
  expect(await movement()).toBeGreaterThanOrEqual(200)
  expect(await movement()).toBeLessThanOrEqual(300)
  await phone.close()
})

test('a number that WeChat will not give is said, and another way offered', async () => {
  const phone = await launchFilled(world, 'kun', {
    answers: {
      getPhoneNumber: [
        { fail: 'the quota is used up', errno: 1400001 },
        { fail: 'no permission', errno: 102 },
        PRIVACY_REFUSED,
        'refuse',
        'allow',
      ],
    },
  })
  await askFor(phone, '需要您的手机号')
  expect(await phone.count('.auth-sheet__otherwise')).toBe(0)
  for (const said of [/手机号授权暂时不可用/, /暂不能获取此信息/, /隐私保护指引/]) {
    await phone.tap('.phone-number-button')
    await expect.poll(() => phone.text('.auth-sheet__error')).toMatch(said)
    expect(await phone.text('.auth-sheet__otherwise')).toMatch(/客服/)
  }
  await phone.tap('.phone-number-button')
  await expect.poll(() => phone.text('.auth-sheet__error')).toMatch(/未授权/)
  expect(await phone.count('.auth-sheet__otherwise')).toBe(0)
  await phone.tap('.phone-number-button')
  await phone.waitFor('.booking-done')
  await phone.close()
})

test('the button of a number is not pressed twice before WeChat answers', async () => {
  const phone = await launchFilled(world, 'kuai')
  await askFor(phone, '需要您的手机号')
  const answer = holdAnswer(phone, 'getPhoneNumber')
  await phone.locate('.phone-number-button').click()
  await phone.waitFor('.watchword-button--pressing')
  const pressable = () =>
    phone
      .locate('.phone-number-button')
      .evaluate((button) => getComputedStyle(button).pointerEvents !== 'none')
  expect(await pressable()).toBe(false)
  answer('refuse')
  await phone.waitFor('.auth-sheet__error')
  expect(await pressable()).toBe(true)
  await phone.close()
})

test('user info: a user who refuses the privacy terms reads so, and presses again', async () => {
  const phone = await world.launch('careful', {
    unionid: 'encrypted',
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
  await world.register('wei')
  const draft = { ...FORM, date: daysAgo(10).toISOString().slice(0, 10) }
  const phone = await world.launch('wei', { ownPage: true, storage: { 'draft:small-van': draft } })
  await phone.waitFor('.service')
  await phone.page.clock.setSystemTime(daysAgo(30))
  await phone.tap('.service__book')
  await phone.waitFor('.restored')
  await phone.tap('#submit')
  await phone.waitFor('.field__error')
  expect(await phone.count('.field__error')).toBe(1)
  expect(await phone.text('.field:has(#date) + .field__error')).toMatch(/日期/)
  expect(await phone.count('.failure')).toBe(0)
  await phone.close()
})
