import { beforeEach, describe, expect, test } from 'vitest'
import { fillBooking, formValues, FORM } from './support/booking'
import { inventNumber, messagesTo, shareBrowser, visit, type Visitor } from './support/visitor'

shareBrowser()

let visitor: Visitor
let phone: string
beforeEach(async () => {
  visitor = await visit()
  phone = inventNumber()
})

describe('somebody who has no account', () => {
  test('registers by text code in the middle of a booking, which then goes on', async () => {
    await fillBooking(visitor)
    await visitor.press('#submit')
    await visitor.signInByText(phone)
    await visitor.at('.booking-done').waitFor()
    await visitor.press('.booking-done__more')
    await visitor.at('.booking').waitFor()
    await expect.poll(() => visitor.at('.user-name').innerText()).toBe(masked(phone))
    expect(await messagesTo(phone)).toHaveLength(1)
  })

  test('is told that a code is wrong, at its field, and goes on with the right one', async () => {
    await fillBooking(visitor)
    await visitor.press('#submit')
    const code = await visitor.receiveCode(phone)
    await visitor.press('.terms-box__check')
    await visitor.fill('#sign-in-code', wrong(code))
    await visitor.press('.sign-in__submit')
    await visitor.at('#sign-in-code-error').waitFor()
    await expect.poll(() => visitor.at('#sign-in-code').getAttribute('aria-invalid')).toBe('true')
    await visitor.fill('#sign-in-code', code)
    await visitor.press('.sign-in__submit')
    await visitor.at('.booking-done').waitFor()
  })

  test('declines: what was typed stays, and public pages go on', async () => {
    await fillBooking(visitor)
    await visitor.press('#submit')
    await visitor.press('.sign-in__cancel')
    await visitor.at('.auth-sheet').waitFor({ state: 'detached' })
    expect(await formValues(visitor)).toEqual(FORM)
    await visitor.open('example/home/home')
    await visitor.at('.service').first().waitFor()
    await expect.poll(() => visitor.at('.auth-sheet').count()).toBe(0)
  })
})

const masked = (number: string) => `${number.slice(0, 3)}****${number.slice(-4)}`
/** As long, and another one. */
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
