import { describe, expect, it } from 'vitest'
import {
  answerAll,
  asking,
  challenge,
  givePhone,
  giveUser,
  phoneCode,
} from '../../support/challenged'
import { outcomeOf } from '../../support/outcome'
import { openClient, stateOf } from '../../support/client'

const PHONE = { kind: 'getPhoneNumber', status: 'open' } as const

describe('guarantee 16: stragglers', () => {
  it('replays a request sent before the last submit without asking again', async () => {
    const client = openClient({ token: 't' })
    await challenge(client, '/a', 'getPhoneNumber')
    const outcome = outcomeOf(client.auth.request('/b'))
    const late = await client.host.take('GET /b')
    await givePhone(client)
    await late.answer(401, {}, asking('getPhoneNumber'))
    expect(client.auth.prompt).toBe(null)
    await answerAll(client)
    expect(outcome.value).toBe('GET /b')
  })

  it('replays also one that was sent while the submit was on its way', async () => {
    const client = openClient({ token: 't' })
    void client.auth.submitPhoneNumber(phoneCode)
    const submit = await client.host.take('POST /auth/phone-number')
    const outcome = outcomeOf(client.auth.request('/b'))
    const late = await client.host.take('GET /b')
    await submit.answer(200, { tokenState: stateOf('t') })
    await late.answer(401, {}, asking('getPhoneNumber'))
    expect(client.auth.prompt).toBe(null)
    await answerAll(client)
    expect(outcome.value).toBe('GET /b')
  })

  it('asks again for one that was sent after the submit', async () => {
    const client = openClient({ token: 't' })
    await givePhone(client)
    await challenge(client, '/b', 'getPhoneNumber')
    expect(client.auth.prompt).toEqual(PHONE)
  })

  it('settles a request sent before the last cancel with prompt_cancelled', async () => {
    const client = openClient({ token: 't' })
    await challenge(client, '/a', 'getPhoneNumber')
    const outcome = outcomeOf(client.auth.request('/b'))
    const late = await client.host.take('GET /b')
    client.auth.cancelPrompt()
    await late.answer(401, {}, asking('getPhoneNumber'))
    expect(outcome).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(client.auth.prompt).toBe(null)
  })

  it('does so also when the prompt of the straggler is the second one in its challenge', async () => {
    const client = openClient({ token: 't' })
    await challenge(client, '/a', 'getPhoneNumber')
    const outcome = outcomeOf(client.auth.request('/b'))
    const late = await client.host.take('GET /b')
    client.auth.cancelPrompt()
    await late.answer(401, {}, asking('getUserInfo, getPhoneNumber'))
    expect(outcome).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(client.auth.prompt).toBe(null)
  })

  it('asks only for the kind that is still missing', async () => {
    const client = openClient({ token: 't' })
    const outcome = outcomeOf(client.auth.request('/b'))
    const late = await client.host.take('GET /b')
    await giveUser(client)
    await late.answer(401, {}, asking('getUserInfo, getPhoneNumber'))
    expect(client.auth.prompt).toEqual(PHONE)
    await givePhone(client)
    await answerAll(client)
    expect(outcome.value).toBe('GET /b')
  })

  it('lets a later submit count, not the cancel before it, and the other way round', async () => {
    const client = openClient({ token: 't' })
    const outcomes = ['/x', '/y'].map((path) => outcomeOf(client.auth.request(path)))
    const [x, y] = await client.host.takeAll('GET')
    await challenge(client, '/a', 'getPhoneNumber')
    client.auth.cancelPrompt()
    await givePhone(client)
    await x!.answer(401, {}, asking('getPhoneNumber'))
    await (await client.host.take('GET /x')).answer(200, { data: 'x' })
    expect(outcomes[0]?.value).toBe('x')
    await challenge(client, '/a', 'getPhoneNumber')
    client.auth.cancelPrompt()
    await y!.answer(401, {}, asking('getPhoneNumber'))
    expect(outcomes[1]).toMatchObject({ error: { code: 'prompt_cancelled' } })
    expect(client.auth.prompt).toBe(null)
  })

  it('settles one sent before a login was declined with prompt_cancelled', async () => {
    const client = openClient()
    await client.auth.logout()
    const outcomes = ['/x', '/y'].map((path) => outcomeOf(client.auth.request(path)))
    const [x, y] = await client.host.takeAll('GET')
    await x!.answer(401)
    expect(client.auth.prompt?.kind).toBe('login')
    client.auth.cancelPrompt()
    await y!.answer(401)
    expect(client.auth.prompt).toBe(null)
    for (const { error } of outcomes) expect(error).toMatchObject({ code: 'prompt_cancelled' })
  })

  it('fails with still_challenged when what was just given is asked for again', async () => {
    const client = openClient({ token: 't' })
    const outcome = await challenge(client, '/a', 'getPhoneNumber')
    await givePhone(client)
    const replayed = await client.host.take('GET /a')
    await replayed.answer(401, {}, asking('Bearer, getPhoneNumber reason="x"'))
    expect(outcome).toMatchObject({
      error: { code: 'still_challenged', status: 401, challenge: { scheme: 'getPhoneNumber' } },
    })
    expect(client.auth.prompt).toBe(null)
  })
})

describe('guarantee 21: requests that must not prompt', () => {
  it.each(['getPhoneNumber', 'Bearer realm="api", getPhoneNumber reason="x"'])(
    'fail at once with the challenge: %s',
    async (value) => {
      const { host, auth } = openClient({ token: 't' })
      const outcome = outcomeOf(auth.request({ url: '/a', interactive: false }))
      await (await host.take('GET /a')).answer(401, {}, asking(value))
      expect(outcome).toMatchObject({
        error: { code: 'prompt_unavailable', challenge: { scheme: 'getPhoneNumber' } },
      })
      expect(auth.prompt).toBe(null)
    },
  )

  it('may log in silently, and are replayed', async () => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.request({ url: '/a', interactive: false }))
    await (await host.take('GET /a')).answer(401)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: stateOf('n') })
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(outcome.value).toBe(1)
  })

  it('fail also when a prompt of that kind is open already, and leave it open', async () => {
    const client = openClient({ token: 't' })
    const waiting = await challenge(client, '/a', 'getPhoneNumber')
    const outcome = outcomeOf(client.auth.request({ url: '/b', interactive: false }))
    await (await client.host.take('GET /b')).answer(401, {}, asking('getPhoneNumber'))
    expect(outcome).toMatchObject({ error: { code: 'prompt_unavailable' } })
    expect(waiting.is).toBe('pending')
    expect(client.auth.prompt).toEqual(PHONE)
  })

  it('are replayed when what they miss was given after they were sent', async () => {
    const client = openClient({ token: 't' })
    const outcome = outcomeOf(client.auth.request({ url: '/b', interactive: false }))
    const late = await client.host.take('GET /b')
    await givePhone(client)
    await late.answer(401, {}, asking('getPhoneNumber'))
    await answerAll(client)
    expect(outcome.value).toBe('GET /b')
  })

  it('holds for uploads and downloads', async () => {
    const { host, auth } = openClient({ token: 't' })
    const all = [
      outcomeOf(auth.upload({ url: '/u', filePath: 'wxfile://f', name: 'f', interactive: false })),
      outcomeOf(auth.download({ url: '/d', interactive: false })),
    ]
    for (const call of await host.takeAll('')) {
      await call.answer(401, JSON.stringify({ challenges: 'getUserInfo' }))
    }
    for (const { error } of all) expect(error).toMatchObject({ code: 'prompt_unavailable' })
    expect(auth.prompt).toBe(null)
  })
})
