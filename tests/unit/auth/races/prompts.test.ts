import { describe, expect, it } from 'vitest'
import {
  answerAll,
  asking,
  challenge,
  givePhone,
  giveUser,
  phoneCode,
  phoneData,
} from '../../../support/challenged'
import { flush } from '../../../support/clock'
import { createHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf, type Client } from '../../../support/client'

/** Prompts of this kind are made ready until `wx.checkSession` has been silent for 3 s. */
function createPreparing(...kinds: string[]) {
  const host = createHost()
  host.encrypts = (kind) => kinds.includes(kind)
  host.session = undefined
  return openClient({ token: 't', host })
}

async function logIn({ host }: Client, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('guarantee 15: declining while the next prompt is made ready', () => {
  it('declines what is in sight, if a new request asks for that again', async () => {
    const client = createPreparing('getPhoneNumber')
    const { host, auth } = client
    const both = await challenge(client, '/both', 'getUserInfo, getPhoneNumber')
    await giveUser(client)
    expect(auth.prompt?.kind).toBe('getUserInfo')
    const again = await challenge(client, '/again', 'getUserInfo')
    expect(auth.prompt?.kind).toBe('getUserInfo')
    auth.cancelPrompt()
    await flush()
    expect(again).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(both.is).toBe('pending')
    expect(auth.prompt).toBe(null)
    await host.clock.advance(3_000)
    await logIn(client)
    expect(auth.prompt?.kind).toBe('getPhoneNumber')
    await givePhone(client)
    await answerAll(client)
    expect(both.value).toBe('GET /both')
  })

  it('shows nothing between a refusal and the next prompt', async () => {
    const client = createPreparing('getPhoneNumber')
    const { host, auth } = client
    const user = await challenge(client, '/user', 'getUserInfo')
    const phone = await challenge(client, '/phone', 'getPhoneNumber')
    const seen: unknown[] = []
    auth.subscribe(() => seen.push(auth.prompt?.kind ?? null))
    auth.cancelPrompt()
    expect(auth.prompt).toBe(null)
    await flush()
    expect(user).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(phone.is).toBe('pending')
    await host.clock.advance(3_000)
    await logIn(client)
    expect(auth.prompt?.kind).toBe('getPhoneNumber')
    expect(seen.filter((kind, at) => kind !== seen[at - 1])).toEqual([null, 'getPhoneNumber'])
  })

  it('keeps the answered prompt in sight until the next one opens', async () => {
    const client = createPreparing('getPhoneNumber')
    const { host, auth } = client
    await challenge(client, '/both', 'getUserInfo, getPhoneNumber')
    await giveUser(client)
    expect(auth.prompt).toMatchObject({ kind: 'getUserInfo', status: 'submitting' })
    await host.clock.advance(3_000)
    await logIn(client)
    expect(auth.prompt).toEqual({ kind: 'getPhoneNumber', status: 'open' })
  })
})

describe('guarantee 15: a page that is left while another one waits', () => {
  async function waitOnTwoPages(...encrypting: string[]) {
    const client = createPreparing(...encrypting)
    const { host } = client
    host.pages = ['home']
    const home = await challenge(client, '/home', 'getUserInfo')
    host.pages = ['home', 'booking']
    const booking = await challenge(client, '/booking', 'getPhoneNumber')
    return { ...client, client, home, booking }
  }

  it('takes along what only it asked for, before that is ever shown', async () => {
    const { client, host, auth, home, booking } = await waitOnTwoPages()
    host.pages = ['home']
    auth.pageUnloaded()
    await flush()
    expect(booking).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(home.is).toBe('pending')
    expect(auth.prompt?.kind).toBe('getUserInfo')
    await giveUser(client)
    expect(auth.prompt).toBe(null)
    await answerAll(client)
    expect(home.value).toBe('GET /home')
  })

  it('closes its prompt, and the other page’s opens', async () => {
    const { client, host, auth, home, booking } = await waitOnTwoPages()
    host.pages = ['booking']
    auth.pageUnloaded()
    await flush()
    expect(home).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(auth.prompt?.kind).toBe('getPhoneNumber')
    await givePhone(client)
    await answerAll(client)
    expect(booking.value).toBe('GET /booking')
  })

  it('opens nothing that was being made ready for it', async () => {
    const { client, host, auth, booking } = await waitOnTwoPages('getPhoneNumber')
    await giveUser(client)
    await answerAll(client)
    host.pages = ['home']
    auth.pageUnloaded()
    await flush()
    expect(booking).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(auth.prompt).toBe(null)
    await host.clock.advance(10_000)
    expect(auth.prompt).toBe(null)
  })

  it('leaves a prompt alone that a page still there asks for, and its own requests with it', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    host.pages = ['home']
    const home = await challenge(client, '/home', 'getPhoneNumber')
    host.pages = ['home', 'booking']
    const booking = await challenge(client, '/booking', 'getPhoneNumber')
    host.pages = ['home']
    auth.pageUnloaded()
    await givePhone(client)
    await answerAll(client)
    expect([home.value, booking.value]).toEqual(['GET /home', 'GET /booking'])
  })
})

describe('guarantee 15: a listener that acts on a change', () => {
  it('aborts the one request of a prompt: it is open for nobody', async () => {
    const { host, auth } = openClient({ token: 't' })
    const task = auth.request('/a')
    const outcome = outcomeOf(task)
    auth.subscribe(() => {
      if (auth.prompt) task.abort()
    })
    await (await host.take('GET /a')).answer(401, {}, asking('getPhoneNumber'))
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'aborted' } })
    expect(auth.prompt).toBe(null)
  })

  it('signs out when the login is submitted: the session does not come back', async () => {
    const client = openClient()
    const { host, auth } = client
    await auth.logout()
    await challenge(client, '/a', 'WxLogin')
    auth.subscribe(() => {
      if (auth.prompt?.status === 'submitting') void auth.logout()
    })
    const submit = outcomeOf(auth.submitLogin())
    await flush()
    expect(submit).toMatchObject({ error: { code: 'signed_out' } })
    expect(host.logins).toBe(0)
    expect(host.onWire).toEqual([])
    expect(auth.signedOut).toBe(true)
  })

  it('signs out when it is warned of an answer: the session does not come back', async () => {
    const host = createHost()
    const { auth } = openClient({
      host,
      token: 't',
      onWarning: () => void auth.logout(),
    })
    const outcome = outcomeOf(auth.request('/a'))
    const tokenState = { ...stateOf('n', { uid: 'u' }), openid: 'o' }
    await (await host.take('GET /a')).answer(200, { data: 1, tokenState })
    expect(outcome.is).not.toBe('pending')
    expect(auth.tokenState).toBe(null)
    expect(auth.signedOut).toBe(true)
    expect([...host.storage.values()]).toEqual([JSON.stringify({ signedOut: true })])
  })

  it('signs out when a prompt opens: nothing stays open, nobody waits', async () => {
    const client = openClient({ token: 't' })
    const { auth } = client
    auth.subscribe(() => {
      if (auth.prompt) void auth.logout()
    })
    const outcome = await challenge(client, '/a', 'getPhoneNumber')
    expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    expect(auth.prompt).toBe(null)
    expect(auth.signedOut).toBe(true)
  })
})

describe('guarantee 17: a submit that meets another one', () => {
  it('is made with its own data when the earlier one fails, and its failure is shown in its prompt', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const alone = outcomeOf(auth.submitPhoneNumber({ ...phoneCode, code: 'first' }))
    const first = await host.take('POST /auth/phone-number')
    const waiting = await challenge(client, '/a', 'getPhoneNumber')
    const inPrompt = outcomeOf(auth.submitPhoneNumber({ ...phoneCode, code: 'second' }))
    expect(auth.prompt?.status).toBe('submitting')
    await first.answer(422)
    expect(alone).toMatchObject({ error: { code: 'press_again' } })
    const second = await host.take('POST /auth/phone-number')
    expect(second.body).toEqual({ code: 'second' })
    await second.answer(500)
    expect(inPrompt.is).toBe('resolved')
    expect(auth.prompt).toMatchObject({ status: 'open', error: 'network' })
    expect(waiting.is).toBe('pending')
  })

  it('is not needed when the earlier one goes through', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const both = ['first', 'second'].map((code) =>
      outcomeOf(auth.submitPhoneNumber({ ...phoneCode, code })),
    )
    await (await host.take('POST /auth/phone-number')).answer(200, {})
    expect(both.map(({ is }) => is)).toEqual(['resolved', 'resolved'])
    host.assertIdle()
  })

  it('is not made after a logout', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const both = ['first', 'second'].map((code) =>
      outcomeOf(auth.submitPhoneNumber({ ...phoneCode, code })),
    )
    const first = await host.take('POST /auth/phone-number')
    await auth.logout()
    void auth.login()
    await logIn(client)
    await first.answer(500)
    await (await host.take('POST /auth/logout')).answer(204)
    for (const one of both) expect(one).toMatchObject({ error: { code: 'signed_out' } })
    host.assertIdle()
  })

  it('a press of 登录 that joins a login begun before its prompt fails in the prompt', async () => {
    const client = openClient()
    const { host, auth } = client
    await auth.logout()
    const alone = outcomeOf(auth.submitLogin())
    const login = await host.take('POST /auth/login')
    host.platform.login = () => Promise.resolve('code')
    expect(alone.is).toBe('pending')
    await login.answer(500)
    expect(alone.is).toBe('rejected')
    const waiting = await challenge(client, '/a', 'WxLogin')
    expect(auth.prompt?.kind).toBe('login')
    const inPrompt = outcomeOf(auth.submitLogin())
    await (await host.take('POST /auth/login')).answer(500)
    expect(inPrompt.is).toBe('resolved')
    expect(auth.prompt).toMatchObject({ status: 'open', error: 'network' })
    expect(waiting.is).toBe('pending')
  })

  it('waits no longer than the earlier one when that holds wx.login back for a login of its own', async () => {
    const host = createHost()
    host.encrypts = () => true
    const client = openClient({ token: 't', host })
    const { auth } = client
    const both = [phoneData, phoneData].map((detail) => outcomeOf(auth.submitPhoneNumber(detail)))
    await (await host.take('POST /auth/phone-number')).answer(401)
    await logIn(client)
    expect(both[0]).toMatchObject({ error: { code: 'press_again' } })
    await (await host.take('POST /auth/phone-number')).answer(200, {})
    expect(both[1]!.is).toBe('resolved')
  })
})

describe('guarantee 15: what has nothing to do with a refusal', () => {
  it('the press of a button on the page, when no prompt is open', async () => {
    const host = createHost()
    host.encrypts = () => true
    const { auth } = openClient({ token: 't', host })
    auth.pressPrompt('getPhoneNumber')
    auth.cancelPrompt()
    void auth.login()
    await flush()
    expect(host.logins).toBe(0)
  })

  it('the picture of a form on the page, when a prompt of another kind is declined', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const submit = outcomeOf(auth.submitUserInfo({ nickname: '阿宁', avatarUrl: 'wxfile://1' }))
    const upload = await host.take('UPLOAD')
    await challenge(client, '/a', 'getPhoneNumber')
    auth.cancelPrompt()
    await upload.answer(200, { data: { avatarUrl: 'https://img.example.com/1' } })
    await (await host.take('POST /auth/user-info')).answer(200, {})
    expect(submit.is).toBe('resolved')
  })

  it('a later prompt of the same kind: the submit of the declined one rejects', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    await challenge(client, '/a', 'getPhoneNumber')
    const first = outcomeOf(auth.submitPhoneNumber({ ...phoneCode, code: '1' }))
    const call = await host.take('POST /auth/phone-number')
    auth.cancelPrompt()
    await challenge(client, '/b', 'getPhoneNumber')
    const second = outcomeOf(auth.submitPhoneNumber({ ...phoneCode, code: '2' }))
    await call.answer(500)
    expect(first).toMatchObject({ error: { code: 'network' } })
    expect(auth.prompt).toMatchObject({ status: 'submitting' })
    await (await host.take('POST /auth/phone-number')).answer(422)
    expect(second.is).toBe('resolved')
    expect(auth.prompt).toMatchObject({ status: 'open', error: 'press_again' })
  })
})

describe('guarantee 15: the last request of a page that is still there', () => {
  it('takes the prompt along when it is aborted, though one of a left page waits', async () => {
    const { host, auth } = openClient({ token: 't' })
    host.pages = ['home', 'booking']
    const left = outcomeOf(auth.request('/booking'))
    await (await host.take('GET /booking')).answer(401, {}, asking('getPhoneNumber'))
    host.pages = ['home']
    const task = auth.request('/home')
    task.catch(() => {})
    await (await host.take('GET /home')).answer(401, {}, asking('getPhoneNumber'))
    auth.pageUnloaded()
    expect(auth.prompt?.kind).toBe('getPhoneNumber')
    task.abort()
    await flush()
    expect(left).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(auth.prompt).toBe(null)
  })
})

describe('guarantee 19: encrypted data that waits for an earlier submit', () => {
  it('holds wx.login back meanwhile', async () => {
    const host = createHost()
    host.encrypts = () => true
    const { auth } = openClient({ token: 't', host })
    void auth.submitPhoneNumber(phoneCode)
    const first = await host.take('POST /auth/phone-number')
    void auth.submitPhoneNumber(phoneData)
    void auth.login()
    await flush()
    expect(host.logins).toBe(0)
    await first.answer(200, {})
    expect(host.logins).toBe(1)
  })
})
