// Somebody else signs in on the same phone, by their own number.
import { randomInt } from 'node:crypto'
import type { DrivenPage } from '@watchword/simulator'
import { receivedCodes } from '../support/backend'
import type { Services } from '../support/services'
import { storedSession } from '../support/storedSession'

/** How often they try: what was sent may not have arrived. */
const tries = 3

/** Of a block that nobody has. */
export const inventNumber = () => `154${String(randomInt(1e8)).padStart(8, '0')}`

/** By the form of the app's page for that; whether they have managed to. */
export async function signInByNumber(
  phone: DrivenPage,
  services: Services,
  number: string,
): Promise<boolean> {
  await phone.page.evaluate(() =>
    window.simulator.open('example/account/signIn?back=/example/mine/mine'),
  )
  for (let count = 0; count < tries; count++) {
    await phone.settle()
    if ((await storedSession(phone)).state) return true
    await pressIfSeen(phone, '.sign-in-page__retry')
    await pressIfSeen(phone, '.sign-in__method--sms')
    if (!(await isSeen(phone, '#sign-in-phone'))) continue
    await phone.type('#sign-in-phone', number)
    await pressIfSeen(phone, '.sign-in__send-code')
    const code = (await receivedCodes(services, number)).at(-1)
    if (code === undefined) continue
    await phone.type('#sign-in-code', code)
    if (!(await isSeen(phone, '.terms-box__mark--on')))
      await pressIfSeen(phone, '.terms-box__check')
    await pressIfSeen(phone, '.sign-in__submit')
  }
  await phone.settle()
  return (await storedSession(phone)).state !== undefined
}

const isSeen = (phone: DrivenPage, selector: string) => phone.locate(selector).first().isVisible()

async function pressIfSeen(phone: DrivenPage, selector: string): Promise<void> {
  if (await isSeen(phone, selector)) await phone.tap(selector)
}
