import type { ButtonDetail } from '../../src/auth/types'
import type { FakeHost } from './host'
import { outcomeOf, type Outcome } from './outcome'
import type { Bench } from './signedIn'

/** The header of a 401 that asks for something. */
export const asking = (challenge: string) => ({ 'WWW-Authenticate': challenge })

/** Makes a request that is answered 401 with this challenge. */
export async function challenge(
  { host, auth }: Bench,
  path: string,
  value: string,
): Promise<Outcome<unknown>> {
  const outcome = outcomeOf(auth.request(path))
  await (await host.take(`GET ${path}`)).answer(401, {}, asking(value))
  return outcome
}

/** What WeChat's phone number button gives from base library 2.21.2 on. Invented. */
export const phoneCode: ButtonDetail = { errMsg: 'getPhoneNumber:ok', code: 'phone-code' }

/** What it gives below: encrypted with the session key. Invented. */
export const phoneData: ButtonDetail = {
  errMsg: 'getPhoneNumber:ok',
  encryptedData: 'ZW5jcnlwdGVk',
  iv: 'aXY=',
}

/** What the user info button gives. Invented. */
export const userData: ButtonDetail = {
  errMsg: 'getUserInfo:ok',
  encryptedData: 'ZW5jcnlwdGVk',
  iv: 'aXY=',
  rawData: '{"nickName":"阿宁"}',
  signature: 'c2ln',
}

/** Makes `wx.login` wait until it is told what to give; one entry for each call. */
export function holdLogins(host: FakeHost): { give(code: string): void; fail(): void }[] {
  const held: { give(code: string): void; fail(): void }[] = []
  host.platform.login = () =>
    new Promise((resolve, reject) => {
      held.push({ give: resolve, fail: () => reject({ errMsg: 'login:fail' }) })
    })
  return held
}
