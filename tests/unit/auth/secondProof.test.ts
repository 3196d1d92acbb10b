import { describe, expect, it } from 'vitest'
import { flush } from '../../support/clock'
import { createHost } from '../../support/host'
import { isSpokenInCodes, openClient, stateOf } from '../../support/client'
import { outcomeOf } from '../../support/outcome'
import { readContract } from '../../../src/auth/contract'
import { setPassword } from '../../../src/signIn'

const password = { phone: '13800138000', password: 'three brown boxes' }
const textCode = { phone: '13800138000', smsCode: '123456' }
const challenges =
  'Bearer realm="watchword", methods="password scan", error="insufficient_user_authentication", reason="why"'
const header = { 'WWW-Authenticate': challenges }
const problem = { type: '/problems/second-proof-needed', challenges }
const onWord = stateOf('word', { uid: 'u1', needsSecondProof: true })

/** A browser whose session began on a text code and a word. */
async function open(state = onWord) {
  const client = openClient({ host: createHost({ without: ['login', 'checkSession'] }) })
  client.auth.adopt(state)
  return client
}

async function openAsked(state = onWord) {
  const client = await open(state)
  const deletion = outcomeOf(client.auth.request({ url: '/orders/1', method: 'DELETE' }))
  await (await client.host.take('DELETE /orders/1')).answer(403, problem, header)
  return { ...client, deletion }
}

describe('a session that needs a second proof', () => {
  it('asks for another login where a request needs more, and replays the request', async () => {
    const { auth, host, deletion } = await openAsked()
    expect(auth.tokenState?.needsSecondProof).toBe(true)
    const methods = ['password', 'scan']
    expect(auth.prompt).toEqual({ kind: 'login', reason: 'why', methods, status: 'open' })
    void auth.submitLogin(password)
    const login = await host.take('POST /auth/login')
    expect([login.body, login.call.header['replaces-token']]).toEqual([password, 'word'])
    await login.answer(200, { tokenState: stateOf('whole', { uid: 'u1' }) })
    const again = await host.take('DELETE /orders/1')
    expect(again.authorization).toBe('Bearer whole')
    await again.answer(204)
    expect([deletion.is, auth.prompt]).toEqual(['resolved', null])
  })

  it('goes on with what it may do meanwhile, and if the user declines', async () => {
    const { auth, host, deletion } = await openAsked()
    const services = outcomeOf(auth.request('/services'))
    const call = await host.take('GET /services')
    expect(call.authorization).toBe('Bearer word')
    await call.answer(200, { data: 1 })
    expect(services.value).toBe(1)
    auth.cancelPrompt()
    await flush()
    expect(deletion.error).toMatchObject({ code: 'prompt_cancelled' })
    expect(auth.tokenState?.accessToken).toBe('word')
  })

  it.each([
    ['with a uid', onWord],
    ['without a uid', stateOf('word')],
  ])(
    'never performs in another person’s name what was asked for in this one’s, %s',
    async (_, state) => {
      const { auth, host, deletion } = await openAsked(state)
      void auth.submitLogin(password)
      const other = { tokenState: stateOf('other', { uid: 'u2' }) }
      await (await host.take('POST /auth/login')).answer(200, other)
      expect(deletion.error).toMatchObject({ code: 'signed_out' })
      expect(auth.tokenState?.uid).toBe('u2')
      host.assertIdle()
    },
  )

  it('ends in an error, not in circles, if the other login proves no more', async () => {
    const { auth, host, deletion } = await openAsked()
    void auth.submitLogin(password)
    await (await host.take('POST /auth/login')).answer(200, { tokenState: onWord })
    await (await host.take('DELETE /orders/1')).answer(403, problem, header)
    expect(deletion.error).toMatchObject({ code: 'login_rejected' })
    expect(auth.prompt).toBe(null)
  })

  it('says to a request that may not ask what is missing', async () => {
    const { auth, host } = await open()
    const one = outcomeOf(auth.request({ url: '/ways', interactive: false }))
    await (await host.take('GET /ways')).answer(403, problem, header)
    expect(one.error).toMatchObject({
      code: 'prompt_unavailable',
      challenge: { params: { error: 'insufficient_user_authentication' } },
    })
    expect(auth.tokenState?.accessToken).toBe('word')
  })

  it('is asked by the problem alone, where an upload comes without headers', async () => {
    const { auth, host } = await open()
    void auth.upload({ url: '/pictures', filePath: 'a.png', name: 'file' }).catch(() => {})
    await (await host.take('UPLOAD /pictures')).answer(403, JSON.stringify(problem))
    expect(auth.prompt?.methods).toEqual(['password', 'scan'])
  })

  it('is not asked by any other 403', async () => {
    const { auth, host } = await open()
    const one = outcomeOf(auth.request('/a'))
    const named = { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' }
    await (await host.take('GET /a')).answer(403, {}, named)
    expect(one.error).toMatchObject({ name: 'HttpError', status: 403 })
    expect(auth.prompt).toBe(null)
  })

  it.each(['phoneNumber', 'login'] as const)(
    'is not asked by the answer to a %s, which the user has just sent',
    (call) => {
      const answer = { call, url: '/', status: 403, headers: {}, data: problem }
      expect(readContract(answer, { 'www-authenticate': challenges }).kind).toBe('failure')
    },
  )
})

it('in a mini-program, no silent login takes the place of another login by the user', async () => {
  const { auth, host } = openClient()
  const begun = auth.login({ ...textCode, isMine: true })
  await (await host.take('POST /auth/login')).answer(200, { tokenState: onWord })
  await begun
  void auth.request('/orders').catch(() => {})
  await (await host.take('GET /orders')).answer(403, problem, header)
  expect([auth.prompt?.kind, host.logins]).toEqual(['login', 0])
})

describe('a number whose account needs a second proof', () => {
  it('is not bound by a text code alone', async () => {
    const { auth, host } = await open()
    const binding = outcomeOf(auth.submitPhoneNumber({ ...textCode, isMine: true }))
    await (await host.take('POST /auth/phone-number')).answer(403, problem, header)
    expect(binding.error).toMatchObject({ code: 'second_proof_needed', status: 403 })
  })

  it.skipIf(isSpokenInCodes)('gets no new password by a text code alone', async () => {
    const { auth, host } = await open()
    const setting = outcomeOf(setPassword(auth, { ...textCode, password: 'three brown boxes' }))
    await (await host.take('PUT /auth/password')).answer(403, { type: problem.type })
    expect(setting.error).toMatchObject({ code: 'second_proof_needed' })
    expect(auth.tokenState?.accessToken).toBe('word')
  })

  it('is another account’s if the backend says so', async () => {
    const { auth, host } = await open()
    const login = outcomeOf(auth.login({ ...textCode, isMine: false }))
    const taken = { type: 'https://api.example.com/problems/phone-number-taken' }
    await (await host.take('POST /auth/login')).answer(403, taken)
    expect(login.error).toMatchObject({ code: 'number_taken' })
  })
})

it.each([429, 500, 503])(
  'a login that is answered %i leaves the prompt open as for no network',
  async (status) => {
    const { auth, host } = await openAsked()
    void auth.submitLogin(password)
    await (await host.take('POST /auth/login')).answer(status, {})
    expect(auth.prompt).toMatchObject({ status: 'open', error: 'network' })
  },
)
