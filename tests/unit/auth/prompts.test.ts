import { describe, expect, it } from 'vitest'
import {
  answerAll,
  asking,
  challenge,
  givePhone,
  giveUser,
  phoneCode,
  phoneData,
} from '../../support/challenged'
import { flush } from '../../support/clock'
import { outcomeOf } from '../../support/outcome'
import { createBench, stateOf } from '../../support/signedIn'

const PHONE = { kind: 'getPhoneNumber', status: 'open' } as const
const USER = { kind: 'getUserInfo', scope: 'profile', status: 'open' } as const

describe('promise 15: one prompt for all', () => {
  it('is shared by all requests challenged with the same kind, and replays them all', async () => {
    const bench = createBench({ token: 't' })
    const all = [outcomeOf(bench.auth.request('/a')), outcomeOf(bench.auth.request('/b'))]
    all.push(outcomeOf(bench.auth.upload({ url: '/c', filePath: 'wxfile://f', name: 'file' })))
    for (const call of await bench.host.takeAll('')) {
      await call.answer(401, { challenges: 'GETPHONENUMBER' })
    }
    expect(bench.auth.prompt).toEqual(PHONE)
    await givePhone(bench)
    expect(bench.auth.prompt).toBe(null)
    for (const call of await bench.host.takeAll('')) await call.answer(200, { data: call.line })
    expect(all.map(({ value }) => value)).toEqual(['GET /a', 'GET /b', 'UPLOAD /c'])
    expect(bench.host.sent).toHaveLength(7)
  })

  it('is shared by a request that comes while it is being submitted', async () => {
    const bench = createBench({ token: 't' })
    await challenge(bench, '/a', 'getPhoneNumber')
    void bench.auth.submitPhoneNumber(phoneCode)
    const submit = await bench.host.take('POST /auth/phone-number')
    const late = await challenge(bench, '/b', 'getPhoneNumber')
    expect(bench.auth.prompt?.status).toBe('submitting')
    await submit.answer(200, { tokenState: stateOf('t') })
    await answerAll(bench)
    expect(late.value).toBe('GET /b')
  })

  it('sends one submit for two presses', async () => {
    const bench = createBench({ token: 't' })
    await challenge(bench, '/a', 'getPhoneNumber')
    const presses = [phoneCode, phoneCode].map((one) =>
      outcomeOf(bench.auth.submitPhoneNumber(one)),
    )
    await (await bench.host.take('POST /auth/phone-number')).answer(200, {})
    expect(presses.map(({ is }) => is)).toEqual(['resolved', 'resolved'])
    await answerAll(bench)
    bench.host.assertIdle()
  })

  it('settles all its requests with prompt_cancelled when the user declines', async () => {
    const bench = createBench({ token: 't' })
    const all = [
      await challenge(bench, '/a', 'getPhoneNumber'),
      await challenge(bench, '/b', 'getPhoneNumber'),
      await challenge(bench, '/c', 'getUserInfo, getPhoneNumber'),
    ]
    bench.auth.cancelPrompt()
    await flush()
    for (const outcome of all) {
      expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'prompt_cancelled' } })
    }
    expect(bench.auth.prompt).toBe(null)
    bench.host.assertIdle()
  })

  it('goes on to the next kind when one is declined', async () => {
    const bench = createBench({ token: 't' })
    const phone = await challenge(bench, '/a', 'getPhoneNumber')
    const user = await challenge(bench, '/b', 'getUserInfo')
    expect(bench.auth.prompt).toEqual(PHONE)
    bench.auth.cancelPrompt()
    await flush()
    expect(phone).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(user.is).toBe('pending')
    expect(bench.auth.prompt).toEqual(USER)
    await giveUser(bench)
    await answerAll(bench)
    expect(user.value).toBe('GET /b')
  })

  it('settles with prompt_unavailable when the app could not show it', async () => {
    const bench = createBench({ token: 't' })
    const outcome = await challenge(bench, '/a', 'getPhoneNumber')
    bench.auth.cancelPrompt('prompt_unavailable')
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'prompt_unavailable' } })
  })

  it.each([
    ['in one header', asking('getUserInfo, getPhoneNumber')],
    ['in two headers', { 'www-authenticate': ['getUserInfo', 'getPhoneNumber reason="x"'] }],
    ['beside Bearer', asking('Bearer realm="api", getUserInfo, getPhoneNumber')],
  ])('asks for two kinds in the order of the challenge: %s', async (_name, headers) => {
    const bench = createBench({ token: 't' })
    const outcome = outcomeOf(bench.auth.request('/a'))
    await (await bench.host.take('GET /a')).answer(401, {}, headers)
    expect(bench.auth.prompt).toEqual(USER)
    await giveUser(bench)
    expect(bench.auth.prompt).toMatchObject(PHONE)
    expect(bench.host.onWire).toHaveLength(0)
    await givePhone(bench)
    await answerAll(bench)
    expect(outcome.value).toBe('GET /a')
    expect(bench.host.sent.filter(({ line }) => line === 'GET /a')).toHaveLength(2)
  })

  it('turns the order round when the challenge does', async () => {
    const bench = createBench({ token: 't' })
    const outcome = await challenge(bench, '/a', 'getPhoneNumber, getUserInfo')
    expect(bench.auth.prompt?.kind).toBe('getPhoneNumber')
    await givePhone(bench)
    expect(bench.auth.prompt?.kind).toBe('getUserInfo')
    await giveUser(bench)
    await answerAll(bench)
    expect(outcome.value).toBe('GET /a')
  })

  it('asks once for a kind that is challenged twice in one answer', async () => {
    const bench = createBench({ token: 't' })
    const outcome = await challenge(bench, '/a', 'getPhoneNumber, GetPhoneNumber')
    await givePhone(bench)
    await answerAll(bench)
    expect(outcome.value).toBe('GET /a')
  })

  it('asks for one kind after the other also when the challenges come one by one', async () => {
    const bench = createBench({ token: 't' })
    const outcome = await challenge(bench, '/a', 'getUserInfo')
    await giveUser(bench)
    const replayed = await bench.host.take('GET /a')
    await replayed.answer(401, {}, asking('getPhoneNumber'))
    expect(bench.auth.prompt).toEqual(PHONE)
    await givePhone(bench)
    await answerAll(bench)
    expect(outcome.value).toBe('GET /a')
  })

  it('closes by itself once its requests have all been aborted', async () => {
    const bench = createBench({ token: 't' })
    const tasks = [bench.auth.request('/a'), bench.auth.request('/b')]
    const outcomes = tasks.map(outcomeOf)
    for (const call of await bench.host.takeAll('GET')) {
      await call.answer(401, {}, asking('getPhoneNumber'))
    }
    tasks[0]!.abort()
    await flush()
    expect(outcomes[0]).toMatchObject({ error: { code: 'aborted' } })
    expect(bench.auth.prompt).toEqual(PHONE)
    tasks[1]!.abort()
    await flush()
    expect(bench.auth.prompt).toBe(null)
    bench.host.assertIdle()
  })

  it('goes on to the next kind when the requests of one have been aborted', async () => {
    const bench = createBench({ token: 't' })
    const task = bench.auth.request('/a')
    task.catch(() => {})
    await (await bench.host.take('GET /a')).answer(401, {}, asking('getPhoneNumber'))
    await challenge(bench, '/b', 'getUserInfo')
    task.abort()
    expect(bench.auth.prompt).toEqual(USER)
  })

  it('opens none that was being made ready for a request aborted meanwhile', async () => {
    const bench = createBench({ token: 't' })
    bench.host.encrypts = () => true
    bench.host.session = undefined
    const task = bench.auth.request('/a')
    task.catch(() => {})
    await (await bench.host.take('GET /a')).answer(401, {}, asking('getPhoneNumber'))
    task.abort()
    await bench.host.clock.advance(3_000)
    await (await bench.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect(bench.auth.prompt).toBe(null)
  })

  it('shows the reason, decoded, and how much of the user info is needed', async () => {
    const bench = createBench({ token: 't' })
    const reason = "reason*=UTF-8''%E6%90%AC%E5%AE%B6; scope=unionid".replace(';', ',')
    await challenge(bench, '/a', `getUserInfo ${reason}`)
    expect(bench.auth.prompt).toEqual({
      kind: 'getUserInfo',
      reason: '搬家',
      scope: 'unionid',
      status: 'open',
    })
    await challenge(bench, '/b', 'getUserInfo scope="profile"')
    expect(bench.auth.prompt?.scope).toBe('profile')
  })

  it.each([
    'Bearer error="invalid_token", getPhoneNumber',
    'getPhoneNumber, bearer error=invalid_token',
  ])('is not opened by a challenge beside a dead token: %s', async (value) => {
    const bench = createBench({ token: 't' })
    void challenge(bench, '/a', value)
    await bench.host.take('POST /auth/login')
    expect(bench.auth.prompt).toBe(null)
  })

  it('lets a declined request be made again, and asks again', async () => {
    const bench = createBench({ token: 't' })
    await challenge(bench, '/a', 'getPhoneNumber')
    bench.auth.cancelPrompt()
    const again = await challenge(bench, '/a', 'getPhoneNumber')
    expect(bench.auth.prompt).toEqual(PHONE)
    await givePhone(bench)
    await answerAll(bench)
    expect(again.value).toBe('GET /a')
  })

  it('is declined for what comes next while that is still being made ready', async () => {
    const bench = createBench({ token: 't' })
    bench.host.encrypts = (kind) => kind === 'getPhoneNumber'
    bench.host.session = undefined
    const outcome = await challenge(bench, '/a', 'getUserInfo, getPhoneNumber')
    const straggler = outcomeOf(bench.auth.request('/b'))
    const late = await bench.host.take('GET /b')
    await giveUser(bench)
    bench.auth.cancelPrompt()
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'prompt_cancelled' } })
    await late.answer(401, {}, asking('getUserInfo'))
    await bench.host.clock.advance(3_000)
    await answerAll(bench)
    expect(straggler.value).toBe('GET /b')
    expect(bench.auth.prompt).toBe(null)
  })

  it('is closed by a button in a page that gives what is asked', async () => {
    const bench = createBench({ token: 't' })
    const user = await challenge(bench, '/a', 'getUserInfo')
    const phone = await challenge(bench, '/b', 'getPhoneNumber')
    await givePhone(bench)
    await answerAll(bench)
    expect(phone.value).toBe('GET /b')
    expect(user.is).toBe('pending')
    expect(bench.auth.prompt).toEqual(USER)
  })
})

describe('promise 15: pages', () => {
  it('declines when the last page whose requests wait is unloaded', async () => {
    const bench = createBench({ token: 't' })
    bench.host.pages = ['home', 'booking']
    const outcome = await challenge(bench, '/a', 'getPhoneNumber')
    bench.host.pages = ['home', 'booking', 'sheet']
    bench.auth.pageUnloaded()
    bench.host.pages = ['home', 'booking']
    bench.auth.pageUnloaded()
    await flush()
    expect(outcome.is).toBe('pending')
    bench.host.pages = ['home']
    bench.auth.pageUnloaded()
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(bench.auth.prompt).toBe(null)
  })

  it('does not open on another page once the page of the request is left', async () => {
    const { host, auth } = createBench({ token: 't' })
    host.pages = ['home', 'booking']
    const outcome = outcomeOf(auth.request('/a'))
    host.pages = ['home']
    await (await host.take('GET /a')).answer(401, {}, asking('getPhoneNumber'))
    expect(outcome).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(auth.prompt).toBe(null)
  })

  it('asks on the page above, and for requests of no page', async () => {
    const { host, auth } = createBench({ token: 't' })
    host.pages = []
    const ofNone = outcomeOf(auth.request('/none'))
    host.pages = ['home']
    const below = outcomeOf(auth.request('/below'))
    host.pages = ['home', 'booking']
    for (const call of await host.takeAll('GET')) {
      await call.answer(401, {}, asking('getPhoneNumber'))
    }
    expect(auth.prompt).toEqual(PHONE)
    expect([ofNone.is, below.is]).toEqual(['pending', 'pending'])
  })

  it('stays open when the app goes to the background', async () => {
    const bench = createBench({ token: 't' })
    const outcome = await challenge(bench, '/a', 'getPhoneNumber')
    await bench.host.hide()
    await bench.host.show()
    expect(outcome.is).toBe('pending')
    expect(bench.auth.prompt).toEqual(PHONE)
  })
})

describe('buttons without a prompt', () => {
  it('work on their own', async () => {
    const bench = createBench({ token: 't' })
    await givePhone(bench)
    expect(bench.auth.tokenState?.hasPhoneNumber).toBe(true)
  })

  it('reject with the typed code', async () => {
    const { host, auth } = createBench({ token: 't' })
    const denied = { errMsg: 'getPhoneNumber:fail user deny' }
    await expect(auth.submitPhoneNumber(denied)).rejects.toMatchObject({ code: 'prompt_denied' })
    const submit = outcomeOf(auth.submitPhoneNumber(phoneData))
    await (await host.take('POST /auth/phone-number')).answer(422)
    expect(submit).toMatchObject({ error: { code: 'press_again', status: 422 } })
  })
})
