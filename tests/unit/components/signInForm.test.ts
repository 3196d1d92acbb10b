// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { signInZhHans as texts } from '../../../src/locale/signInZhHans'
import { zhHans } from '../../../src/locale/zhHans'
import { stateOf } from '../../support/client'
import { mountOn, phone, refused, unmountAll, type HostName } from './signInSetup'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(unmountAll)

const hosts: HostName[] = ['h5', 'mp-weixin']
const account = { phone: '138****8000', nickname: '小*', since: '2023' }

/** With the fields for a text code, or for a password, in sight. */
async function openForm(host: HostName, way: 'sms' | 'password', props: object = {}) {
  const methods = ['sms', 'password']
  const form = await mountOn(host, 'SignInForm', { props: { methods, ...props } })
  await form.press(`.sign-in__method--${way}`)
  return form
}

describe.each(hosts)('the sign-in form on %s', (host) => {
  it('signs in by a text code, however number and code were written', async () => {
    const { fill, submit, host: backend, mounted, settled } = await openForm(host, 'sms')
    await fill({ 'sign-in-phone': '+86 138-0013 8000', 'sign-in-code': '123 456' })
    await submit()
    const login = await backend.take('POST /auth/login')
    expect(login.body).toEqual({ phone, smsCode: '123456' })
    await login.answer(200, { tokenState: stateOf('t') })
    await settled()
    expect(mounted.emitted('done')).toHaveLength(1)
  })

  it('signs in by a password', async () => {
    const { fill, submit, host: backend } = await openForm(host, 'password')
    await fill({ 'sign-in-phone': phone, 'sign-in-password': 'three brown boxes' })
    await submit()
    const login = await backend.take('POST /auth/login')
    expect(login.body).toEqual({ phone, password: 'three brown boxes' })
  })

  it('says at each field what is missing, and sends nothing', async () => {
    const { submit, errors, host: backend, mounted } = await openForm(host, 'sms')
    await submit()
    expect(errors()).toEqual([texts.phoneInvalid, texts.codeInvalid])
    expect(mounted.find('#sign-in-code-error').attributes('role')).toBe('alert')
    backend.assertIdle()
  })

  it.each([
    ['sms', { 'sign-in-code': '123456' }, texts.codeRejected],
    ['password', { 'sign-in-password': 'brown boxes' }, texts.passwordRejected],
  ] as const)(
    'says that the backend refused the %s, until something is typed',
    async (...given) => {
      const [way, values, text] = given
      const { fill, submit, errors, host: backend, settled, kept } = await openForm(host, way)
      await fill({ 'sign-in-phone': phone, ...values })
      await submit()
      await (await backend.take('POST /auth/login')).answer(401, {}, refused)
      await settled()
      expect(errors()).toEqual([text])
      expect(kept()).not.toMatch(/123456|brown boxes|13800138000/)
      await fill({ 'sign-in-phone': '13800138001' })
      expect(errors()).toEqual([])
    },
  )

  it('keeps the number when the way is changed', async () => {
    const { fill, press, valueOf } = await openForm(host, 'sms')
    await fill({ 'sign-in-phone': phone })
    await press('.sign-in__method--password')
    expect(valueOf('sign-in-phone')).toBe(phone)
  })

  it('sends a code, and counts down by the clock until another may be sent', async () => {
    const { fill, press, host: backend, mounted, settled } = await openForm(host, 'sms')
    const button = () => mounted.find('.sign-in__send-code')
    await fill({ 'sign-in-phone': phone })
    await press('.sign-in__send-code')
    const call = await backend.take('POST /auth/sms-codes')
    expect(call.body).toEqual({ phone, purpose: 'login' })
    await call.answer(202, { data: { resendAfter: 60, expiresIn: 300 } })
    await settled()
    expect(button().text()).toBe('60 秒后重发')
    expect(button().attributes()).toHaveProperty('disabled')
    // A browser that was in the background fires its timers late.
    vi.setSystemTime(Date.now() + 40_000)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(button().text()).toBe('19 秒后重发')
    await vi.advanceTimersByTimeAsync(19_000)
    expect(button().text()).toBe(texts.sendCode)
    expect(button().attributes()).not.toHaveProperty('disabled')
  })

  it('counts for nobody once it is closed', async () => {
    const { fill, press, host: backend, mounted } = await openForm(host, 'sms')
    await fill({ 'sign-in-phone': phone })
    await press('.sign-in__send-code')
    const call = await backend.take('POST /auth/sms-codes')
    mounted.unmount()
    const timers = vi.getTimerCount()
    await call.answer(202, { data: { resendAfter: 60, expiresIn: 300 } })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(vi.getTimerCount()).toBeLessThanOrEqual(timers)
  })

  it('lets another number have its code at once', async () => {
    const { fill, press, host: backend, mounted, settled } = await openForm(host, 'sms')
    await fill({ 'sign-in-phone': phone })
    await press('.sign-in__send-code')
    const sent = { data: { resendAfter: 60, expiresIn: 300 } }
    await (await backend.take('POST /auth/sms-codes')).answer(202, sent)
    await settled()
    await fill({ 'sign-in-phone': '13800138001' })
    expect(mounted.find('.sign-in__send-code').text()).toBe(texts.sendCode)
  })

  it('says how long to wait where there were too many codes', async () => {
    const { fill, press, errors, host: backend, settled } = await openForm(host, 'sms')
    await fill({ 'sign-in-phone': phone })
    await press('.sign-in__send-code')
    const call = await backend.take('POST /auth/sms-codes')
    await call.answer(429, {}, { 'Retry-After': '42' })
    await settled()
    expect(errors()).toEqual(['请 42 秒后再试。'])
  })

  it('sends along with a request for a code what the app has asked of the user first', async () => {
    const asked: unknown[] = []
    const beforeTextCode = (one: object) => Promise.resolve(`solved ${asked.push(one)}`)
    const form = await openForm(host, 'sms', { beforeTextCode })
    await form.fill({ 'sign-in-phone': phone })
    await form.press('.sign-in__send-code')
    const call = await form.host.take('POST /auth/sms-codes')
    expect(call.body).toEqual({ phone, purpose: 'login', captcha: 'solved 1' })
    expect(asked).toEqual([{ phone, purpose: 'login' }])
    await call.answer(403, { type: '/problems/captcha-needed' })
    await form.settled()
    expect(form.errors()).toEqual([texts.captchaRejected])
    await form.press('.sign-in__send-code')
    const again = await form.host.take('POST /auth/sms-codes')
    expect(again.body).toMatchObject({ captcha: 'solved 2' })
  })

  it.each([
    ['gives up', () => Promise.resolve(undefined), []],
    ['cannot do', () => Promise.reject(new Error('no script')), [zhHans.errors.network]],
  ])('sends no code to a user who %s what comes before it', async (_, beforeTextCode, said) => {
    const form = await openForm(host, 'sms', { beforeTextCode })
    await form.fill({ 'sign-in-phone': phone })
    await form.press('.sign-in__send-code')
    await form.settled()
    form.host.assertIdle()
    expect(form.errors()).toEqual(said)
    expect(form.mounted.find('.sign-in__send-code').attributes()).not.toHaveProperty('disabled')
    expect(form.has('.credential-form__note')).toBe(false)
  })

  it('sends no code to what is no number', async () => {
    const { fill, press, errors, host: backend } = await openForm(host, 'sms')
    await fill({ 'sign-in-phone': '138' })
    await press('.sign-in__send-code')
    expect(errors()).toEqual([texts.phoneInvalid])
    backend.assertIdle()
  })

  it('shows and hides the password, which stays as it was typed', async () => {
    const { fill, press, mounted, valueOf } = await openForm(host, 'password')
    await fill({ 'sign-in-password': 'brown boxes' })
    const isHidden = () => {
      const { type, password } = mounted.find('#sign-in-password').attributes()
      return host === 'h5' ? type === 'password' : password === 'true'
    }
    expect(isHidden()).toBe(true)
    await press('.sign-in__show')
    expect([isHidden(), valueOf('sign-in-password')]).toEqual([false, 'brown boxes'])
    await press('.sign-in__show')
    expect([isHidden(), valueOf('sign-in-password')]).toEqual([true, 'brown boxes'])
  })

  it.each([
    ['mine', true],
    ['not-mine', false],
  ])('asks whose the account is, and says so: %s', async (button, isMine) => {
    const { fill, submit, press, host: backend, mounted, settled } = await openForm(host, 'sms')
    await fill({ 'sign-in-phone': phone, 'sign-in-code': '123456' })
    await submit()
    const problem = { type: '/problems/confirmation-needed', account }
    await (await backend.take('POST /auth/login')).answer(409, problem)
    await settled()
    const question = mounted.find('.account-question__account')
    expect(question.text()).toContain('138****8000')
    expect(question.text()).toContain('2023')
    await press(`.account-question__${button}`)
    const again = await backend.take('POST /auth/login')
    expect(again.body).toEqual({ phone, smsCode: '123456', isMine })
    await again.answer(200, { tokenState: stateOf('t') })
    await settled()
    expect(mounted.emitted('done')).toHaveLength(1)
  })

  it('keeps the question while its answer is under way, and if that does not arrive', async () => {
    const form = await openForm(host, 'sms')
    const { fill, submit, press, host: backend, mounted, settled, has } = form
    await fill({ 'sign-in-phone': phone, 'sign-in-code': '123456' })
    await submit()
    const problem = { type: '/problems/confirmation-needed', account }
    await (await backend.take('POST /auth/login')).answer(409, problem)
    await settled()
    await press('.account-question__mine')
    const lost = await backend.take('POST /auth/login')
    expect(mounted.find('.account-question__mine').attributes()).toHaveProperty('disabled')
    await lost.fail('network')
    await settled()
    expect(mounted.find('.account-question__problem').text()).toBe(zhHans.errors.network)
    await press('.account-question__mine')
    const again = await backend.take('POST /auth/login')
    expect(again.body).toEqual({ phone, smsCode: '123456', isMine: true })
    await again.answer(401, {}, refused)
    await settled()
    expect(has('.account-question')).toBe(false)
    expect([form.valueOf('sign-in-phone'), form.errors()]).toEqual([phone, [texts.codeRejected]])
  })

  it.each([
    ['/problems/second-proof-needed', zhHans.errors.second_proof_needed],
    ['/problems/phone-number-taken', zhHans.errors.number_taken],
  ])('a number is refused by %s for what it is, not as a wrong code', async (type, text) => {
    const props = { purpose: 'bind' }
    const form = await mountOn(host, 'SignInForm', { props, token: 't' })
    await form.fill({ 'sign-in-phone': phone, 'sign-in-code': '123456' })
    await form.submit()
    await (await form.host.take('POST /auth/phone-number')).answer(403, { type })
    await form.settled()
    expect(form.errors()).toEqual([text])
  })

  it.each([
    [500, {}, zhHans.errors.network],
    [429, { 'Retry-After': '86400' }, texts.tooMany],
    [429, { 'Retry-After': '30' }, '请 30 秒后再试。'],
  ])('an answer of %i blames neither code nor password', async (status, headers, text) => {
    const { fill, submit, errors, host: backend, settled } = await openForm(host, 'password')
    await fill({ 'sign-in-phone': phone, 'sign-in-password': 'brown boxes' })
    await submit()
    await (await backend.take('POST /auth/login')).answer(status, {}, headers)
    await settled()
    expect(errors()).toEqual([text])
  })

  it('is not done once more after the user wanted no more', async () => {
    const {
      fill,
      submit,
      press,
      host: backend,
      mounted,
      settled,
    } = await openForm(host, 'password')
    await fill({ 'sign-in-phone': phone, 'sign-in-password': 'brown boxes' })
    await submit()
    await press('.sign-in__cancel')
    await (await backend.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
    await settled()
    expect([mounted.emitted('cancel'), mounted.emitted('done')]).toEqual([[[]], undefined])
  })

  it('has no way to decline where there is nowhere else to go', async () => {
    expect((await openForm(host, 'sms', { mandatory: true })).has('.sign-in__cancel')).toBe(false)
  })

  it('has users agree to the terms: the box is empty, and a press explains', async () => {
    const terms = [{ title: '《用户协议》', url: '/pages/terms/terms' }]
    const form = await openForm(host, 'sms', { terms })
    const { fill, submit, press, errors, host: backend } = form
    await fill({ 'sign-in-phone': phone, 'sign-in-code': '123456' })
    await submit()
    expect(errors()).toEqual([texts.agreeFirst])
    backend.assertIdle()
    const box = () => form.mounted.find('.terms-box__check').attributes()
    expect(box()).toMatchObject({
      [host === 'h5' ? 'role' : 'aria-role']: 'checkbox',
      'aria-checked': 'false',
    })
    await press('.terms-box__check')
    expect([errors(), box()['aria-checked']]).toEqual([[], 'true'])
    await submit()
    await backend.take('POST /auth/login')
  })

  it('leads to the page for a new password only where there is one', async () => {
    const passwordPage = '/pages/password/password'
    const without = await openForm(host, 'password')
    expect(without.has('.forgot-password')).toBe(false)
    const { press, moves } = await openForm(host, 'password', { passwordPage })
    await press('.forgot-password')
    expect(moves).toEqual([['navigateTo', passwordPage]])

    // uni-app returns a promise where it is given no callback, which nobody would handle.
    const answers: unknown[] = []
    uni.navigateTo = ((options: UniApp.NavigateToOptions) => {
      answers.push(options.fail ? 'a callback' : 'a promise')
    }) as typeof uni.navigateTo
    await press('.forgot-password')
    expect(answers).toEqual(['a callback'])
  })

  it('adds a number to the account of the session', async () => {
    const {
      fill,
      submit,
      host: backend,
      has,
    } = await mountOn(host, 'SignInForm', {
      props: { purpose: 'bind' },
      token: 't',
    })
    expect(has('.sign-in__method--password')).toBe(false)
    await fill({ 'sign-in-phone': phone, 'sign-in-code': '123456' })
    await submit()
    const call = await backend.take('POST /auth/phone-number')
    expect(call.body).toEqual({ phone, smsCode: '123456' })
    expect(call.authorization).toBe('Bearer t')
  })

  it('says so where there is no way in', async () => {
    const { mounted } = await mountOn(host, 'SignInForm', { props: { purpose: 'login' } })
    expect(mounted.find('.sign-in__nothing').exists()).toBe(host === 'h5')
  })
})

describe('in a browser', () => {
  const attributesOf = (field: { attributes(): Record<string, string | undefined> }) => {
    const { name, type, autocomplete, inputmode } = field.attributes()
    return { name, type, autocomplete, inputmode }
  }

  it('password managers and the fill-in of text codes find a form as they know it', async () => {
    const { mounted, press } = await openForm('h5', 'sms')
    expect(mounted.find('form button[type=submit]').classes()).toContain('sign-in__submit')
    expect(attributesOf(mounted.find('#sign-in-phone'))).toMatchObject({ autocomplete: 'tel' })
    expect(attributesOf(mounted.find('form #sign-in-code'))).toEqual({
      name: 'code',
      type: 'text',
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
    })
    await press('.sign-in__method--password')
    expect(attributesOf(mounted.find('#sign-in-phone'))).toMatchObject({
      type: 'tel',
      autocomplete: 'username',
    })
    expect(attributesOf(mounted.find('#sign-in-password'))).toMatchObject({
      type: 'password',
      autocomplete: 'current-password',
    })
  })

  it('every field has a label, and names what is wrong with it', async () => {
    const { mounted, submit } = await openForm('h5', 'sms')
    for (const input of mounted.findAll('input'))
      expect(mounted.find(`label[for="${input.attributes('id')}"]`).text()).not.toBe('')
    await submit()
    const { 'aria-invalid': isInvalid, 'aria-describedby': by } = mounted
      .find('#sign-in-code')
      .attributes()
    expect(isInvalid).toBe('true')
    expect(mounted.find(`#${by}`).text()).toBe(texts.codeInvalid)
  })

  it('Enter leads to the first field that is missing, or signs in', async () => {
    const { fill, submit } = await openForm('h5', 'sms')
    await fill({ 'sign-in-phone': phone })
    await submit()
    expect(document.activeElement?.id).toBe('sign-in-code')
  })

  it('letters typed among the digits of a code are dropped at once', async () => {
    const { fill, valueOf } = await openForm('h5', 'sms')
    await fill({ 'sign-in-code': '12' })
    await fill({ 'sign-in-code': '12e' })
    expect(valueOf('sign-in-code')).toBe('12')
  })

  it('WeChat is offered in its own browser, where the app knows how to ask it', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 MicroMessenger/8.0' })
    const methods = ['sms', 'wechat']
    const without = await mountOn('h5', 'SignInForm', { props: { methods } })
    expect(without.has('.sign-in__method--wechat')).toBe(false)
    const oauth = { appId: 'wx0000000000000000' }
    const { has } = await mountOn('h5', 'SignInForm', { props: { methods, oauth } })
    expect(has('.sign-in__method--wechat')).toBe(true)
  })
})

describe('in a mini-program', () => {
  it('one press logs in by WeChat; the other ways are beside it', async () => {
    const props = { methods: ['sms', 'password'], purpose: 'login' }
    const { press, has, host } = await mountOn('mp-weixin', 'SignInForm', { props })
    expect([has('#sign-in-phone'), has('.sign-in__method--sms')]).toEqual([false, true])
    await press('.sign-in__method--wechat')
    expect((await host.take('POST /auth/login')).body).toEqual({ code: 'code-1' })
  })

  it('the field for the code shows six digits and nothing else, whatever is typed after them', async () => {
    const { mounted } = await openForm('mp-weixin', 'sms')
    // What the handler returns replaces what the field shows (WeChat: input, bindinput).
    const { __vnode: field } = mounted.find('#sign-in-code').element as unknown as {
      __vnode: { props: { onInput(event: unknown): unknown } }
    }
    const shown = ['123456', '1234567', '123 456'].map((value) =>
      field.props.onInput({ detail: { value } }),
    )
    expect(shown).toEqual(Array(3).fill('123456'))
  })

  it('the keyboard leads from field to field, and its last key signs in', async () => {
    const { mounted, fill, host } = await openForm('mp-weixin', 'sms')
    const field = (id: string) => mounted.find(`#${id}`)
    expect(field('sign-in-phone').attributes('confirm-type')).toBe('next')
    expect(field('sign-in-code').attributes('confirm-type')).toBe('done')
    await fill({ 'sign-in-phone': phone, 'sign-in-code': '123456' })
    await field('sign-in-code').trigger('focus')
    await field('sign-in-code').trigger('confirm')
    await host.take('POST /auth/login')
  })
})
