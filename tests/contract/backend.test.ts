// The client against the reference backend: real HTTP, a real database, WeChat stood in for.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../scripts/stack'
import { createAuth } from '../../src/createAuth'
import { createNodePlatform } from '../support/nodePlatform'

let stack: Stack
/** How far the backend's clock is ahead, in ms. */
let passed = 0
const dataDir = mkdtempSync(join(tmpdir(), 'watchword-contract-'))
beforeAll(async () => {
  const now = () => Date.now() + passed
  stack = await startStack({ port: 0, wechatPort: 0, dataDir, logLevel: 'silent', now })
})
afterEach(() => stack.wechat.clearFaults())
afterAll(async () => {
  await stack.close()
  rmSync(dataDir, { recursive: true })
})

let people = 0

/** A new person with a client of their own. */
function createPerson(unionid: boolean | 'encrypted' = true) {
  const person = `person ${++people}`
  const { wechat, backend } = stack
  wechat.person(person, { unionid })
  const host = createNodePlatform(() => Promise.resolve(wechat.issueLoginCode(person).code))
  const auth = createAuth({ baseURL: backend.url, platform: host.platform })
  const count = (line: string) => host.exchanges.filter((one) => one.line === line).length
  return { person, auth, count, ...host }
}

/** A new person in a browser, where no login is silent. */
function createVisitor() {
  const person = `person ${++people}`
  const { platform, exchanges } = createNodePlatform(() => Promise.reject(new Error('not here')))
  delete platform.login
  const auth = createAuth({ baseURL: stack.backend.url, platform })
  const count = (line: string) => exchanges.filter((one) => one.line === line).length
  /** What WeChat's own browser would bring back. */
  async function allowWechat() {
    const asked = { person, appId: stack.oauth.officialAppId, scope: 'snsapi_userinfo' }
    const answer = await fetch(`${stack.wechatUrl}/_control/oauth-code`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(asked),
    })
    const { code } = (await answer.json()) as { code: string }
    return { provider: 'wechat-official' as const, code }
  }
  return { auth, count, allowWechat }
}

const dayAfter = () => new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)

const booking = () => ({
  url: '/bookings',
  method: 'POST' as const,
  data: {
    serviceId: 'family',
    name: '林小舟',
    phone: '15400001234',
    address: '梧桐路 8 号',
    date: dayAfter(),
  },
})

/** Kills the session at the backend behind the client's back. */
async function killToken({ auth }: Pick<ReturnType<typeof createPerson>, 'auth'>) {
  const headers = { Authorization: `Bearer ${auth.tokenState!.accessToken}` }
  await fetch(`${stack.backend.url}/auth/logout`, { method: 'POST', headers })
}

/** Waits until the client shows a prompt. */
function prompted({ auth }: Pick<ReturnType<typeof createPerson>, 'auth'>) {
  return expect.poll(() => auth.prompt?.status, { interval: 5 }).toBe('open')
}

describe('the client and the reference backend', () => {
  it('log in anew, once, to delete an account that the user signed in to long ago', async () => {
    const { auth, count } = createPerson()
    await auth.request({ url: '/bookings' })
    passed += 10 * 60_000
    const removal = { url: '/auth/account', method: 'DELETE' as const }
    await auth.request(removal)
    expect(count('DELETE /auth/account')).toBe(2)
    expect(count('POST /auth/login')).toBe(1)
  })

  it('ask whoever is to type a number in a browser to log in first, where they did so long ago', async () => {
    const one = createVisitor()
    await one.auth.login(await one.allowWechat())
    passed += 10 * 60_000
    const ensured = one.auth.ensure('getPhoneNumber')
    await prompted(one)
    expect(one.auth.prompt?.kind).toBe('login')
    // It would sign in whoever has the number.
    expect(one.auth.prompt?.methods).not.toContain('sms')
    await one.auth.submitLogin(await one.allowWechat())
    await expect.poll(() => one.auth.prompt?.kind, { interval: 5 }).toBe('getPhoneNumber')

    const phone = '15400007788'
    await one.auth.request({
      url: '/auth/sms-codes',
      method: 'POST',
      data: { phone, purpose: 'bind' },
    })
    const smsCode = stack.wechat.textMessages(phone).at(-1)!.code
    await one.auth.submitPhoneNumber({ phone, smsCode })
    await ensured
    expect(one.auth.tokenState?.hasPhoneNumber).toBe(true)
    expect(one.count('POST /auth/phone-number')).toBe(1)
  })

  it('sign in with the first request: one round trip', async () => {
    const { auth, exchanges } = createPerson()
    const services = await auth.request<unknown[]>('/services')
    expect(services.length).toBeGreaterThan(1)
    expect(exchanges).toEqual([{ line: 'GET /services', status: 200 }])
    expect(auth.tokenState).toMatchObject({ hasUserInfo: true, hasPhoneNumber: false })
  })

  it('serve a burst of 100 on a token that has just died with one login', async () => {
    const one = createPerson()
    await one.auth.login()
    await killToken(one)
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => one.auth.request<unknown[]>('/bookings')),
    )
    expect(answers).toHaveLength(100)
    expect(one.count('POST /auth/login')).toBe(2)
    expect(one.count('GET /bookings')).toBeLessThanOrEqual(109)
  })

  it('ask for the phone number, and book', async () => {
    const one = createPerson()
    const request = one.auth.request<{ id: unknown }>(booking())
    await prompted(one)
    expect(one.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', reason: /联系/ })
    one.auth.pressPrompt()
    const { code } = stack.wechat.issuePhoneCode(one.person)
    await one.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code })
    expect(await request).toMatchObject({ id: expect.anything() as unknown })
    expect(one.auth.tokenState).toMatchObject({ hasPhoneNumber: true, uid: expect.any(String) })
  })

  it('take the phone number encrypted, and once more after the session key changed', async () => {
    const one = createPerson()
    one.platform.encrypts = () => true
    one.platform.checkSession = () => Promise.resolve(stack.wechat.checkSession(one.person).valid)
    const request = one.auth.request(booking())
    await prompted(one)
    const press = () => {
      one.auth.pressPrompt()
      const data = stack.wechat.phoneData(one.person)
      return { errMsg: 'getPhoneNumber:ok', ...data }
    }
    stack.wechat.rotateSessionKey(one.person)
    await one.auth.submitPhoneNumber(press())
    expect(one.auth.prompt).toMatchObject({ status: 'open', error: 'press_again' })
    await one.auth.submitPhoneNumber(press())
    await request
    expect(one.auth.tokenState?.hasPhoneNumber).toBe(true)
  })

  it('ask for the unionid where WeChat gives it encrypted only', async () => {
    const one = createPerson('encrypted')
    const request = one.auth.request({ url: '/coupons', method: 'POST' })
    await prompted(one)
    expect(one.auth.prompt).toMatchObject({ kind: 'getUserInfo', scope: 'unionid' })
    const detail = stack.wechat.userInfo(one.person)
    await one.auth.submitUserInfo({ detail })
    await request
    expect(one.auth.tokenState?.hasUserInfo).toBe(true)
  })

  it('refuse a phone code that was used before', async () => {
    const one = createPerson()
    await one.auth.login()
    const { code } = stack.wechat.issuePhoneCode(one.person)
    const detail = { errMsg: 'getPhoneNumber:ok', code }
    await one.auth.submitPhoneNumber(detail)
    await expect(one.auth.submitPhoneNumber(detail)).rejects.toMatchObject({
      code: 'press_again',
      status: 422,
    })
  })

  it('keep the session while WeChat is down, and say how long to wait', async () => {
    const one = createPerson()
    await one.auth.login()
    const token = one.auth.tokenState!.accessToken
    await killToken(one)
    stack.wechat.setFault({ endpoint: 'jscode2session', errcode: -1 })
    await expect(one.auth.request('/bookings')).rejects.toMatchObject({
      code: 'login_rejected',
      status: 503,
      retryAfter: expect.any(Number),
    })
    expect(one.auth.tokenState?.accessToken).toBe(token)
    stack.wechat.clearFaults()
    await one.auth.login()
    expect(await one.auth.request('/bookings')).toEqual([])
  })

  it('serve guests while WeChat is down', async () => {
    const one = createPerson()
    stack.wechat.setFault({ endpoint: 'jscode2session', errcode: -1 })
    // The first request carried the login that could not be made: its outcome is its own.
    await expect(one.auth.request('/services')).rejects.toMatchObject({ status: 503 })
    expect(await one.auth.request<unknown[]>('/services')).not.toEqual([])
  })

  it('end the token at a sign-out, and sign nobody in again', async () => {
    const one = createPerson()
    await one.auth.login()
    const headers = { Authorization: `Bearer ${one.auth.tokenState!.accessToken}` }
    await one.auth.logout()
    await expect.poll(() => one.count('POST /auth/logout'), { interval: 5 }).toBe(1)
    const check = await fetch(`${stack.backend.url}/auth/token-state`, { headers })
    expect(check.status).toBe(401)
    expect(await one.auth.request<unknown[]>('/services')).not.toEqual([])
    expect(one.auth.tokenState).toBe(null)
    await expect(one.auth.request({ url: '/bookings', interactive: false })).rejects.toMatchObject({
      code: 'prompt_unavailable',
    })
  })

  it('check a token once, and let the old one of a new login live on for requests under way', async () => {
    const one = createPerson()
    await one.auth.login()
    const old = one.auth.tokenState!.accessToken
    expect((await one.auth.verify()).accessToken).toBe(old)
    await one.auth.login()
    expect(one.auth.tokenState!.accessToken).not.toBe(old)
    const response = await fetch(`${stack.backend.url}/bookings`, {
      headers: { Authorization: `Bearer ${old}` },
    })
    expect(response.status).toBe(200)
    expect(await response.json()).not.toHaveProperty('tokenState')
  })

  it('are without the number that the person takes back in WeChat, and ask for it again', async () => {
    const one = createPerson()
    await one.auth.login()
    const { code } = stack.wechat.issuePhoneCode(one.person)
    await one.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code })
    const push = { person: one.person, event: 'user_authorization_revoke', revokeInfo: 8 }
    const pushed = await fetch(`${stack.wechatUrl}/_control/push`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(push),
    })
    expect(await pushed.json()).toEqual({ attempts: 1 })

    const booked = one.auth.request<object>(booking())
    await prompted(one)
    expect(one.auth.tokenState).toMatchObject({ hasPhoneNumber: false })
    const again = stack.wechat.issuePhoneCode(one.person)
    await one.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: again.code })
    expect(await booked).toMatchObject({ serviceId: 'family' })
  })

  it('tell apart what a form got wrong', async () => {
    const one = createPerson()
    await one.auth.login()
    const { code } = stack.wechat.issuePhoneCode(one.person)
    await one.auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code })
    const { data, ...rest } = booking()
    await expect(
      one.auth.request({ ...rest, data: { ...data, date: '2001-02-30' } }),
    ).rejects.toMatchObject({ name: 'HttpError', status: 422 })
    expect(await one.auth.request('/bookings')).toEqual([])
  })
})
