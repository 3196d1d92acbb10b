import type { ButtonDetail } from '../../src/auth/types'
import { outcomeOf, type Outcome } from './outcome'
import { stateOf, type Client } from './client'

/** The header of a 401 that asks for something. */
export const asking = (challenge: string) => ({ 'WWW-Authenticate': challenge })

/** Makes a request that is answered 401 with this challenge. */
export async function challenge(
  { host, auth }: Client,
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

/** The user gives the phone number, and the backend takes it. */
export async function givePhone({ host, auth }: Client) {
  const submit = auth.submitPhoneNumber(phoneCode)
  const state = stateOf('t', { hasPhoneNumber: true })
  await (await host.take('POST /auth/phone-number')).answer(200, { tokenState: state })
  await submit
}

/** The user gives the user info, and the backend takes it. */
export async function giveUser({ host, auth }: Client) {
  const submit = auth.submitUserInfo({ detail: userData })
  const state = stateOf('t', { hasUserInfo: true })
  await (await host.take('POST /auth/user-info')).answer(200, { tokenState: state })
  await submit
}

/** Answers every GET on the wire with its own line. */
export async function answerAll({ host }: Client) {
  for (const call of await host.takeAll('GET')) await call.answer(200, { data: call.line })
}
