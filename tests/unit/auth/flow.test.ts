import { describe, expect, it } from 'vitest'
import { AuthError } from '../../../src/auth/errors'
import { flush } from '../../support/clock'
import { KEY, openClient, stateOf, type Client } from '../../support/client'
import { BASE } from '../../support/host'
import { outcomeOf } from '../../support/outcome'
import { isSpokenInCodes } from '../../support/client'

interface Answer {
  status: number
  headers?: unknown
  data?: unknown
}

/** A request layer of the app's own: `wire` is its backend. */
async function send(
  { auth }: Client,
  url: string,
  wire: (header: Record<string, string>) => Answer | Promise<Answer>,
) {
  const flow = auth.flow(url)
  for (let times = 1; ; times += 1) {
    const { status, headers = {}, data = '' } = await wire(await flow.header())
    if (!(await flow.settle({ status, headers, data }))) return { status, data, times }
  }
}

/** Refuses all tokens but this. */
const takes = (token: string) => (header: Record<string, string>) =>
  header.authorization === `Bearer ${token}` ? { status: 200, data: 'done' } : { status: 401 }

describe.skipIf(isSpokenInCodes)('guarantee 30: a flow', () => {
  it('signs in 50 requests on a dead token with one login', async () => {
    const client = openClient({ token: 'dead' })
    const sent = Array.from({ length: 50 }, (_, i) => send(client, `/a/${i}`, takes('new')))
    await flush()
    const logins = await client.host.takeAll('POST /auth/login')
    expect(logins.length).toBe(1)
    await logins[0]!.answer(200, { tokenState: stateOf('new') })
    for (const one of await Promise.all(sent)) {
      expect(one).toEqual({ status: 200, data: 'done', times: 2 })
    }
    expect(client.host.sent.length).toBe(1)
  })

  it('logs in before it is sent, where there is no session', async () => {
    const { host, auth } = openClient()
    const header = auth.flow('/a').header()
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('new') })
    expect(await header).toEqual({ authorization: 'Bearer new' })
  })

  it('waits for a prompt, and is sent again once it is given', async () => {
    const client = openClient({ token: 't' })
    let given = false
    const outcome = outcomeOf(
      send(client, '/a', () =>
        given
          ? { status: 200, data: 1 }
          : { status: 401, headers: { 'www-authenticate': 'getPhoneNumber' } },
      ),
    )
    await flush()
    expect(client.auth.prompt?.kind).toBe('getPhoneNumber')
    given = true
    void client.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'c' })
    await (await client.host.take('POST /auth/phone-number')).answer(200, {})
    await flush()
    expect(outcome).toMatchObject({ is: 'resolved', value: { times: 2 } })
  })

  it.each<[string, (client: Client) => unknown, string]>([
    ['declines', ({ auth }) => auth.cancelPrompt(), 'prompt_cancelled'],
    ['signs out', ({ auth }) => auth.logout(), 'signed_out'],
  ])('rejects when the user %s', async (_name, act, code) => {
    const client = openClient({ token: 't' })
    const headers = { 'www-authenticate': 'getPhoneNumber' }
    const outcome = outcomeOf(send(client, '/a', () => ({ status: 401, headers })))
    await flush()
    act(client)
    await flush()
    expect(outcome.error).toBeInstanceOf(AuthError)
    expect(outcome).toMatchObject({ error: { code } })
  })

  it('rejects when the user signs out while the answer is on its way', async () => {
    const client = openClient({ token: 't' })
    let answer: (given: Answer) => void = () => {}
    const coming = new Promise<Answer>((resolve) => (answer = resolve))
    const outcome = outcomeOf(send(client, '/a', () => coming))
    await flush()
    void client.auth.logout()
    answer({ status: 200, data: { tokenState: stateOf('back') } })
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    expect(client.auth.tokenState).toBe(null)
  })

  it.each([404, 422, 500])('leaves %i to the request layer', async (status) => {
    const client = openClient({ token: 't' })
    expect(await send(client, '/a', () => ({ status, data: 'no' }))).toMatchObject({
      ...{ status, data: 'no', times: 1 },
    })
  })

  it('takes the token state of an answer', async () => {
    const client = openClient({ token: 't' })
    const data = { tokenState: stateOf('next') }
    await send(client, '/a', () => ({ status: 200, data }))
    expect(client.auth.tokenState?.accessToken).toBe('next')
  })

  it.each(['https://maps.example/a', 'https://api.example.com.evil/v1/a', '/../a'])(
    'adds nothing to a call of %s, and takes nothing of its answer',
    async (url) => {
      const client = openClient({ token: 't' })
      const headers: unknown[] = []
      const sent = await send(client, url, (header) => {
        headers.push(header)
        return { status: 401, data: { tokenState: stateOf('theirs') } }
      })
      expect(sent.times).toBe(1)
      expect(headers).toEqual([{}])
      expect(client.auth.tokenState?.accessToken).toBe('t')
    },
  )

  it.each<[string, string, boolean]>([
    ['/api', '/api/a', true],
    ['/api', '/api?a=1', true],
    ['/api', '/apis/a', false],
    ['/api', '/other/a', false],
    ['/', '/a', true],
    ['/', '//evil.example/a', false],
    [BASE, `${BASE}/a`, true],
    [BASE, '/a', false],
    [BASE, 'a', false],
  ])('under %s takes the final address %s: %s', async (baseURL, url, isSigned) => {
    const { auth } = openClient({ token: 't', storageKey: KEY, baseURL })
    const header = await auth.flow(url, { isFinal: true }).header()
    expect(header.authorization).toBe(isSigned ? 'Bearer t' : undefined)
  })

  it('that ends without an answer waits for nothing', async () => {
    const client = openClient({ token: 't' })
    const flow = client.auth.flow('/a')
    await flow.header()
    flow.end()
    const outcome = outcomeOf(flow.settle({ status: 200, headers: {}, data: '' }))
    await flush()
    expect(outcome).toMatchObject({ error: { code: 'aborted' } })
  })

  it.each([200, 422])('that has ended with %i signs in another request', async (status) => {
    const { auth } = openClient({ token: 't' })
    const flow = auth.flow('/a')
    for (const _ of [1, 2]) {
      expect((await flow.header()).authorization).toBe('Bearer t')
      expect(await flow.settle({ status, headers: {}, data: '' })).toBe(false)
    }
  })

  it('leaves none of several answers waiting', async () => {
    const { auth } = openClient({ token: 't' })
    const flow = auth.flow('/a')
    await flow.header()
    const outcomes = []
    for (let i = 0; i < 20; i += 1) {
      outcomes.push(outcomeOf(flow.settle({ status: 200, headers: {}, data: '' })))
      await Promise.resolve()
    }
    await flush()
    expect(outcomes.map(({ is }) => is)).not.toContain('pending')
    expect(outcomes[0]).toEqual({ is: 'resolved', value: false })
  })

  it('may not prompt where it says so', async () => {
    const { auth } = openClient({ token: 't' })
    const flow = auth.flow('/a', { interactive: false })
    await flow.header()
    const headers = { 'www-authenticate': 'getPhoneNumber' }
    await expect(flow.settle({ status: 401, headers, data: '' })).rejects.toMatchObject({
      code: 'prompt_unavailable',
    })
    expect(auth.prompt).toBe(null)
  })

  it('takes no place from other requests', async () => {
    const client = openClient({ token: 't', concurrency: 1 })
    const { auth, host } = client
    for (let i = 0; i < 20; i += 1) await auth.flow(`/a/${i}`).header()
    void auth.request('/b')
    await host.take('GET /b')
  })
})
