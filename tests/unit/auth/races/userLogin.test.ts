import { describe, expect, it } from 'vitest'
import { flush } from '../../../support/clock'
import { holdLogin } from '../../../support/heldLogin'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf, type Client } from '../../../support/client'

const credentials = { phone: '13800138000', password: 'correct horse' }

async function logIn({ host }: Client, token: string) {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('guarantee 29: what waits for the login that is replaced', () => {
  it('is the first request too, which waits for the code of wx.login', async () => {
    const client = openClient()
    const { host, auth } = client
    const wxLogin = holdLogin(host)
    const first = outcomeOf(auth.request('/first'))
    await flush()
    expect(wxLogin.calls).toBe(1)
    void auth.login(credentials)
    await logIn(client, 'theirs')
    const call = await host.take('GET /first')
    expect(call.authorization).toBe('Bearer theirs')
    await call.answer(200, { data: 1 })
    expect(first.value).toBe(1)
  })

  it('is the first request when the app adopts a session meanwhile', async () => {
    const client = openClient()
    const { host, auth } = client
    holdLogin(host)
    const first = outcomeOf(auth.request('/first'))
    await flush()
    auth.adopt(stateOf('adopted'))
    const call = await host.take('GET /first')
    expect(call.authorization).toBe('Bearer adopted')
    await call.answer(200, { data: 1 })
    expect(first.value).toBe(1)
  })

  it('does not go out with a code that came in the same moment', async () => {
    for (let microtasks = 0; microtasks < 10; microtasks++) {
      const client = openClient()
      const { host, auth } = client
      const wxLogin = holdLogin(host)
      const first = outcomeOf(auth.request('/first'))
      await flush()
      void wxLogin.give('code')
      for (let i = 0; i < microtasks; i++) await Promise.resolve()
      void auth.login(credentials)
      await flush()
      const [newest] = [...host.sent].reverse()
      expect(newest?.line).toBe('POST /auth/login')
      await logIn(client, 'theirs')
      for (const call of await host.takeAll('GET')) await call.answer(200, { data: 1 })
      expect(first.value).toBe(1)
    }
  })

  it('is a login with credentials too, which fails as the one in its place does', async () => {
    const { host, auth } = openClient()
    const first = outcomeOf(auth.login(credentials))
    await host.take('POST /auth/login')
    const second = outcomeOf(auth.login(credentials))
    const [, newer] = await host.takeAll('POST /auth/login')
    await newer!.answer(401)
    expect(second.error).toMatchObject({ code: 'login_rejected' })
    expect(first.error).toMatchObject({ code: 'login_rejected' })
    expect(host.logins).toBe(0)
  })

  it('is verify(), also of a session whose token works', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    holdLogin(host)
    void auth.login()
    const verified = outcomeOf(auth.verify())
    await flush()
    void auth.login(credentials)
    await flush()
    expect(host.onWire.map(({ line }) => line)).toEqual(['POST /auth/login'])
    await logIn(client, 'theirs')
    expect(verified.value).toEqual(stateOf('theirs'))
    host.assertIdle()
  })

  it('is verify(), which asks about the session that the failed login has left', async () => {
    const client = openClient({ token: 't' })
    const { host, auth } = client
    const login = outcomeOf(auth.login(credentials))
    const verified = outcomeOf(auth.verify())
    await (await host.take('POST /auth/login')).answer(401)
    expect(login.error).toMatchObject({ code: 'login_rejected' })
    const call = await host.take('GET /auth/token-state')
    expect(call.authorization).toBe('Bearer t')
    await call.answer(200, { tokenState: stateOf('t') })
    expect(verified.value).toMatchObject({ accessToken: 't' })
    expect(host.logins).toBe(0)
  })
})
