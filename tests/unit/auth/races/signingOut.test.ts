import { describe, expect, it } from 'vitest'
import { answerAll, challenge, phoneCode } from '../../../support/challenged'
import { flush } from '../../../support/clock'
import { createHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf, type Client } from '../../../support/client'

async function logIn({ host }: Client, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('guarantee 13: a logout between two logins', () => {
  it('keeps a login from beginning anew that was passed on in the same moment', async () => {
    const client = openClient()
    const { host, auth } = client
    const first = auth.request('/a')
    first.catch(() => {})
    const call = await host.take('GET /a')
    const login = outcomeOf(auth.login())
    // With its answer the login is passed on, and the listener of that answer signs out.
    void first.then(() => auth.logout())
    await call.answer(200, { data: 1 })
    await flush()
    expect(login).toMatchObject({ error: { code: 'signed_out' } })
    expect(host.onWire).toEqual([])
    expect(auth.signedOut).toBe(true)
  })

  it('does not let a login that waited for a press call wx.login', async () => {
    const host = createHost()
    host.encrypts = () => true
    const client = openClient({ host, token: 't' })
    const { auth } = client
    auth.pressPrompt()
    const held = outcomeOf(auth.login())
    await flush()
    expect(host.logins).toBe(0)
    await auth.logout()
    await flush()
    expect(host.logins).toBe(0)
    const again = outcomeOf(auth.login())
    await logIn(client)
    expect(host.logins).toBe(1)
    expect(again.is).toBe('resolved')
    expect(held).toMatchObject({ error: { code: 'signed_out' } })
  })
})

describe('guarantee 13: a login that a later one has overtaken', () => {
  it('has its token revoked when it is answered after a logout', async () => {
    const client = openClient()
    const { host, auth } = client
    void auth.request('/first').catch(() => {})
    const late = await host.take('GET /first')
    await host.clock.advance(3_000)
    const login = auth.login()
    await logIn(client, 'newer')
    await login
    void auth.logout()
    await (await host.take('POST /auth/logout')).answer(204)
    await late.answer(200, { data: 1, tokenState: stateOf('late') })
    const revoked = await host.take('POST /auth/logout')
    expect(revoked.authorization).toBe('Bearer late')
    await revoked.answer(204)
    expect(auth.tokenState).toBe(null)
  })

  it('is left alone without a logout: backends may issue the same token twice', async () => {
    const client = openClient()
    const { host, auth } = client
    const first = outcomeOf(auth.request('/first'))
    const late = await host.take('GET /first')
    await host.clock.advance(3_000)
    const login = auth.login()
    await logIn(client, 'same')
    await login
    await late.answer(200, { data: 1, tokenState: stateOf('same') })
    expect(first.value).toBe(1)
    expect(auth.tokenState?.accessToken).toBe('same')
    host.assertIdle()
  })
})

describe('guarantee 14: a press after signing out', () => {
  it('is consent to sign in: it logs in, and submits', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    await auth.logout()
    await (await host.take('POST /auth/logout')).answer(204)
    const submit = outcomeOf(auth.submitPhoneNumber(phoneCode))
    await logIn(client)
    expect(auth.signedOut).toBe(false)
    const call = await host.take('POST /auth/phone-number')
    expect(call.authorization).toBe('Bearer n')
    await call.answer(200, { tokenState: stateOf('n', { hasPhoneNumber: true }) })
    expect(submit.is).toBe('resolved')
  })

  it('answers the requests that wait for the login, too', async () => {
    const client = openClient()
    const { host, auth } = client
    await auth.logout()
    const waiting = await challenge(client, '/a', 'WxLogin')
    expect(auth.prompt?.kind).toBe('login')
    void auth.submitPhoneNumber(phoneCode)
    await logIn(client)
    expect(auth.prompt).toBe(null)
    await (await host.take('POST /auth/phone-number')).answer(200, {})
    await answerAll(client)
    expect(waiting.value).toBe('GET /a')
  })

  it('is none when the user refused in WeChat’s dialogue', async () => {
    const { host, auth } = openClient()
    await auth.logout()
    await expect(
      auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:fail user deny' }),
    ).rejects.toMatchObject({ code: 'prompt_denied' })
    expect(host.logins).toBe(0)
    expect(auth.signedOut).toBe(true)
  })
})

describe('guarantee 13: a logout in the moment in which a carried login is passed on', () => {
  it('keeps waiting requests from logging in anew', async () => {
    const host = createHost()
    const { after } = host.platform
    let isLast = false
    // The end of a carried login’s time, and the user signs out in the same breath.
    host.platform.after = (ms, callback) =>
      after(ms, () => {
        callback()
        if (isLast) void auth.logout()
      })
    const { auth } = openClient({ host })
    void auth.request('/a').catch(() => {})
    await host.take('GET /a')
    const login = outcomeOf(auth.login())
    isLast = true
    await host.clock.advance(3_000)
    isLast = false
    await flush()
    expect(login).toMatchObject({ error: { code: 'signed_out' } })
    expect(host.logins).toBe(1)
    expect(auth.signedOut).toBe(true)
  })
})
