import { describe, expect, it } from 'vitest'
import { flush } from '../../../support/clock'
import { holdLogin } from '../../../support/heldLogin'
import { outcomeOf } from '../../../support/outcome'
import { openClient, stateOf, type Client } from '../../../support/client'

async function logIn({ host }: Client, token = 'n') {
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
}

describe('guarantee 5: carried logins that overtake each other', () => {
  it('all end: a late first answer does not leave the next carried login without an end', async () => {
    const client = openClient()
    const { host, auth } = client
    const first = outcomeOf(auth.request('/first'))
    const other = outcomeOf(auth.request('/other'))
    const firstCall = await host.take('GET /first')
    await host.clock.advance(3_000)
    await (await host.take('POST /auth/login')).answer(500)
    expect(other).toMatchObject({ error: { code: 'login_rejected', status: 500 } })
    await host.clock.advance(1_500)
    const second = outcomeOf(auth.request('/second'))
    const secondCall = await host.take('GET /second')
    expect(secondCall.authorization).toMatch(/^WxLogin /)
    await host.clock.advance(1_500)
    await firstCall.answer(200, { data: 1, tokenState: stateOf('first') })
    expect(auth.tokenState?.accessToken).toBe('first')
    await host.clock.advance(500)
    await secondCall.answer(200, { data: 2, tokenState: stateOf('second') })
    expect([first.value, second.value]).toEqual([1, 2])
    // The newer login's session is held, and nobody waits for ever.
    expect(auth.tokenState?.accessToken).toBe('second')
    const next = outcomeOf(auth.request('/next'))
    const nextCall = await host.take('GET /next')
    expect(nextCall.authorization).toBe('Bearer second')
    await nextCall.answer(200, { data: 3 })
    expect(next.value).toBe(3)
    const login = outcomeOf(auth.login())
    await logIn(client)
    expect(login.is).toBe('resolved')
    expect(host.clock.pending).toBe(0)
  })

  it('leave the newer session alone when the late one comes after it', async () => {
    const { host, auth } = openClient()
    void auth.request('/first')
    const firstCall = await host.take('GET /first')
    await host.clock.advance(3_000)
    void auth.login()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    await firstCall.answer(200, { data: 1, tokenState: stateOf('late', { version: 99 }) })
    expect(auth.tokenState?.accessToken).toBe('new')
  })
})

describe('guarantee 5: a first request that the backend refuses for its scheme', () => {
  it.each([400, 403])('(%i) is sent again once the login by POST is there', async (status) => {
    const client = openClient()
    const { host, auth } = client
    const first = outcomeOf(auth.request({ url: '/a', method: 'POST', data: { x: 1 } }))
    const other = outcomeOf(auth.request('/b'))
    await (await host.take('POST /a')).answer(status, { title: 'bad Authorization' })
    const login = await host.take('POST /auth/login')
    expect(login.body).toEqual({ code: 'code-2' })
    await login.answer(200, { tokenState: stateOf('t') })
    const again = await host.take('POST /a')
    expect(again.authorization).toBe('Bearer t')
    expect(again.body).toEqual({ x: 1 })
    await again.answer(200, { data: 'done' })
    await (await host.take('GET /b')).answer(200, { data: 'b' })
    expect([first.value, other.value]).toEqual(['done', 'b'])
  })

  it.each([400, 403])(
    '(%i) keeps its own answer if that is what it is, or no login',
    async (status) => {
      const { host, auth } = openClient()
      const refused = outcomeOf(auth.request('/a'))
      await (await host.take('GET /a')).answer(status, { title: 'no' })
      await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('t') })
      await (await host.take('GET /a')).answer(status, { title: 'no' })
      expect(refused).toMatchObject({ error: { name: 'HttpError', status } })
      expect(host.sent).toHaveLength(3)

      const other = openClient()
      const failed = outcomeOf(other.auth.request('/a'))
      await (await other.host.take('GET /a')).answer(status, { title: 'no' })
      await (await other.host.take('POST /auth/login')).answer(500)
      expect(failed).toMatchObject({ error: { name: 'HttpError', status } })
    },
  )

  it('makes no request carry its login any more', async () => {
    const { host, auth } = openClient()
    void auth.request('/a').catch(() => {})
    await (await host.take('GET /a')).answer(403)
    await (await host.take('POST /auth/login')).answer(401)
    await host.clock.advance(1_000)
    void auth.request('/b').catch(() => {})
    await host.take('POST /auth/login')
  })

  it('is not sent again when its refusal came with a session', async () => {
    const { host, auth } = openClient()
    const outcome = outcomeOf(auth.request('/a'))
    await (await host.take('GET /a')).answer(403, { title: 'no', tokenState: stateOf('t') })
    expect(outcome).toMatchObject({ error: { name: 'HttpError', status: 403 } })
    expect(auth.tokenState?.accessToken).toBe('t')
    host.assertIdle()
  })
})

describe('guarantee 5: a first request that is aborted while it gets its code', () => {
  it('hands the code over whole, whatever the moment', async () => {
    for (let moment = 0; moment < 20; moment++) {
      const { host, auth } = openClient()
      const wxLogin = holdLogin(host)
      const task = auth.request('/a')
      task.catch(() => {})
      await flush()
      const aborting = (async () => {
        for (let i = 0; i < moment; i++) await Promise.resolve()
        task.abort()
      })()
      await Promise.all([wxLogin.give('good'), aborting])
      void auth.login().catch(() => {})
      await flush()
      const bodies = host.sent.map(({ body }) => body).filter(Boolean)
      for (const body of bodies) expect(body).toEqual({ code: 'good' })
      expect(host.sent).toHaveLength(1)
    }
  })

  it('leaves its login to a late answer’s revocation, when the user signs out', async () => {
    const { host, auth } = openClient()
    void auth.request('/a').catch(() => {})
    const call = await host.take('GET /a')
    await host.clock.advance(3_000)
    await auth.logout()
    await call.answer(200, { data: 1, tokenState: stateOf('late') })
    expect((await host.take('POST /auth/logout')).authorization).toBe('Bearer late')
    expect(auth.tokenState).toBe(null)
  })
})
