import type { DrivenPage, LaunchOptions } from '@watchword/simulator'

/** What the states are gone through with, in one look. */
export interface Scene {
  launch(url: string, person: string, options?: LaunchOptions): Promise<DrivenPage>
  /** WeChat tells the unionid of this person only with their user info. */
  keepUnionidSecret(person: string): void
  /** Where a browser asks to be signed in by a scan. */
  backend: string
  shoot(phone: DrivenPage, name: string): Promise<void>
}

const HOME = 'example/home/home'
const MINE = 'example/mine/mine'
const FORM = {
  name: '林小舟',
  phone: '15400001234',
  address: '梧桐路 8 号 2 栋 301',
  note: '没有电梯',
}

/** Pages and sheets with the policy *unionid*. */
export async function appStates(scene: Scene): Promise<void> {
  const { launch, keepUnionidSecret, shoot } = scene
  const phone = await launch(HOME, 'lin', {
    answers: {
      getPhoneNumber: ['refuse', { fail: 'the quota is used up', errno: 1400001 }, 'allow'],
      showModal: 'ask',
    },
  })
  await phone.waitFor('.service')
  await shoot(phone, 'home')
  await network(phone, { latency: 5_000 })
  // A restart would wait for the answers.
  await phone.page.evaluate((url) => window.simulator.open(url), HOME)
  await phone.waitFor('.skeleton')
  await shoot(phone, 'homeLoading')
  await network(phone, { offline: true })
  await phone.restart(HOME)
  await phone.waitFor('.state')
  await shoot(phone, 'homeFailure')
  await network(phone, {})
  await phone.restart(MINE)
  await phone.waitFor('.bookings__empty')
  await shoot(phone, 'mineEmpty')

  await phone.restart(HOME)
  await openForm(phone)
  await phone.tap('#submit')
  await phone.waitFor('.field__error')
  await shoot(phone, 'bookingErrors')
  await fillForm(phone)
  await shoot(phone, 'booking')
  await phone.tap('#submit')
  await phone.waitFor('.auth-sheet .phone-number-button')
  await shoot(phone, 'sheetPhoneNumber')
  await phone.tap('.phone-number-button')
  await phone.waitFor('.auth-sheet__error')
  await shoot(phone, 'sheetRefused')
  await phone.tap('.phone-number-button')
  await phone.waitFor('.auth-sheet__otherwise')
  await shoot(phone, 'sheetNoNumber')
  await phone.tap('.phone-number-button')
  await phone.waitFor('.booking-done')
  await shoot(phone, 'booked')

  await phone.restart(MINE)
  await phone.waitFor('.booking')
  await shoot(phone, 'mine')
  await phone.restart('example/profile/profile')
  await phone.waitFor('#edit')
  await shoot(phone, 'profile')
  await phone.tap('#edit')
  await phone.waitFor('.profile-form')
  await shoot(phone, 'profileEdit')
  await phone.restart('example/settings/settings')
  await phone.waitFor('#delete-account')
  await shoot(phone, 'settings')
  await phone.tap('#delete-account')
  await phone.page.getByRole('dialog').waitFor()
  await shoot(phone, 'deleteAccount')
  await phone.page.keyboard.press('Escape')
  await phone.restart('example/diagnostics/diagnostics')
  await phone.waitFor('.rows, .card')
  await phone.settle()
  await shoot(phone, 'diagnostics')
  await phone.tap('#burst')
  await phone.waitFor('.burst-verdict')
  await phone.settle()
  await phone
    .locate('.burst-verdict')
    .evaluate((verdict) => verdict.scrollIntoView({ block: 'center' }))
  await shoot(phone, 'diagnosticsBurst')

  await phone.restart('example/settings/settings')
  await phone.tap('#sign-out')
  await phone.waitFor('#sign-in')
  await phone.page.locator('.simulator-toast').waitFor({ state: 'hidden' })
  await shoot(phone, 'mineGuest')
  await phone.restart(HOME)
  await openForm(phone)
  await fillForm(phone)
  await phone.tap('#submit')
  await phone.waitFor('.auth-sheet')
  await shoot(phone, 'sheetLogin')
  await phone.page.context().close()

  keepUnionidSecret('mei')
  const other = await launch('example/coupon/coupon', 'mei')
  await other.waitFor('#claim')
  await shoot(other, 'coupon')
  await other.tap('#claim')
  await other.waitFor('.auth-sheet')
  await shoot(other, 'promptPage')
  await other.page.context().close()
  await scanStates(scene)
}

/** The page that a scanned code opens. */
async function scanStates({ launch, backend, shoot }: Scene): Promise<void> {
  const phone = await launch(HOME, 'lin')
  await phone.waitFor('.service')
  const scan = async () => phone.scan({ page: 'example/account/scan', scene: await newCode() })
  const newCode = async () => {
    const answer = await fetch(`${backend}/auth/scans`, {
      method: 'POST',
      headers: { 'User-Agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0' },
    })
    return ((await answer.json()) as { data: { id: string } }).data.id
  }
  await scan()
  await phone.waitFor('.scan-confirm')
  await shoot(phone, 'scanAsks')
  await phone.tap('.scan-confirm')
  await phone.waitFor('.scan-close')
  await shoot(phone, 'scanConfirmed')
  await scan()
  await phone.waitFor('.scan-decline')
  await phone.tap('.scan-decline')
  await phone.waitFor('.scan-close')
  await shoot(phone, 'scanDeclined')
  await phone.scan({ page: 'example/account/scan', scene: 'no-code' })
  await phone.waitFor('.scan-close')
  await shoot(phone, 'scanUnknown')
  await network(phone, { offline: true })
  await scan()
  await phone.waitFor('.scan-retry')
  await shoot(phone, 'scanFailed')
  await phone.page.context().close()
}

/** Sheets with the policy *profile*: the coupon asks for it on the page of prompts. */
export async function profileStates({ launch, shoot }: Scene): Promise<void> {
  const phone = await launch(HOME, 'tao', {
    answers: {
      requirePrivacyAuthorize: 'ask',
      getPhoneNumber: 'allow',
      chooseAvatar: 'allow',
    },
  })
  await openForm(phone)
  await fillForm(phone)
  await phone.tap('#submit')
  await phone.waitFor('.auth-sheet .phone-number-button')
  await phone.tap('.phone-number-button')
  await phone.waitFor('.profile-form')
  await shoot(phone, 'sheetProfile')
  await phone.page.context().close()

  const other = await launch('example/coupon/coupon', 'an', {
    answers: { requirePrivacyAuthorize: 'ask', chooseAvatar: 'allow' },
  })
  await other.tap('#claim')
  await other.waitFor('.profile-form')
  await shoot(other, 'promptPageProfile')
  await other.tap('.profile-form__avatar')
  await other.waitFor('.auth-sheet__agree')
  await shoot(other, 'promptPagePrivacy')
  await other.page.context().close()
}

export async function openForm(phone: DrivenPage): Promise<void> {
  await phone.waitFor('.service')
  await phone.tap('.service__book')
  await phone.waitFor('#submit')
}

export async function fillForm(phone: DrivenPage): Promise<void> {
  for (const [field, text] of Object.entries(FORM)) await phone.type(`#${field}`, text)
  phone.answer('picker', {
    value: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10),
  })
  await phone.tap('#date')
}

const network = (phone: DrivenPage, change: { latency?: number; offline?: boolean }) =>
  phone.control({
    type: 'network',
    network: { latency: 0, jitter: 0, offline: false, failNext: 0, ...change },
  })
