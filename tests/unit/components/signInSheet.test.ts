// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { signInZhHans as texts } from '../../../src/locale/signInZhHans'
import { zhHans } from '../../../src/locale/zhHans'
import { stateOf } from '../../support/client'
import { outcomeOf } from '../../support/outcome'
import { challenge, mountOn, phone, refused, unmountAll, type HostName } from './signInSetup'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(unmountAll)

/** A page with a sheet whose request the backend answers with this challenge. */
async function askedBy(host: HostName, header: Record<string, string>, token?: string) {
  const sheet = await mountOn(host, 'AuthSheet', token === undefined ? {} : { token })
  const waiting = outcomeOf(sheet.auth.request('/bookings'))
  await (await sheet.host.take('GET /bookings')).answer(401, {}, header)
  await sheet.settled()
  return { ...sheet, waiting }
}

const asksNumber = { 'WWW-Authenticate': 'getPhoneNumber' }
const asksProof = { 'WWW-Authenticate': 'getPhoneNumber proof="sms"' }

describe('the sheet with a sign-in form, in a browser', () => {
  it('asks a guest to sign in, in the ways that the backend names', async () => {
    const { has } = await askedBy('h5', challenge('password sms'))
    expect([has('.sign-in__method--sms'), has('.sign-in__method--password')]).toEqual([true, true])
    expect(has('.auth-sheet__cancel')).toBe(false)
  })

  it('keeps the prompt open after a refusal, and replays what waits after the right code', async () => {
    const { fill, submit, errors, host, settled, waiting } = await askedBy('h5', challenge('sms'))
    await fill({ 'sign-in-phone': phone, 'sign-in-code': '000000' })
    await submit()
    await (await host.take('POST /auth/login')).answer(401, {}, refused)
    await settled()
    expect(errors()).toEqual([texts.codeRejected])
    expect(waiting.is).toBe('pending')
    await fill({ 'sign-in-code': '123456' })
    await submit()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await (await host.take('GET /bookings')).answer(200, { data: ['a'] })
    expect(waiting.value).toEqual(['a'])
  })

  it('ends the request when the user does not want to', async () => {
    const { press, waiting } = await askedBy('h5', challenge('sms'))
    await press('.sign-in__cancel')
    expect(waiting.error).toMatchObject({ code: 'prompt_cancelled' })
  })

  it('forgets what is secret once the prompt is over', async () => {
    const { auth, fill, settled, valueOf } = await askedBy('h5', challenge('sms'))
    await fill({ 'sign-in-phone': phone, 'sign-in-code': '123456' })
    auth.cancelPrompt()
    await settled()
    expect(valueOf('sign-in-code')).toBe('')
  })

  it('asks for a number by text code', async () => {
    const { fill, submit, host, waiting } = await askedBy('h5', asksNumber, 't')
    await fill({ 'sign-in-phone': phone, 'sign-in-code': '123456' })
    await submit()
    const call = await host.take('POST /auth/phone-number')
    expect(call.body).toEqual({ phone, smsCode: '123456' })
    await call.answer(200, { tokenState: stateOf('t', { hasPhoneNumber: true }) })
    await (await host.take('GET /bookings')).answer(200, { data: 1 })
    expect(waiting.value).toBe(1)
  })
})

describe('the sheet with a sign-in form, in a mini-program', () => {
  it('has WeChat’s button for the number, and the text code beside it', async () => {
    const { has, press } = await askedBy('mp-weixin', asksNumber, 't')
    expect([has('.phone-number-button'), has('#sign-in-code')]).toEqual([true, false])
    await press('.auth-sheet__by-text')
    expect([has('.phone-number-button'), has('#sign-in-code')]).toEqual([false, true])
  })

  it('has the text code alone where nothing else proves the number', async () => {
    const { has } = await askedBy('mp-weixin', asksProof, 't')
    expect([has('.phone-number-button'), has('#sign-in-code')]).toEqual([false, true])
  })

  it('turns to the text code where the button’s number is another account’s, and says why', async () => {
    const { auth, host, has, mounted, settled } = await askedBy('mp-weixin', asksNumber, 't')
    void auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'c' })
    await (await host.take('POST /auth/phone-number')).answer(401, {}, asksProof)
    await settled()
    expect(has('#sign-in-code')).toBe(true)
    expect(mounted.find('.auth-sheet__error').text()).toBe(zhHans.errors.proof_needed)
  })
})
