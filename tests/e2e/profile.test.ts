import type { DrivenPage, LaunchOptions } from '@watchword/simulator'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  counts,
  createWorld,
  fillBooking,
  formValues,
  FORM,
  hidden,
  launchFilled,
  storedSession,
  tapMask,
  type World,
} from './support/world'

// The backend's policy is *profile* here: who books is asked for picture and nickname, too.
let world: World
beforeAll(async () => {
  world = await createWorld('profile')
})

const NICKNAME = '.profile-form__nickname'
const SUBMIT = '.profile-form__submit'
/** Nobody has agreed to the privacy terms yet: WeChat asks through the app. */
const TERMS_UNREAD = { requirePrivacyAuthorize: 'ask' } as const
const PRIVACY_REFUSED = { fail: 'privacy permission is not authorized', errno: 104 }

/** Somebody whose form is filled and who is asked for the profile. */
async function launchAsked(person: string, options: LaunchOptions = {}) {
  await world.register(person)
  const phone = await launchFilled(world, person, options)
  await askAgain(phone)
  return phone
}

async function askAgain(phone: DrivenPage) {
  await phone.tap('#submit')
  await phone.waitFor('.profile-form, .profile-form__submit')
  expect(await phone.text('.auth-sheet__title')).toBe('完善头像和昵称')
}

/** The first thing that needs the privacy terms: the sheet asks for them, and goes on. */
async function choosePicture(phone: DrivenPage) {
  await phone.tap('.profile-form__avatar')
  await phone.waitFor('.auth-sheet__agree')
  expect(await phone.text('.auth-sheet__title')).toBe('隐私保护提示')
  expect(await phone.locate('.profile-form').isVisible()).toBe(false)
  await phone.tap('.auth-sheet__agree')
  await phone.waitFor('.profile-form__picture')
}

/** What the backend knows of the phone's user. */
async function me(phone: DrivenPage) {
  const { state } = await storedSession(phone)
  const headers = { Authorization: `Bearer ${state!.accessToken}` }
  const answer = await fetch(`${world.backend}/me`, { headers })
  return ((await answer.json()) as { data: { nickname: string | null; avatarUrl: string | null } })
    .data
}

/** The bodies that were sent there. */
const sentTo = (phone: DrivenPage, path: string) =>
  phone.requests.filter(({ url }) => url.endsWith(path)).map(({ requestBody }) => requestBody)

describe('picture and nickname', () => {
  test('are not gone past by the bar of the form below, whose turn the keyboard is not', async () => {
    await world.register('min')
    const phone = await world.launch('min')
    await fillBooking(phone)
    await askAgain(phone)
    await phone.tap(NICKNAME)
    await expect.poll(async () => (await phone.keyboard()).visible).toBe(true)
    await hidden(phone, '.keyboard-bar')
    await hidden(phone, '.field--current')
    await phone.close()
  })

  test('are asked for with a reason, and taken with one press', async () => {
    const phone = await launchAsked('lan', {
      answers: { ...TERMS_UNREAD, chooseAvatar: ['allow'], getUserInfo: ['allow'] },
    })
    expect(await phone.text('.auth-sheet__reason')).toBe('师傅上门时好称呼您')
    expect(await phone.text('.auth-sheet__app')).toBe('易搬家 申请')
    await choosePicture(phone)
    await phone.type(NICKNAME, '小岚')
    await phone.tap(SUBMIT)
    await phone.waitFor('.booking-done')
    const { nickname, avatarUrl } = await me(phone)
    expect(nickname).toBe('小岚')
    const picture = Buffer.from(await (await fetch(avatarUrl!)).arrayBuffer())
    expect(picture.subarray(8, 12).toString()).toBe('WEBP')
    expect(counts(phone)).toMatchObject({ 'POST /auth/avatar': 1, 'POST /auth/user-info': 1 })
    await phone.close()
  })

  test('are nothing without a nickname; a nickname alone is enough', async () => {
    const phone = await launchAsked('bo', {
      answers: { chooseAvatar: ['refuse'], getUserInfo: ['allow', 'allow'] },
    })
    await phone.tap(SUBMIT)
    await phone.waitFor('.profile-form__error')
    expect(await phone.text('.profile-form__error')).toBe('请填写昵称。')
    await phone.tap('.profile-form__avatar')
    expect(await phone.count('.profile-form__picture')).toBe(0)
    await phone.type(NICKNAME, '小博')
    await hidden(phone, '.profile-form__error')
    await phone.tap(SUBMIT)
    await phone.waitFor('.booking-done')
    expect(await me(phone)).toMatchObject({ nickname: '小博', avatarUrl: null })
    await phone.close()
  })

  test('a nickname that WeChat does not pass is not submitted, and the form says so', async () => {
    const phone = await launchAsked('yu', {
      answers: {
        getUserInfo: ['allow', 'allow', 'allow'],
        nicknameReview: [{ pass: false }, { pass: true }],
      },
    })
    await phone.type(NICKNAME, '客服')
    await phone.tap(SUBMIT)
    await expect.poll(() => phone.text('.profile-form__error')).toMatch(/没有通过微信的检查/)
    await expect.poll(() => phone.locate(NICKNAME).locator('input').inputValue()).toBe('')
    await phone.tap(SUBMIT)
    expect(counts(phone)['POST /auth/user-info']).toBeUndefined()
    await phone.type(NICKNAME, '小雨')
    await phone.tap(SUBMIT)
    await phone.waitFor('.booking-done')
    expect(await me(phone)).toMatchObject({ nickname: '小雨' })
    await phone.close()
  })

  test('a user who refuses, or refuses the privacy terms, reads so and keeps what was typed', async () => {
    const phone = await launchAsked('shu', {
      answers: { getUserInfo: ['refuse', PRIVACY_REFUSED, 'allow'] },
    })
    await phone.type(NICKNAME, '小舒')
    await phone.tap(SUBMIT)
    await phone.waitFor('.auth-sheet__error')
    expect(await phone.text('.auth-sheet__error')).toMatch(/未授权/)
    await phone.tap(SUBMIT)
    await expect.poll(() => phone.text('.auth-sheet__error')).toMatch(/隐私保护指引/)
    expect(await me(phone)).toMatchObject({ nickname: null })
    await phone.tap(SUBMIT)
    await phone.waitFor('.booking-done')
    expect(await me(phone)).toMatchObject({ nickname: '小舒' })
    await phone.close()
  })

  test('are forgotten when the user declines: here, in storage, and at the backend', async () => {
    const phone = await launchAsked('xin', {
      answers: { ...TERMS_UNREAD, chooseAvatar: ['allow'] },
    })
    await choosePicture(phone)
    await phone.type(NICKNAME, '小欣')
    await phone.tap('.auth-sheet__cancel')
    await hidden(phone, '.auth-sheet')
    expect(await formValues(phone)).toEqual(FORM)
    expect(await me(phone)).toMatchObject({ nickname: null, avatarUrl: null })
    expect(JSON.stringify((await phone.state()).storage)).not.toContain('小欣')
    expect(counts(phone)['POST /auth/avatar']).toBeUndefined()
    await askAgain(phone)
    expect(await phone.count('.profile-form__picture')).toBe(0)
    expect(await phone.locate(NICKNAME).locator('input').inputValue()).toBe('')
    await phone.close()
  })

  test('while they are submitted, neither button nor mask does anything', async () => {
    const phone = await launchAsked('fan', { answers: { getUserInfo: ['allow'] } })
    await phone.type(NICKNAME, '小凡')
    const release = await holdRequests(phone)
    await phone.locate(SUBMIT).click()
    await phone.waitFor(`${SUBMIT}[data-disabled][data-loading]`)
    await phone.locate(SUBMIT).dispatchEvent('mousedown')
    await phone.locate(SUBMIT).dispatchEvent('mouseup')
    await tapMask(phone)
    expect(await phone.count('.auth-sheet__panel')).toBe(1)
    release()
    await phone.waitFor('.booking-done')
    expect(counts(phone)['POST /auth/user-info']).toBe(1)
    await phone.close()
  })
})

describe('the privacy terms', () => {
  test('can be read and refused, which leaves form and page as they were', async () => {
    const phone = await launchAsked('min', {
      answers: { ...TERMS_UNREAD, openPrivacyContract: 'allow', chooseAvatar: ['allow'] },
    })
    await phone.type(NICKNAME, '小敏')
    await phone.tap('.profile-form__avatar')
    await phone.waitFor('.auth-sheet__agree')
    await phone.tap('.auth-sheet__terms')
    await phone.tap('.auth-sheet__cancel')
    await hidden(phone, '.auth-sheet__agree')
    expect(await phone.text('.auth-sheet__title')).toBe('完善头像和昵称')
    expect(await phone.locate(NICKNAME).locator('input').inputValue()).toBe('小敏')
    expect(await phone.count('.profile-form__picture')).toBe(0)

    // Back is a refusal as well, and closes the question alone.
    await phone.tap('.profile-form__avatar')
    await phone.waitFor('.auth-sheet__agree')
    await phone.back()
    await hidden(phone, '.auth-sheet__agree')
    expect(await phone.count('.auth-sheet .profile-form')).toBe(1)
    await phone.back()
    await hidden(phone, '.auth-sheet')
    expect(await formValues(phone)).toEqual(FORM)

    await askAgain(phone)
    await choosePicture(phone)
    await phone.close()
  })
})

describe('number and profile', () => {
  test('are asked for one after the other by one sheet', async () => {
    const phone = await launchFilled(world, 'both', {
      answers: { getPhoneNumber: ['allow'], getUserInfo: ['allow'] },
    })
    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet .phone-number-button')
    await phone.page.evaluate(watchSheet)
    await phone.tap('.phone-number-button')
    await phone.waitFor('.profile-form')
    expect(await phone.text('.auth-sheet__title')).toBe('完善头像和昵称')
    // The sheet itself has neither left nor come again.
    expect(await phone.page.evaluate(() => window.sheetChanges)).toBe(0)
    await phone.type(NICKNAME, '小双')
    await phone.tap(SUBMIT)
    await phone.waitFor('.booking-done')
    expect(counts(phone)['POST /bookings']).toBe(2)
    await phone.close()
  })
})

describe('a phone of another age', () => {
  test('before the form has its profile asked by WeChat itself, from the tap', async () => {
    const phone = await launchAsked('lao', {
      sdkVersion: '2.21.1',
      answers: { getUserProfile: ['refuse', 'allow'] },
    })
    expect(await phone.count('.profile-form')).toBe(0)
    await phone.tap(SUBMIT)
    await phone.waitFor('.auth-sheet__error')
    expect(await phone.text('.auth-sheet__error')).toMatch(/未授权/)
    await phone.tap(SUBMIT)
    await phone.waitFor('.booking-done')
    expect((await me(phone)).nickname).toEqual(expect.any(String))
    await phone.close()
  })

  test('before that has the old button', async () => {
    const phone = await launchAsked('gulao', {
      sdkVersion: '2.10.3',
      answers: { getUserInfo: ['allow'] },
    })
    await phone.tap(SUBMIT)
    await phone.waitFor('.booking-done')
    expect((await me(phone)).nickname).toEqual(expect.any(String))
    await phone.close()
  })

  test.each(['formOnly', 'openTypeOnly'] as const)(
    'whose button causes one of the two events (%s) is waited for, for 2 s',
    async (submitWithOpenType) => {
      const phone = await launchAsked(`half ${submitWithOpenType}`, {
        submitWithOpenType,
        answers: submitWithOpenType === 'formOnly' ? {} : { getUserInfo: ['allow'] },
      })
      await phone.type(NICKNAME, '小半')
      await phone.tap(SUBMIT)
      await phone.waitFor('.booking-done')
      expect(await me(phone)).toMatchObject({ nickname: '小半' })
      const [body] = sentTo(phone, '/auth/user-info')
      expect(String(body).includes('encryptedData')).toBe(submitWithOpenType === 'openTypeOnly')
      await phone.close()
    },
  )
})

declare global {
  interface Window {
    sheetChanges: number
  }
}

/** Counts how often a sheet comes or goes from now on; runs in the page. */
function watchSheet() {
  window.sheetChanges = 0
  const isSheet = (node: Node) => node instanceof Element && node.matches('.auth-sheet')
  new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes } of changes) {
      window.sheetChanges += [...addedNodes, ...removedNodes].filter(isSheet).length
    }
  }).observe(document, { subtree: true, childList: true })
}

/** Nothing that the app asks the backend for leaves the phone until it is released. */
async function holdRequests({ page }: DrivenPage): Promise<() => void> {
  let release!: () => void
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/messages', async (route, request) => {
    if (request.postData()?.includes('"type":"http"')) await released
    await route.continue()
  })
  return release
}
