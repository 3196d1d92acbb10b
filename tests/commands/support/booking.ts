import type { DrivenPage, Simulator } from '@watchword/simulator'
import { expect } from 'vitest'
import { counts, storedSession } from '../../e2e/support/world'

/** Books on a page with a sheet, as somebody new who gives the phone number there. */
export async function bookOnSheet(simulator: Simulator, person: string): Promise<void> {
  const phone = await simulator.launch('', { person, answers: { getPhoneNumber: ['allow'] } })
  await phone.tap('.book')
  await phone.waitFor('.auth-sheet')
  expect((await phone.state()).routes).toEqual(['pages/index/index'])
  expect(await phone.text('.auth-sheet__reason')).toMatch(/联系/)
  await phone.tap('.auth-sheet__allow')
  await expect.poll(() => phone.text('.outcome')).toBe('预约成功')
  await expectSignedIn(phone)
}

/** Books on a page without a sheet, as somebody new who gives the phone number on the prompt page. */
export async function bookByPromptPage(
  simulator: Simulator,
  person: string,
  promptPage: string,
): Promise<void> {
  const phone = await simulator.launch('pages/plain/plain', {
    person,
    answers: { getPhoneNumber: ['allow'] },
  })
  await phone.tap('.book')
  await phone.waitFor('.auth-sheet')
  expect((await phone.state()).routes).toEqual(['pages/plain/plain', promptPage])
  await phone.tap('.auth-sheet__allow')
  await phone.waitFor('.booked')
  await expectSignedIn(phone)
}

async function expectSignedIn(phone: DrivenPage): Promise<void> {
  expect((await storedSession(phone)).state?.uid).toEqual(expect.any(String))
  expect(counts(phone)).toEqual({ 'POST /bookings': 2, 'POST /auth/phone-number': 1 })
  await phone.close()
}
