import { describe, expect, it, vi } from 'vitest'
import { createAuth } from '../../../src/createAuth'
import { answerAll, challenge, givePhone } from '../../support/challenged'
import { flush } from '../../support/clock'
import { BASE, createHost } from '../../support/host'
import { outcomeOf } from '../../support/outcome'
import { openClient, stateOf, type Client } from '../../support/client'

async function signIn({ host, auth }: Client, token = 'n') {
  const login = auth.login()
  await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf(token) })
  await login
}

describe('subscribe', () => {
  it('notifies listeners of each change of the token state, of the prompt and of signing out', async () => {
    const client = openClient()
    const { auth } = client
    const seen: string[] = []
    auth.subscribe(() =>
      seen.push(`${auth.tokenState?.accessToken} ${auth.prompt?.status} ${auth.signedOut}`),
    )
    await signIn(client, 't')
    await challenge(client, '/a', 'getPhoneNumber')
    await givePhone(client)
    await answerAll(client)
    await auth.logout()
    expect([...new Set(seen)]).toEqual([
      't undefined false',
      't open false',
      't submitting false',
      'undefined undefined true',
    ])
    expect(seen[seen.length - 1]).toBe('undefined undefined true')
  })

  it('does not call before anything changes, nor after it was ended', async () => {
    const client = openClient()
    const listener = vi.fn()
    const end = client.auth.subscribe(listener)
    await flush()
    expect(listener).not.toHaveBeenCalled()
    await signIn(client)
    const { length } = listener.mock.calls
    expect(length).toBeGreaterThan(0)
    end()
    end()
    await client.auth.logout()
    expect(listener).toHaveBeenCalledTimes(length)
  })

  it('does not call for a warning, which changes nothing', () => {
    const host = createHost()
    let report = (_detail: string) => {}
    host.platform.onInterference = (listener) => void (report = listener)
    const { auth, warnings } = openClient({ host })
    const listener = vi.fn()
    auth.subscribe(listener)
    report('upload task')
    expect(warnings).toHaveLength(1)
    expect(listener).not.toHaveBeenCalled()
  })

  it('survives a listener that throws: the others are notified, and the login goes on', async () => {
    const client = openClient()
    const other = vi.fn()
    client.auth.subscribe(() => {
      throw new Error('the view broke')
    })
    client.auth.subscribe(other)
    await signIn(client)
    expect(other).toHaveBeenCalled()
    expect(new Set(client.warnings.map(({ code }) => code))).toEqual(new Set(['listener_threw']))
    expect(client.auth.tokenState?.accessToken).toBe('n')
  })

  it('lets a listener end itself', async () => {
    const client = openClient()
    const listener = vi.fn(() => end())
    const other = vi.fn()
    const end = client.auth.subscribe(listener)
    client.auth.subscribe(other)
    await signIn(client)
    await client.auth.logout()
    expect(listener).toHaveBeenCalledTimes(1)
    expect(other.mock.calls.length).toBeGreaterThan(1)
  })

  it('no longer calls one that another listener has just ended', async () => {
    const client = openClient()
    const second = vi.fn()
    client.auth.subscribe(() => end())
    const end = client.auth.subscribe(second)
    await signIn(client)
    expect(second).not.toHaveBeenCalled()
  })

  it('lets a listener call the client', async () => {
    const client = openClient({ token: 't' })
    const { auth, host } = client
    const made: { value?: unknown }[] = []
    auth.subscribe(() => {
      if (auth.prompt?.status === 'open') auth.cancelPrompt()
      if (auth.tokenState?.accessToken === 'n' && made.length === 0) {
        made.push(outcomeOf(auth.request('/inner')))
      }
    })
    const declined = await challenge(client, '/a', 'getPhoneNumber')
    expect(declined).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(auth.prompt).toBe(null)
    await signIn(client)
    const inner = await host.take('GET /inner')
    expect(inner.authorization).toBe('Bearer n')
    await inner.answer(200, { data: 1 })
    expect(made[0]?.value).toBe(1)
    expect(client.warnings).toEqual([])
  })
})

describe('warnings', () => {
  it('go to the console, without a secret, where the app takes none', async () => {
    const console = vi.spyOn(globalThis.console, 'warn').mockImplementation(() => {})
    const host = createHost()
    const auth = createAuth({ baseURL: BASE, platform: host.platform })
    const login = auth.login()
    const tokenState = { ...stateOf('secret-token'), openid: 'oSECRET' }
    await (await host.take('POST /auth/login')).answer(200, { tokenState })
    await login
    expect(console).toHaveBeenCalledTimes(1)
    expect(String(console.mock.calls)).toContain('secret_dropped')
    expect(String(console.mock.calls)).not.toMatch(/oSECRET|secret-token/)
    console.mockRestore()
  })
})
