import { randomUUID } from 'node:crypto'
import { startSimulator, type Simulator } from '@watchword/simulator'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fillBooking } from './support/booking'
import { inventNumber, messagesTo, shareBrowser, visit } from './support/visitor'

shareBrowser()

let simulator: Simulator
beforeAll(async () => {
  const { dist, wechat } = inject('platforms')
  simulator = await startSimulator({ dist, wechat })
})
afterAll(() => simulator?.close())

test('a number that is proved in the mini-program too is one person, with the bookings of H5', async () => {
  const number = inventNumber()
  const visitor = await visit()
  await fillBooking(visitor)
  await visitor.press('#submit')
  await visitor.signInByText(number)
  await visitor.at('.booking-done').waitFor()

  const phone = await simulator.launch('example/account/number', { person: randomUUID() })
  await phone.waitFor('#sign-in-phone')
  await phone.type('#sign-in-phone', number)
  await phone.tap('.sign-in__send-code')
  await expect.poll(async () => (await messagesTo(number)).length, { timeout: 60_000 }).toBe(2)
  await phone.type('#sign-in-code', (await messagesTo(number)).at(-1)!.code)
  await phone.tap('.sign-in__submit')
  await phone.waitFor('.account-question')
  await phone.tap('.account-question__mine')
  await expect.poll(() => phone.count('.account-question'), { timeout: 60_000 }).toBe(0)
  await phone.restart('example/mine/mine')
  await phone.waitFor('.booking')
  await expect.poll(() => phone.count('.booking')).toBe(1)
  await phone.close()
})
