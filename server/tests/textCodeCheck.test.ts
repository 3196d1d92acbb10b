import { afterEach, describe, expect, it } from 'vitest'
import type { AskedTextCode, TextCodeCheck } from '../src/sms/textCodeCheck'
import { openTestBackend, type TestBackend } from './support/backend'
import { makePhoneNumber } from './support/people'

let backend: TestBackend
afterEach(() => backend.close())

const from = '203.0.113.9'
const ask = (phone: string, more: object = {}) =>
  backend.send('POST', '/auth/sms-codes', { json: { phone, purpose: 'login', ...more }, from })

const solved: TextCodeCheck = ({ captcha }) => Promise.resolve(captcha === 'solved')

describe('a check before text codes are sent', () => {
  it('sees who asks, and what they have solved', async () => {
    const asked: AskedTextCode[] = []
    const checkTextCode: TextCodeCheck = (one) => Promise.resolve(asked.push(one) > 0)
    backend = await openTestBackend({ checkTextCode })
    const phone = makePhoneNumber()
    expect((await ask(phone, { captcha: 'solved' })).status).toBe(202)
    await ask(phone, { purpose: 'bind' })
    const phoneNumber = `+86${phone}`
    expect(asked).toEqual([
      { phoneNumber, purpose: 'login', address: from, captcha: 'solved' },
      { phoneNumber, purpose: 'bind', address: from, captcha: undefined },
    ])
  })

  it('keeps the code from who has solved nothing, and leaves the former one as it is', async () => {
    backend = await openTestBackend({ checkTextCode: solved })
    const phone = makePhoneNumber()
    await ask(phone, { captcha: 'solved' })
    const { status, body } = await ask(phone)
    expect([status, body.type]).toEqual([403, '/problems/captcha-needed'])
    expect(backend.inbox).toHaveLength(1)
    const json = { phone, smsCode: backend.inbox[0]!.code }
    expect((await backend.send('POST', '/auth/login', { json })).status).toBe(200)
  })

  it('uses up nothing of the number’s, so that nobody else keeps its owner waiting', async () => {
    const once = { count: 1, seconds: 86_400 }
    const limits = { smsResend: once, smsNumber: once, sms: once }
    backend = await openTestBackend({ checkTextCode: solved, limits })
    const phone = makePhoneNumber()
    for (let time = 0; time < 3; time++) expect((await ask(phone)).status).toBe(403)
    expect((await ask(phone, { captcha: 'solved' })).status).toBe(202)
  })

  it('is not asked for an address that asks too often', async () => {
    const limits = { smsAddress: { count: 2, seconds: 3600 } }
    let asked = 0
    const checkTextCode: TextCodeCheck = () => Promise.resolve(++asked < 0)
    backend = await openTestBackend({ checkTextCode, limits })
    const statuses = []
    for (let time = 0; time < 3; time++) statuses.push((await ask(makePhoneNumber())).status)
    expect(statuses).toEqual([403, 403, 429])
    expect(asked).toBe(2)
  })

  it('lets no code be sent while it fails, and says nothing of why', async () => {
    const checkTextCode: TextCodeCheck = () => Promise.reject(new Error('the key 12345 is wrong'))
    backend = await openTestBackend({ checkTextCode })
    const { status, body, headers } = await ask(makePhoneNumber())
    expect([status, body.type]).toEqual([503, '/problems/sms-unavailable'])
    expect(headers.get('Retry-After')).toBe('1')
    expect(backend.inbox).toEqual([])
    expect(backend.log.join('\n')).not.toContain('12345')
  })

  it('takes no captcha that is longer than any', async () => {
    backend = await openTestBackend({ checkTextCode: solved })
    const { status, body } = await ask(makePhoneNumber(), { captcha: 'x'.repeat(8193) })
    expect(status).toBe(422)
    expect(body.errors).toMatchObject([{ pointer: '#/captcha' }])
  })
})
