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
import { isSpokenInCodes, openClient, stateOf, type Client } from '../../support/client'

const DONE = { tokenState: stateOf('t', { hasPhoneNumber: true, hasUserInfo: true }) }

/** A phone number prompt is open, and something was submitted to it. */
async function createSubmitted(detail: ButtonDetail = phoneCode) {
  const client = openClient({ token: 't' })
  const waiting = await challenge(client, '/a', 'getPhoneNumber')
  const submit = outcomeOf(client.auth.submitPhoneNumber(detail))
  return { ...client, waiting, submit, call: await client.host.take('POST /auth/phone-number') }
}

async function logIn({ host }: Client, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('guarantee 18: what is sent', () => {
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
    const { host, auth } = openClient({ token: 't' })
    const detail = { ...userData, userInfo: { nickName: '阿宁' }, cloudID: 'x' }
    void auth.submitUserInfo({ detail })
    const { errMsg, ...sent } = userData
    expect(errMsg).toBe('getUserInfo:ok')
    expect((await host.take('POST /auth/user-info')).body).toEqual(sent)
  })

  it('is the form’s nickname, and the address of the avatar once that is uploaded', async () => {
    const { host, auth } = openClient({ token: 't' })
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

  it('reports how much of the avatar has been sent', async () => {
    const { host, auth } = openClient({ token: 't' })
    const heard: number[] = []
    const onProgress = (percent: number) => heard.push(percent)
    void auth.submitUserInfo({ avatarUrl: 'wxfile://tmp', onProgress })
    const { call } = await host.take('UPLOAD /auth/avatar')
    if (call.type === 'upload') call.onProgress?.(40)
    expect(heard).toEqual([40])
  })

  it('is the code of a number proved at this moment as well', async () => {
    const { host, auth } = openClient({ token: 't' })
    void auth.submitPhoneNumber({ errMsg: 'getRealtimePhoneNumber:ok', code: 'phone-code' })
    expect((await host.take('POST /auth/phone-number')).body).toEqual({ code: 'phone-code' })
    const refusal = { errMsg: 'getRealtimePhoneNumber:fail user deny' }
    await expect(openClient({ token: 't' }).auth.submitPhoneNumber(refusal)).rejects.toMatchObject({
      code: 'prompt_denied',
    })
  })

  it('is nothing when there is nothing, which needs another press', async () => {
    const { host, auth } = openClient({ token: 't' })
    const code = 'press_again'
    await expect(auth.submitUserInfo({})).rejects.toMatchObject({ code })
    await expect(auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok' })).rejects.toMatchObject({
      code,
    })
    expect(host.sent).toHaveLength(0)
  })

  it('goes past requests that wait for a place', async () => {
    const { host, auth } = openClient({ token: 't' })
    for (let i = 0; i < 20; i++) void auth.request(`/${i}`)
    void auth.submitPhoneNumber(phoneCode)
    await host.take('POST /auth/phone-number')
  })
})

describe('guarantee 18: a submit answered 401', () => {
  it('logs in once and sends the code again with the new token', async () => {
    const client = await createSubmitted()
    await client.call.answer(401)
    await logIn(client)
    const again = await client.host.take('POST /auth/phone-number')
    expect(again.authorization).toBe('Bearer n')
    expect(again.body).toEqual({ code: 'phone-code' })
    await again.answer(200, { tokenState: stateOf('n', { hasPhoneNumber: true }) })
    await answerAll(client)
    expect(client.waiting.value).toBe('GET /a')
    expect(client.host.logins).toBe(1)
  })

  it('never goes through challenge handling', async () => {
    const client = await createSubmitted()
    await client.call.answer(401, {}, asking('getUserInfo, Basic'))
    expect(client.auth.prompt).toEqual({ kind: 'getPhoneNumber', status: 'submitting' })
    const login = await client.host.take('POST /auth/login')
    await login.answer(401, {}, asking('getPhoneNumber'))
    expect(client.auth.prompt).toMatchObject({ status: 'open', error: 'login_rejected' })
    expect(client.waiting.is).toBe('pending')
  })

  it('gives up with login_rejected at the second 401', async () => {
    const client = await createSubmitted()
    await client.call.answer(401)
    await logIn(client)
    await (await client.host.take('POST /auth/phone-number')).answer(401)
    expect(client.auth.prompt).toMatchObject({ status: 'open', error: 'login_rejected' })
    expect(client.host.logins).toBe(1)
    client.host.assertIdle()
  })

  it('joins a login that requests have started', async () => {
    const client = await createSubmitted()
    const other = outcomeOf(client.auth.request('/b'))
    await (await client.host.take('GET /b')).answer(401)
    await client.call.answer(401)
    await logIn(client)
    await (await client.host.take('POST /auth/phone-number')).answer(200, {})
    await answerAll(client)
    expect(other.value).toBe('GET /b')
    expect(client.host.logins).toBe(1)
  })

  it('uses the token that has replaced the refused one meanwhile', async () => {
    const client = await createSubmitted()
    const login = client.auth.login()
    await logIn(client)
    await login
    await client.call.answer(401)
    const again = await client.host.take('POST /auth/phone-number')
    expect(again.authorization).toBe('Bearer n')
    expect(client.host.logins).toBe(1)
  })

  it('logs in and asks for another press when the data was encrypted', async () => {
    const client = await createSubmitted(phoneData)
    await client.call.answer(401)
    await logIn(client)
    expect(client.auth.prompt).toMatchObject({ status: 'open', error: 'press_again' })
    expect(client.submit.is).toBe('resolved')
    expect(client.auth.tokenState?.accessToken).toBe('n')
    client.host.assertIdle()
    void client.auth.submitPhoneNumber(phoneData)
    expect((await client.host.take('POST /auth/phone-number')).authorization).toBe('Bearer n')
  })

  it('sends form fields again, and an avatar', async () => {
    const client = openClient({ token: 't' })
    const submit = outcomeOf(
      client.auth.submitUserInfo({ nickname: '阿宁', avatarUrl: 'wxfile://1' }),
    )
    await (await client.host.take('UPLOAD')).answer(401, '{}')
    await logIn(client)
    const upload = await client.host.take('UPLOAD')
    expect(upload.authorization).toBe('Bearer n')
    await upload.answer(200, { data: { avatarUrl: 'https://img.example.com/1' } })
    const call = await client.host.take('POST /auth/user-info')
    await call.answer(200, { tokenState: stateOf('n', { hasUserInfo: true }) })
    expect(submit.is).toBe('resolved')
    expect(client.host.logins).toBe(1)
  })

  it('logs in first where there is no session, also for an avatar alone', async () => {
    const client = openClient()
    void client.auth.submitUserInfo({ avatarUrl: 'wxfile://1' })
    await logIn(client)
    expect((await client.host.take('UPLOAD')).authorization).toBe('Bearer n')
  })

  it('sends an avatar no third time', async () => {
    const client = openClient({ token: 't' })
    const submit = outcomeOf(client.auth.submitUserInfo({ avatarUrl: 'wxfile://1' }))
    await (await client.host.take('UPLOAD')).answer(401, '{}')
    await logIn(client)
    await (await client.host.take('UPLOAD')).answer(401, '{}')
    expect(submit.error).toMatchObject({ code: 'login_rejected' })
    client.host.assertIdle()
  })

  it('logs in first when there is no session, and encrypted data is pressed again', async () => {
    const client = openClient()
    const submit = outcomeOf(client.auth.submitPhoneNumber(phoneCode))
    await logIn(client)
    await (await client.host.take('POST /auth/phone-number')).answer(200, {})
    expect(submit.is).toBe('resolved')

    const other = openClient()
    const encrypted = outcomeOf(other.auth.submitPhoneNumber(phoneData))
    await logIn(other)
    expect(encrypted).toMatchObject({ error: { code: 'press_again' } })
    other.host.assertIdle()
  })
})

describe('guarantee 18: a submit answered otherwise', () => {
  it.each([
    ['encrypted data', phoneData],
    ['a code', phoneCode],
  ])('409 to %s logs in and asks for another press', async (_name, detail) => {
    const client = await createSubmitted(detail)
    await client.call.answer(409, { type: 'session-key-expired' })
    expect(client.auth.prompt?.status).toBe('submitting')
    await logIn(client)
    expect(client.auth.prompt).toMatchObject({ status: 'open', error: 'press_again' })
    expect(client.waiting.is).toBe('pending')
    client.host.assertIdle()
  })

  it('409 whose login fails says why', async () => {
    const client = await createSubmitted(phoneData)
    await client.call.answer(409)
    await (await client.host.take('POST /auth/login')).fail('network')
    expect(client.auth.prompt).toMatchObject({ status: 'open', error: 'network' })
    expect(client.auth.tokenState?.accessToken).toBe('t')
  })

  it.each([
    [400, 'press_again'],
    [403, 'number_taken'],
    [422, 'press_again'],
    [429, 'network'],
    [500, 'network'],
    [502, 'network'],
    [503, 'network'],
  ])('shows %i in the prompt as %s', async (status, code) => {
    const client = await createSubmitted()
    await client.call.answer(status, { title: 'no' }, { 'Retry-After': '7' })
    expect(client.auth.prompt).toEqual({
      kind: 'getPhoneNumber',
      status: 'open',
      error: code,
      retryAfter: 7,
    })
    expect(client.waiting.is).toBe('pending')
    expect(client.host.logins).toBe(0)
    client.host.assertIdle()
    const { host, auth } = openClient({ token: 't' })
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
      const { host, auth } = openClient({ token: 't' })
      const submit = outcomeOf(auth.submitUserInfo({ nickname: '阿宁', avatarUrl: 'wxfile://1' }))
      await (await host.take('UPLOAD')).answer(status, '{}')
      expect(submit).toMatchObject({ error: { code, status } })
      host.assertIdle()
    }
  })

  it('is not sent on when the user has declined while the avatar was sent', async () => {
    const client = openClient({ token: 't' })
    await challenge(client, '/a', 'getUserInfo')
    const submit = outcomeOf(
      client.auth.submitUserInfo({ nickname: '阿宁', avatarUrl: 'wxfile://1' }),
    )
    const upload = await client.host.take('UPLOAD')
    client.auth.cancelPrompt()
    await upload.answer(200, { data: { avatarUrl: 'https://img.example.com/1' } })
    expect(submit).toMatchObject({ error: { code: 'prompt_cancelled' } })
    client.host.assertIdle()
  })

  it('an avatar answer without an address breaks the contract', async () => {
    for (const data of ['', '{}', { data: null }, { data: { avatarUrl: 7 } }, 'not json']) {
      const { host, auth } = openClient({ token: 't' })
      const submit = outcomeOf(auth.submitUserInfo({ avatarUrl: 'wxfile://1' }))
      await (await host.take('UPLOAD')).answer(200, data)
      expect(submit).toMatchObject({ error: { code: 'protocol' } })
      host.assertIdle()
    }
  })
})

describe('guarantee 18: a submit that fails on the wire', () => {
  it.each(['network', 'timeout', 'interrupted'] as const)(
    'is taken as arrived when the token state says so, after %s',
    async (kind) => {
      const client = await createSubmitted()
      await client.call.fail(kind)
      expect(client.auth.prompt?.status).toBe('submitting')
      const question = await client.host.take('GET /auth/token-state')
      expect(question.authorization).toBe('Bearer t')
      await question.answer(200, DONE)
      expect(client.auth.prompt).toBe(null)
      expect(client.auth.tokenState?.hasPhoneNumber).toBe(true)
      await answerAll(client)
      expect(client.waiting.value).toBe('GET /a')
      expect(client.submit.is).toBe('resolved')
    },
  )

  it.each([
    ['the phone number is still missing', 200, { tokenState: stateOf('t') }],
    ['the answer has no token state', 200, {}],
    ['the answer is 401', 401, {}],
    ['the answer is 500', 500, {}],
  ])('lets the user press again when %s', async (_name, status, data) => {
    const client = await createSubmitted()
    await client.call.fail('network')
    await (await client.host.take('GET /auth/token-state')).answer(status, data)
    expect(client.auth.prompt).toMatchObject({ status: 'open', error: 'network' })
    expect(client.waiting.is).toBe('pending')
    client.host.assertIdle()
  })

  it('lets the user press again when the question fails too', async () => {
    const client = await createSubmitted()
    await client.call.fail('network')
    await (await client.host.take('GET /auth/token-state')).fail('network')
    expect(client.auth.prompt).toMatchObject({ status: 'open', error: 'network' })
  })

  it('does not take a phone number that was known before for the new one', async () => {
    const { host, auth } = openClient({ token: 't', state: { hasPhoneNumber: true, version: 4 } })
    const submit = outcomeOf(auth.submitPhoneNumber(phoneCode))
    await (await host.take('POST /auth/phone-number')).fail('network')
    const state = stateOf('t', { hasPhoneNumber: true, version: 4 })
    await (await host.take('GET /auth/token-state')).answer(200, { tokenState: state })
    expect(submit).toMatchObject({ error: { code: 'network' } })
  })

  it('takes a newer state for the new phone number, also where one was known before', async () => {
    const { host, auth } = openClient({ token: 't', state: { hasPhoneNumber: true, version: 4 } })
    const submit = outcomeOf(auth.submitPhoneNumber(phoneCode))
    await (await host.take('POST /auth/phone-number')).fail('network')
    const state = stateOf('t', { hasPhoneNumber: true, version: 5 })
    await (await host.take('GET /auth/token-state')).answer(200, { tokenState: state })
    expect(submit.is).toBe('resolved')
  })

  it.skipIf(isSpokenInCodes)(
    'is not asked about when it was answered, though nobody can read the answer',
    async () => {
      const { host, auth } = openClient({ token: 't' })
      const submit = outcomeOf(auth.submitPhoneNumber(phoneCode))
      const json = { 'content-type': 'application/json' }
      await (await host.take('POST /auth/phone-number')).answer(200, '{"tokenState":{"acc', json)
      expect(submit).toMatchObject({ error: { code: 'protocol' } })
      host.assertIdle()
    },
  )

  it('asks for the user info in the same way', async () => {
    const { host, auth } = openClient({ token: 't' })
    const submit = outcomeOf(auth.submitUserInfo({ nickname: '阿宁' }))
    await (await host.take('POST /auth/user-info')).fail('network')
    await (await host.take('GET /auth/token-state')).answer(200, DONE)
    expect(submit.is).toBe('resolved')
  })

  it('is held to a time limit, and so is the question', async () => {
    const client = await createSubmitted()
    await client.host.clock.advance(30_000)
    expect(client.call.isAborted).toBe(true)
    const question = await client.host.take('GET /auth/token-state')
    await client.host.clock.advance(30_000)
    expect(question.isAborted).toBe(true)
    expect(client.auth.prompt).toMatchObject({ status: 'open', error: 'timeout' })
    client.host.assertIdle()
  })
})
