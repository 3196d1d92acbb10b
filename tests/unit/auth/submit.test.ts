import { describe, expect, it } from 'vitest'
import type { ButtonDetail } from '../../../src/auth/types'
import {
  answerAll,
  asking,
  challenge,
  phoneCode,
  phoneData,
  userData,
} from '../../support/challenged'
import { outcomeOf } from '../../support/outcome'
import { createBench, stateOf, type Bench } from '../../support/signedIn'

const DONE = { tokenState: stateOf('t', { hasPhoneNumber: true, hasUserInfo: true }) }

/** A phone number prompt is open, and something was submitted to it. */
async function createSubmitted(detail: ButtonDetail = phoneCode) {
  const bench = createBench({ token: 't' })
  const waiting = await challenge(bench, '/a', 'getPhoneNumber')
  const submit = outcomeOf(bench.auth.submitPhoneNumber(detail))
  return { ...bench, waiting, submit, call: await bench.host.take('POST /auth/phone-number') }
}

async function logIn({ host }: Bench, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('promise 18: what is sent', () => {
  it('is the code alone where there is one', async () => {
    const { call } = await createSubmitted({ ...phoneData, ...phoneCode })
    expect(call.body).toEqual({ code: 'phone-code' })
    expect(call.authorization).toBe('Bearer t')
  })

  it('is the encrypted data without a code', async () => {
    const { call } = await createSubmitted(phoneData)
    expect(call.body).toEqual({ encryptedData: 'ZW5jcnlwdGVk', iv: 'aXY=' })
  })

  it('is of the user info what the button gave, and no more', async () => {
    const { host, auth } = createBench({ token: 't' })
    const detail = { ...userData, userInfo: { nickName: '阿宁' }, cloudID: 'x' }
    void auth.submitUserInfo({ detail })
    const { errMsg, ...sent } = userData
    expect(errMsg).toBe('getUserInfo:ok')
    expect((await host.take('POST /auth/user-info')).body).toEqual(sent)
  })

  it('is the form’s nickname, and the address of the avatar once that is uploaded', async () => {
    const { host, auth } = createBench({ token: 't' })
    const submit = outcomeOf(auth.submitUserInfo({ nickname: '阿宁', avatarUrl: 'wxfile://tmp' }))
    const upload = await host.take('UPLOAD /auth/avatar')
    expect(upload.call).toMatchObject({ type: 'upload', filePath: 'wxfile://tmp', name: 'file' })
    expect(upload.authorization).toBe('Bearer t')
    expect(host.onWire).toHaveLength(1)
    const address = 'https://api.example.com/v1/avatars/1'
    await upload.answer(200, JSON.stringify({ data: { avatarUrl: address }, ...DONE }))
    const call = await host.take('POST /auth/user-info')
    expect(call.body).toEqual({ nickname: '阿宁', avatarUrl: address })
    await call.answer(200, DONE)
    expect(submit.is).toBe('resolved')
    expect(auth.tokenState?.hasUserInfo).toBe(true)
  })

  it('tells how much of the avatar has been sent', async () => {
    const { host, auth } = createBench({ token: 't' })
    const heard: number[] = []
    const onProgress = (percent: number) => heard.push(percent)
    void auth.submitUserInfo({ avatarUrl: 'wxfile://tmp', onProgress })
    const { call } = await host.take('UPLOAD /auth/avatar')
    if (call.type === 'upload') call.onProgress?.(40)
    expect(heard).toEqual([40])
  })

  it('is the code of a number proved at this moment as well', async () => {
    const { host, auth } = createBench({ token: 't' })
    void auth.submitPhoneNumber({ errMsg: 'getRealtimePhoneNumber:ok', code: 'phone-code' })
    expect((await host.take('POST /auth/phone-number')).body).toEqual({ code: 'phone-code' })
    const refusal = { errMsg: 'getRealtimePhoneNumber:fail user deny' }
    await expect(createBench({ token: 't' }).auth.submitPhoneNumber(refusal)).rejects.toMatchObject(
      { code: 'prompt_denied' },
    )
  })

  it('is nothing when there is nothing, which needs another press', async () => {
    const { host, auth } = createBench({ token: 't' })
    const code = 'press_again'
    await expect(auth.submitUserInfo({})).rejects.toMatchObject({ code })
    await expect(auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok' })).rejects.toMatchObject({
      code,
    })
    expect(host.sent).toHaveLength(0)
  })

  it('goes past requests that wait for a place', async () => {
    const { host, auth } = createBench({ token: 't' })
    for (let i = 0; i < 20; i++) void auth.request(`/${i}`)
    void auth.submitPhoneNumber(phoneCode)
    await host.take('POST /auth/phone-number')
  })
})

describe('promise 18: a submit answered 401', () => {
  it('logs in once and sends the code again with the new token', async () => {
    const bench = await createSubmitted()
    await bench.call.answer(401)
    await logIn(bench)
    const again = await bench.host.take('POST /auth/phone-number')
    expect(again.authorization).toBe('Bearer n')
    expect(again.body).toEqual({ code: 'phone-code' })
    await again.answer(200, { tokenState: stateOf('n', { hasPhoneNumber: true }) })
    await answerAll(bench)
    expect(bench.waiting.value).toBe('GET /a')
    expect(bench.host.logins).toBe(1)
  })

  it('never goes through challenge handling', async () => {
    const bench = await createSubmitted()
    await bench.call.answer(401, {}, asking('getUserInfo, Basic'))
    expect(bench.auth.prompt).toEqual({ kind: 'getPhoneNumber', status: 'submitting' })
    const login = await bench.host.take('POST /auth/login')
    await login.answer(401, {}, asking('getPhoneNumber'))
    expect(bench.auth.prompt).toMatchObject({ status: 'open', error: 'login_rejected' })
    expect(bench.waiting.is).toBe('pending')
  })

  it('gives up with login_rejected at the second 401', async () => {
    const bench = await createSubmitted()
    await bench.call.answer(401)
    await logIn(bench)
    await (await bench.host.take('POST /auth/phone-number')).answer(401)
    expect(bench.auth.prompt).toMatchObject({ status: 'open', error: 'login_rejected' })
    expect(bench.host.logins).toBe(1)
    bench.host.assertIdle()
  })

  it('joins a login that requests have started', async () => {
    const bench = await createSubmitted()
    const other = outcomeOf(bench.auth.request('/b'))
    await (await bench.host.take('GET /b')).answer(401)
    await bench.call.answer(401)
    await logIn(bench)
    await (await bench.host.take('POST /auth/phone-number')).answer(200, {})
    await answerAll(bench)
    expect(other.value).toBe('GET /b')
    expect(bench.host.logins).toBe(1)
  })

  it('uses the token that has replaced the refused one meanwhile', async () => {
    const bench = await createSubmitted()
    const login = bench.auth.login()
    await logIn(bench)
    await login
    await bench.call.answer(401)
    const again = await bench.host.take('POST /auth/phone-number')
    expect(again.authorization).toBe('Bearer n')
    expect(bench.host.logins).toBe(1)
  })

  it('logs in and asks for another press when the data was encrypted', async () => {
    const bench = await createSubmitted(phoneData)
    await bench.call.answer(401)
    await logIn(bench)
    expect(bench.auth.prompt).toMatchObject({ status: 'open', error: 'press_again' })
    expect(bench.submit.is).toBe('resolved')
    expect(bench.auth.tokenState?.accessToken).toBe('n')
    bench.host.assertIdle()
    void bench.auth.submitPhoneNumber(phoneData)
    expect((await bench.host.take('POST /auth/phone-number')).authorization).toBe('Bearer n')
  })

  it('sends form fields again, and an avatar', async () => {
    const bench = createBench({ token: 't' })
    const submit = outcomeOf(
      bench.auth.submitUserInfo({ nickname: '阿宁', avatarUrl: 'wxfile://1' }),
    )
    await (await bench.host.take('UPLOAD')).answer(401, '{}')
    await logIn(bench)
    const upload = await bench.host.take('UPLOAD')
    expect(upload.authorization).toBe('Bearer n')
    await upload.answer(200, { data: { avatarUrl: 'https://img.example.com/1' } })
    const call = await bench.host.take('POST /auth/user-info')
    await call.answer(200, { tokenState: stateOf('n', { hasUserInfo: true }) })
    expect(submit.is).toBe('resolved')
    expect(bench.host.logins).toBe(1)
  })

  it('logs in first when there is no session, and encrypted data is pressed again', async () => {
    const bench = createBench()
    const submit = outcomeOf(bench.auth.submitPhoneNumber(phoneCode))
    await logIn(bench)
    await (await bench.host.take('POST /auth/phone-number')).answer(200, {})
    expect(submit.is).toBe('resolved')

    const other = createBench()
    const encrypted = outcomeOf(other.auth.submitPhoneNumber(phoneData))
    await logIn(other)
    expect(encrypted).toMatchObject({ error: { code: 'press_again' } })
    other.host.assertIdle()
  })
})

describe('promise 18: a submit answered otherwise', () => {
  it.each([
    ['encrypted data', phoneData],
    ['a code', phoneCode],
  ])('409 to %s logs in and asks for another press', async (_name, detail) => {
    const bench = await createSubmitted(detail)
    await bench.call.answer(409, { type: 'session-key-expired' })
    expect(bench.auth.prompt?.status).toBe('submitting')
    await logIn(bench)
    expect(bench.auth.prompt).toMatchObject({ status: 'open', error: 'press_again' })
    expect(bench.waiting.is).toBe('pending')
    bench.host.assertIdle()
  })

  it('409 whose login fails says why', async () => {
    const bench = await createSubmitted(phoneData)
    await bench.call.answer(409)
    await (await bench.host.take('POST /auth/login')).fail('network')
    expect(bench.auth.prompt).toMatchObject({ status: 'open', error: 'network' })
    expect(bench.auth.tokenState?.accessToken).toBe('t')
  })

  it.each([
    [400, 'press_again'],
    [403, 'press_again'],
    [422, 'press_again'],
    [429, 'network'],
    [500, 'network'],
    [502, 'network'],
    [503, 'network'],
  ])('%i stands in the prompt as %s', async (status, code) => {
    const bench = await createSubmitted()
    await bench.call.answer(status, { title: 'no' }, { 'Retry-After': '7' })
    expect(bench.auth.prompt).toEqual({ kind: 'getPhoneNumber', status: 'open', error: code })
    expect(bench.waiting.is).toBe('pending')
    expect(bench.host.logins).toBe(0)
    bench.host.assertIdle()
    const { host, auth } = createBench({ token: 't' })
    const alone = outcomeOf(auth.submitPhoneNumber(phoneCode))
    await (
      await host.take('POST /auth/phone-number')
    ).answer(
      status,
      {},
      {
        'Retry-After': '7',
        'X-Request-Id': 'r1',
      },
    )
    expect(alone).toMatchObject({ error: { code, status, retryAfter: 7, requestId: 'r1' } })
  })

  it('an avatar that is not taken ends it before the form is sent', async () => {
    for (const [status, code] of [
      [413, 'picture_refused'],
      [415, 'picture_refused'],
      [500, 'network'],
    ] as const) {
      const { host, auth } = createBench({ token: 't' })
      const submit = outcomeOf(auth.submitUserInfo({ nickname: '阿宁', avatarUrl: 'wxfile://1' }))
      await (await host.take('UPLOAD')).answer(status, '{}')
      expect(submit).toMatchObject({ error: { code, status } })
      host.assertIdle()
    }
  })

  it('is not sent on when the user has declined while the avatar was sent', async () => {
    const bench = createBench({ token: 't' })
    await challenge(bench, '/a', 'getUserInfo')
    const submit = outcomeOf(
      bench.auth.submitUserInfo({ nickname: '阿宁', avatarUrl: 'wxfile://1' }),
    )
    const upload = await bench.host.take('UPLOAD')
    bench.auth.cancelPrompt()
    await upload.answer(200, { data: { avatarUrl: 'https://img.example.com/1' } })
    expect(submit).toMatchObject({ error: { code: 'prompt_cancelled' } })
    bench.host.assertIdle()
  })

  it('an avatar answer without an address breaks the contract', async () => {
    for (const data of ['', '{}', { data: null }, { data: { avatarUrl: 7 } }, 'not json']) {
      const { host, auth } = createBench({ token: 't' })
      const submit = outcomeOf(auth.submitUserInfo({ avatarUrl: 'wxfile://1' }))
      await (await host.take('UPLOAD')).answer(200, data)
      expect(submit).toMatchObject({ error: { code: 'protocol' } })
      host.assertIdle()
    }
  })
})

describe('promise 18: a submit that fails on the wire', () => {
  it.each(['network', 'timeout', 'interrupted'] as const)(
    'is taken as arrived when the token state says so, after %s',
    async (kind) => {
      const bench = await createSubmitted()
      await bench.call.fail(kind)
      expect(bench.auth.prompt?.status).toBe('submitting')
      const question = await bench.host.take('GET /auth/token-state')
      expect(question.authorization).toBe('Bearer t')
      await question.answer(200, DONE)
      expect(bench.auth.prompt).toBe(null)
      expect(bench.auth.tokenState?.hasPhoneNumber).toBe(true)
      await answerAll(bench)
      expect(bench.waiting.value).toBe('GET /a')
      expect(bench.submit.is).toBe('resolved')
    },
  )

  it.each([
    ['the phone number is still missing', 200, { tokenState: stateOf('t') }],
    ['the answer has no token state', 200, {}],
    ['the answer is 401', 401, {}],
    ['the answer is 500', 500, {}],
  ])('lets the user press again when %s', async (_name, status, data) => {
    const bench = await createSubmitted()
    await bench.call.fail('network')
    await (await bench.host.take('GET /auth/token-state')).answer(status, data)
    expect(bench.auth.prompt).toMatchObject({ status: 'open', error: 'network' })
    expect(bench.waiting.is).toBe('pending')
    bench.host.assertIdle()
  })

  it('lets the user press again when the question fails too', async () => {
    const bench = await createSubmitted()
    await bench.call.fail('network')
    await (await bench.host.take('GET /auth/token-state')).fail('network')
    expect(bench.auth.prompt).toMatchObject({ status: 'open', error: 'network' })
  })

  it('does not take a phone number that was known before for the new one', async () => {
    const { host, auth } = createBench({ token: 't', state: { hasPhoneNumber: true, version: 4 } })
    const submit = outcomeOf(auth.submitPhoneNumber(phoneCode))
    await (await host.take('POST /auth/phone-number')).fail('network')
    const state = stateOf('t', { hasPhoneNumber: true, version: 4 })
    await (await host.take('GET /auth/token-state')).answer(200, { tokenState: state })
    expect(submit).toMatchObject({ error: { code: 'network' } })
  })

  it('asks for the user info in the same way', async () => {
    const { host, auth } = createBench({ token: 't' })
    const submit = outcomeOf(auth.submitUserInfo({ nickname: '阿宁' }))
    await (await host.take('POST /auth/user-info')).fail('network')
    await (await host.take('GET /auth/token-state')).answer(200, DONE)
    expect(submit.is).toBe('resolved')
  })

  it('is held to a time limit, and so is the question', async () => {
    const bench = await createSubmitted()
    await bench.host.clock.advance(30_000)
    expect(bench.call.isAborted).toBe(true)
    const question = await bench.host.take('GET /auth/token-state')
    await bench.host.clock.advance(30_000)
    expect(question.isAborted).toBe(true)
    expect(bench.auth.prompt).toMatchObject({ status: 'open', error: 'timeout' })
    bench.host.assertIdle()
  })
})
