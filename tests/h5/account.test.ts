import { beforeEach, expect, test } from 'vitest'
import { fillBooking, formValues, FORM } from './support/booking'
import { forgetToken, inventNumber, shareBrowser, visit, type Visitor } from './support/visitor'

shareBrowser()

const MINE = 'example/mine/mine'
const ACCOUNT = 'example/account/account'
const PASSWORD = 'three brown boxes'

let visitor: Visitor
let phone: string
beforeEach(async () => {
  visitor = await visit()
  phone = inventNumber()
})

async function register(who: Visitor) {
  await who.open(MINE)
  await who.press('#sign-in')
  await who.signInByText(phone)
  await who.at('.bookings__empty').waitFor()
}

/** On the page for it, which signs in. */
async function setPassword(who: Visitor, password: string) {
  await who.fill('#sign-in-code', await who.receiveCode(phone))
  await who.fill('#new-password', password)
  await who.press('.sign-in__submit')
}

test('a forgotten password is set anew by text code, signs in, and ends the other sessions', async () => {
  await register(visitor)
  const other = await visit()
  await other.open(MINE)
  await other.press('#sign-in')
  await other.press('.sign-in__method--password')
  await other.press('.forgot-password')
  await other.at('#new-password').waitFor()
  // The page before it has a field of this id, too.
  await other.press('.sign-in__submit')
  await expect.poll(() => other.at('#sign-in-phone:focus').count()).toBe(1)
  await other.press('.terms-box__check')
  await setPassword(other, PASSWORD)
  await other.at('.bookings__empty').waitFor()

  await visitor.open(MINE)
  await visitor.at('#sign-in').waitFor()
  await visitor.press('#sign-in')
  await visitor.press('.sign-in__method--password')
  await visitor.press('.terms-box__check')
  await visitor.fill('#sign-in-phone', phone)
  await visitor.fill('#sign-in-password', `${PASSWORD}!`)
  await visitor.press('.sign-in__submit')
  await visitor.at('#sign-in-password-error').waitFor()
  await visitor.fill('#sign-in-password', PASSWORD)
  await visitor.press('.sign-in__submit')
  await visitor.at('.bookings__empty').waitFor()
})

test('a session that has died in mid-booking loses nothing: one prompt, and the booking goes on', async () => {
  await register(visitor)
  await fillBooking(visitor)
  await forgetToken(visitor)
  await visitor.press('#submit')
  await visitor.at('#sign-in-phone').waitFor()
  await expect.poll(() => visitor.at('.auth-sheet').count()).toBe(1)
  expect(await formValues(visitor)).toEqual(FORM)
  await visitor.signInByText(phone)
  await visitor.at('.booking-done').waitFor()
  await visitor.press('.booking-done__more')
  await visitor.at('.booking').waitFor()
  await expect.poll(() => visitor.at('.booking').count()).toBe(1)
})

test('the fields have what password managers and the fill-in of text codes go by', async () => {
  const fieldOf = (selector: string) =>
    visitor.at(selector).evaluate((input) => {
      const { name, type, autocomplete } = input as HTMLInputElement
      return { name, type, autocomplete, isInForm: input.closest('form') !== null }
    })
  await visitor.open('example/account/signIn')
  expect(await fieldOf('#sign-in-phone')).toMatchObject({ type: 'tel', isInForm: true })
  expect(await fieldOf('#sign-in-code')).toMatchObject({ autocomplete: 'one-time-code' })
  await visitor.press('.sign-in__method--password')
  expect(await fieldOf('#sign-in-phone')).toMatchObject({ autocomplete: 'username' })
  expect(await fieldOf('#sign-in-password')).toEqual({
    name: 'password',
    type: 'password',
    autocomplete: 'current-password',
    isInForm: true,
  })
  await visitor.open('example/account/password')
  expect(await fieldOf('#new-password')).toMatchObject({
    type: 'password',
    autocomplete: 'new-password',
  })
})

test('ways to sign in and devices are shown; a password and other devices can be removed', async () => {
  await register(visitor)
  const other = await visit()
  await other.open(MINE)
  await other.press('#sign-in')
  await other.signInByText(phone)
  await other.at('.bookings__empty').waitFor()

  await visitor.open(ACCOUNT)
  await visitor.at('#way-phone').waitFor()
  await expect
    .poll(() => visitor.at('#way-phone').innerText())
    .toContain(`${phone.slice(0, 3)}****`)
  await expect.poll(() => visitor.at('#way-phone-remove').count()).toBe(0)
  await visitor.press('#other-session-remove')
  await visitor.press('.uni-modal__btn_primary')
  await visitor.at('#other-session').waitFor({ state: 'detached' })
  await other.open(MINE)
  await other.at('#sign-in').waitFor()

  await visitor.press('#way-password-act')
  await setPassword(visitor, PASSWORD)
  await visitor.press('#way-password-remove')
  await visitor.press('.uni-modal__btn_primary')
  await visitor.at('#way-password-remove').waitFor({ state: 'detached' })
  await expect.poll(() => visitor.at('#this-session').count()).toBe(1)
})

test('another number takes the place of the first one', async () => {
  await register(visitor)
  const next = inventNumber()
  await visitor.open(ACCOUNT)
  await visitor.press('#way-phone-act')
  await visitor.fill('#sign-in-code', await visitor.receiveCode(next))
  await visitor.press('.sign-in__submit')
  await expect
    .poll(() => visitor.at('#way-phone').innerText(), { timeout: 60_000 })
    .toContain(next.slice(-4))
})
