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
import { openClient, stateOf } from '../../support/client'

const PHONE = { kind: 'getPhoneNumber', status: 'open' } as const
const USER = { kind: 'getUserInfo', scope: 'profile', status: 'open' } as const

describe('guarantee 15: one prompt for all', () => {
  it('is shared by all requests challenged with the same kind, and replays them all', async () => {
    const client = openClient({ token: 't' })
    const all = [outcomeOf(client.auth.request('/a')), outcomeOf(client.auth.request('/b'))]
    all.push(outcomeOf(client.auth.upload({ url: '/c', filePath: 'wxfile://f', name: 'file' })))
    for (const call of await client.host.takeAll('')) {
      await call.answer(401, { challenges: 'GETPHONENUMBER' })
    }
    expect(client.auth.prompt).toEqual(PHONE)
    await givePhone(client)
    expect(client.auth.prompt).toBe(null)
    for (const call of await client.host.takeAll('')) await call.answer(200, { data: call.line })
    expect(all.map(({ value }) => value)).toEqual(['GET /a', 'GET /b', 'UPLOAD /c'])
    expect(client.host.sent).toHaveLength(7)
  })

  it('is shared by a request that comes while it is being submitted', async () => {
    const client = openClient({ token: 't' })
    await challenge(client, '/a', 'getPhoneNumber')
    void client.auth.submitPhoneNumber(phoneCode)
    const submit = await client.host.take('POST /auth/phone-number')
    const late = await challenge(client, '/b', 'getPhoneNumber')
    expect(client.auth.prompt?.status).toBe('submitting')
    await submit.answer(200, { tokenState: stateOf('t') })
    await answerAll(client)
    expect(late.value).toBe('GET /b')
  })

  it('sends one submit for two presses', async () => {
    const client = openClient({ token: 't' })
    await challenge(client, '/a', 'getPhoneNumber')
    const presses = [phoneCode, phoneCode].map((one) =>
      outcomeOf(client.auth.submitPhoneNumber(one)),
    )
    await (await client.host.take('POST /auth/phone-number')).answer(200, {})
    expect(presses.map(({ is }) => is)).toEqual(['resolved', 'resolved'])
    await answerAll(client)
    client.host.assertIdle()
  })

  it('settles all its requests with prompt_cancelled when the user declines', async () => {
    const client = openClient({ token: 't' })
    const all = [
      await challenge(client, '/a', 'getPhoneNumber'),
      await challenge(client, '/b', 'getPhoneNumber'),
      await challenge(client, '/c', 'getUserInfo, getPhoneNumber'),
    ]
    client.auth.cancelPrompt()
    await flush()
    for (const outcome of all) {
      expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'prompt_cancelled' } })
    }
    expect(client.auth.prompt).toBe(null)
    client.host.assertIdle()
  })

  it('goes on to the next kind when one is declined', async () => {
    const client = openClient({ token: 't' })
    const phone = await challenge(client, '/a', 'getPhoneNumber')
    const user = await challenge(client, '/b', 'getUserInfo')
    expect(client.auth.prompt).toEqual(PHONE)
    client.auth.cancelPrompt()
    await flush()
    expect(phone).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(user.is).toBe('pending')
    expect(client.auth.prompt).toEqual(USER)
    await giveUser(client)
    await answerAll(client)
    expect(user.value).toBe('GET /b')
  })

  it('settles with prompt_unavailable when the app could not show it', async () => {
    const client = openClient({ token: 't' })
    const outcome = await challenge(client, '/a', 'getPhoneNumber')
    client.auth.cancelPrompt('prompt_unavailable')
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'prompt_unavailable' } })
    expect(client.warnings).toEqual([])
  })

  it('warns once of what the app lacks to show it, also where no prompt is open', async () => {
    const client = openClient({ token: 't' })
    const outcomes = [
      await challenge(client, '/a', 'getPhoneNumber'),
      await challenge(client, '/b', 'getPhoneNumber'),
    ]
    client.auth.cancelPrompt('prompt_unavailable', 'a page')
    await flush()
    for (const { error } of outcomes) expect(error).toMatchObject({ code: 'prompt_unavailable' })
    const warning = { code: 'prompt_unavailable', message: 'No prompt can be shown: a page.' }
    expect(client.warnings).toEqual([warning])
    client.auth.cancelPrompt('prompt_unavailable', 'a page')
    expect(client.warnings).toEqual([warning, warning])
  })

  it.each([
    ['in one header', asking('getUserInfo, getPhoneNumber')],
    ['in two headers', { 'www-authenticate': ['getUserInfo', 'getPhoneNumber reason="x"'] }],
    ['beside Bearer', asking('Bearer realm="api", getUserInfo, getPhoneNumber')],
  ])('asks for two kinds in the order of the challenge: %s', async (_name, headers) => {
    const client = openClient({ token: 't' })
    const outcome = outcomeOf(client.auth.request('/a'))
    await (await client.host.take('GET /a')).answer(401, {}, headers)
    expect(client.auth.prompt).toEqual(USER)
    await giveUser(client)
    expect(client.auth.prompt).toMatchObject(PHONE)
    expect(client.host.onWire).toHaveLength(0)
    await givePhone(client)
    await answerAll(client)
    expect(outcome.value).toBe('GET /a')
    expect(client.host.sent.filter(({ line }) => line === 'GET /a')).toHaveLength(2)
  })

  it('turns the order round when the challenge does', async () => {
    const client = openClient({ token: 't' })
    const outcome = await challenge(client, '/a', 'getPhoneNumber, getUserInfo')
    expect(client.auth.prompt?.kind).toBe('getPhoneNumber')
    await givePhone(client)
    expect(client.auth.prompt?.kind).toBe('getUserInfo')
    await giveUser(client)
    await answerAll(client)
    expect(outcome.value).toBe('GET /a')
  })

  it('asks once for a kind that is challenged twice in one answer', async () => {
    const client = openClient({ token: 't' })
    const outcome = await challenge(client, '/a', 'getPhoneNumber, GetPhoneNumber')
    await givePhone(client)
    await answerAll(client)
    expect(outcome.value).toBe('GET /a')
  })

  it('asks for one kind after the other also when the challenges come one by one', async () => {
    const client = openClient({ token: 't' })
    const outcome = await challenge(client, '/a', 'getUserInfo')
    await giveUser(client)
    const replayed = await client.host.take('GET /a')
    await replayed.answer(401, {}, asking('getPhoneNumber'))
    expect(client.auth.prompt).toEqual(PHONE)
    await givePhone(client)
    await answerAll(client)
    expect(outcome.value).toBe('GET /a')
  })

  it('closes by itself once its requests have all been aborted', async () => {
    const client = openClient({ token: 't' })
    const tasks = [client.auth.request('/a'), client.auth.request('/b')]
    const outcomes = tasks.map(outcomeOf)
    for (const call of await client.host.takeAll('GET')) {
      await call.answer(401, {}, asking('getPhoneNumber'))
    }
    tasks[0]!.abort()
    await flush()
    expect(outcomes[0]).toMatchObject({ error: { code: 'aborted' } })
    expect(client.auth.prompt).toEqual(PHONE)
    tasks[1]!.abort()
    await flush()
    expect(client.auth.prompt).toBe(null)
    client.host.assertIdle()
  })

  it('goes on to the next kind when the requests of one have been aborted', async () => {
    const client = openClient({ token: 't' })
    const task = client.auth.request('/a')
    task.catch(() => {})
    await (await client.host.take('GET /a')).answer(401, {}, asking('getPhoneNumber'))
    await challenge(client, '/b', 'getUserInfo')
    task.abort()
    expect(client.auth.prompt).toEqual(USER)
  })

  it('opens none that was being made ready for a request aborted meanwhile', async () => {
    const client = openClient({ token: 't' })
    client.host.encrypts = () => true
    client.host.session = undefined
    const task = client.auth.request('/a')
    task.catch(() => {})
    await (await client.host.take('GET /a')).answer(401, {}, asking('getPhoneNumber'))
    task.abort()
    await client.host.clock.advance(3_000)
    await (await client.host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    expect(client.auth.prompt).toBe(null)
  })

  it('shows the reason, decoded, and how much of the user info is needed', async () => {
    const client = openClient({ token: 't' })
    const reason = "reason*=UTF-8''%E6%90%AC%E5%AE%B6; scope=unionid".replace(';', ',')
    await challenge(client, '/a', `getUserInfo ${reason}`)
    expect(client.auth.prompt).toEqual({
      kind: 'getUserInfo',
      reason: '搬家',
      scope: 'unionid',
      status: 'open',
    })
    await challenge(client, '/b', 'getUserInfo scope="profile"')
    expect(client.auth.prompt?.scope).toBe('profile')
  })

  it.each([
    'Bearer error="invalid_token", getPhoneNumber',
    'getPhoneNumber, bearer error=invalid_token',
  ])('is not opened by a challenge beside a dead token: %s', async (value) => {
    const client = openClient({ token: 't' })
    void challenge(client, '/a', value)
    await client.host.take('POST /auth/login')
    expect(client.auth.prompt).toBe(null)
  })

  it('lets a declined request be made again, and asks again', async () => {
    const client = openClient({ token: 't' })
    await challenge(client, '/a', 'getPhoneNumber')
    client.auth.cancelPrompt()
    const again = await challenge(client, '/a', 'getPhoneNumber')
    expect(client.auth.prompt).toEqual(PHONE)
    await givePhone(client)
    await answerAll(client)
    expect(again.value).toBe('GET /a')
  })

  it('is declined for what comes next while that is still being made ready', async () => {
    const client = openClient({ token: 't' })
    client.host.encrypts = (kind) => kind === 'getPhoneNumber'
    client.host.session = undefined
    const outcome = await challenge(client, '/a', 'getUserInfo, getPhoneNumber')
    const straggler = outcomeOf(client.auth.request('/b'))
    const late = await client.host.take('GET /b')
    await giveUser(client)
    client.auth.cancelPrompt()
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'prompt_cancelled' } })
    await late.answer(401, {}, asking('getUserInfo'))
    await client.host.clock.advance(3_000)
    await answerAll(client)
    expect(straggler.value).toBe('GET /b')
    expect(client.auth.prompt).toBe(null)
  })

  it('is closed by a button in a page that gives what is asked', async () => {
    const client = openClient({ token: 't' })
    const user = await challenge(client, '/a', 'getUserInfo')
    const phone = await challenge(client, '/b', 'getPhoneNumber')
    await givePhone(client)
    await answerAll(client)
    expect(phone.value).toBe('GET /b')
    expect(user.is).toBe('pending')
    expect(client.auth.prompt).toEqual(USER)
  })
})

describe('guarantee 15: pages', () => {
  it('declines when the last page whose requests wait is unloaded', async () => {
    const client = openClient({ token: 't' })
    client.host.pages = ['home', 'booking']
    const outcome = await challenge(client, '/a', 'getPhoneNumber')
    client.host.pages = ['home', 'booking', 'sheet']
    client.auth.pageUnloaded()
    client.host.pages = ['home', 'booking']
    client.auth.pageUnloaded()
    await flush()
    expect(outcome.is).toBe('pending')
    client.host.pages = ['home']
    client.auth.pageUnloaded()
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(client.auth.prompt).toBe(null)
  })

  it('does not open on another page once the page of the request is left', async () => {
    const { host, auth } = openClient({ token: 't' })
    host.pages = ['home', 'booking']
    const outcome = outcomeOf(auth.request('/a'))
    host.pages = ['home']
    await (await host.take('GET /a')).answer(401, {}, asking('getPhoneNumber'))
    expect(outcome).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(auth.prompt).toBe(null)
  })

  it('asks on the page above, and for requests of no page', async () => {
    const { host, auth } = openClient({ token: 't' })
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
    const client = openClient({ token: 't' })
    const outcome = await challenge(client, '/a', 'getPhoneNumber')
    await client.host.hide()
    await client.host.show()
    expect(outcome.is).toBe('pending')
    expect(client.auth.prompt).toEqual(PHONE)
  })
})

describe('buttons without a prompt', () => {
  it('work on their own', async () => {
    const client = openClient({ token: 't' })
    await givePhone(client)
    expect(client.auth.tokenState?.hasPhoneNumber).toBe(true)
  })

  it('reject with the typed code', async () => {
    const { host, auth } = openClient({ token: 't' })
    const denied = { errMsg: 'getPhoneNumber:fail user deny' }
    await expect(auth.submitPhoneNumber(denied)).rejects.toMatchObject({ code: 'prompt_denied' })
    const submit = outcomeOf(auth.submitPhoneNumber(phoneData))
    await (await host.take('POST /auth/phone-number')).answer(422)
    expect(submit).toMatchObject({ error: { code: 'press_again', status: 422 } })
  })
})
