import type { Page } from 'playwright-core'

/** What the states are gone through with, in one look. */
export interface BrowserScene {
  /** The number of an invented person, by a digit. */
  phone(person: number): string
  /** With nothing stored. */
  newPage(): Promise<Page>
  site: string
  /** The stand-in, which receives text messages. */
  wechat: string
  shoot(page: Page, name: string): Promise<void>
}

const MINE = 'example/mine/mine'
const SIGN_IN = 'example/account/signIn'
const FORM = { name: '林小舟', phone: '15400001234', address: '梧桐路 8 号 2 栋 301' }

/** From the first visit to an account with every way to sign in. */
export async function browserStates(scene: BrowserScene): Promise<void> {
  const { phone, newPage, site, shoot } = scene
  const page = await newPage()
  const at = (selector: string) => page.locator(`${selector}:visible`).first()
  const press = (selector: string) => at(selector).click()
  const open = (route: string) => openAt(page, site, route)
  const number = phone(1)

  await open('example/home/home')
  await at('.service').waitFor()
  await shoot(page, 'home')
  await open(SIGN_IN)
  await at('#sign-in-phone').waitFor()
  await pictureLoaded(page)
  await shoot(page, 'signIn')
  await press('.sign-in__submit')
  await at('.sign-in__error').waitFor()
  await shoot(page, 'signInErrors')
  await press('.sign-in__method--password')
  await at('#sign-in-phone').fill(number)
  await at('#sign-in-password').fill('three brown boxes')
  await press('.terms-box__check')
  await press('.sign-in__submit')
  await at('.credential-form__refusal, #sign-in-password-error').waitFor()
  await shoot(page, 'signInRefused')
  await press('.forgot-password')
  await at('#new-password').waitFor()
  await shoot(page, 'newPassword')
  await open('example/account/terms')
  await at('.page').waitFor()
  await shoot(page, 'terms')

  await open('example/home/home')
  await press('.service__book')
  await press('#date')
  await press('.uni-picker-action-confirm')
  for (const [name, value] of Object.entries(FORM)) await at(`#${name} input`).fill(value)
  await shoot(page, 'booking')
  await press('#submit')
  await at('#sign-in-phone').waitFor()
  await shoot(page, 'sheet')
  await signIn(scene, page, number)
  await at('.booking-done').waitFor()
  await shoot(page, 'booked')

  const other = await newPage()
  await openAt(other, site, SIGN_IN)
  await signIn(scene, other, number)
  await other.locator('.sign-in-page').waitFor({ state: 'detached' })
  await other.context().close()
  await open(MINE)
  await at('.booking').waitFor()
  await shoot(page, 'mine')
  await open('example/account/account')
  await at('#other-session').waitFor()
  await shoot(page, 'account')
  await press('#other-session-remove')
  await at('.uni-modal').waitFor()
  await shoot(page, 'endSession')
  await open('example/account/number')
  await at('#sign-in-phone').waitFor()
  await shoot(page, 'number')
  await open('example/settings/settings')
  await at('#delete-account').waitFor()
  await shoot(page, 'settings')
  await page.context().close()
}

async function openAt(page: Page, site: string, route: string): Promise<void> {
  // A change behind # alone loads nothing.
  await page.goto('about:blank')
  await page.goto(`${site}#/${route}`)
}

/** The code to scan, where one is drawn. */
async function pictureLoaded(page: Page): Promise<void> {
  if (page.viewportSize()!.width < 1000) return
  await page.locator('.scan-code__image').waitFor()
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
}

/** By text code, in the form that is open. */
async function signIn({ wechat }: BrowserScene, page: Page, number: string): Promise<void> {
  const at = (selector: string) => page.locator(`${selector}:visible`).first()
  const messages = async () => {
    const answer = await fetch(`${wechat}/_control/sms?phone=${number}`)
    return (await answer.json()) as { code: string }[]
  }
  await at('#sign-in-phone').fill(number)
  const sent = page.waitForResponse((answer) => answer.url().endsWith('/auth/sms-codes'))
  await at('.sign-in__send-code').click()
  await sent
  await at('#sign-in-code').fill((await messages()).at(-1)!.code)
  if (await at('.terms-box__check').isVisible()) await at('.terms-box__check').click()
  await at('.sign-in__submit').click()
}
