import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { textCodes } from '../src/db/schema'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePhoneNumber } from './support/people'

let backend: TestBackend
beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

const logIn = (phone: string, smsCode: string) =>
  backend.send('POST', '/auth/login', { json: { phone, smsCode } })

const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

async function expectRefused(answer: ReturnType<typeof logIn>) {
  const { status, headers, body } = await answer
  expect(status).toBe(401)
  expect(headers.get('WWW-Authenticate')).toBe('Bearer error="invalid_credentials"')
  expect(body).toEqual({
    type: '/problems/invalid-credentials',
    title: 'What was sent to sign in with is wrong, used or too late.',
    status: 401,
    challenges: 'Bearer error="invalid_credentials"',
  })
}

describe('a text code', () => {
  it('has six digits and registers the number at its first login', async () => {
    const phone = makePhoneNumber()
    const sent = await backend.send('POST', '/auth/sms-codes', {
      json: { phone, purpose: 'login' },
    })
    expect(sent.status).toBe(202)
    expect(sent.body).toEqual({ data: { resendAfter: 0, expiresIn: 300 } })
    const message = backend.inbox.at(-1)!
    expect(message).toEqual({
      phoneNumber: `+86${phone}`,
      code: expect.stringMatching(/^\d{6}$/) as string,
      purpose: 'login',
      expiresIn: 300,
    })

    const state = stateOf(await logIn(phone, message.code))
    expect(state).toMatchObject({ hasPhoneNumber: true, version: 1 })
    const me = await backend.send('GET', '/me/phone-number', { token: state.accessToken })
    expect(me.body.data).toEqual({ phoneNumber: `+86${phone}` })

    const again = stateOf(await logIn(phone, await backend.textCode(phone)))
    expect(again.uid).toBe(state.uid)
  })

  it.each([
    ['with blanks and dashes', (phone: string) => ` ${phone.slice(0, 3)}-${phone.slice(3)} `],
    ['with the country code', (phone: string) => `+86 ${phone}`],
  ])('is for the same number %s', async (_, typed) => {
    const phone = makePhoneNumber()
    const code = await backend.textCode(typed(phone))
    expect((await logIn(phone, code)).status).toBe(200)
  })

  it('is asked for alike, whether anybody has the number', async () => {
    const [known, unknown] = [makePhoneNumber(), makePhoneNumber()]
    expect((await logIn(known, await backend.textCode(known))).status).toBe(200)
    const ask = (phone: string) =>
      backend.send('POST', '/auth/sms-codes', { json: { phone, purpose: 'login' } })
    const [one, other] = [await ask(known), await ask(unknown)]
    expect([other.status, other.body]).toEqual([one.status, one.body])
    const sentTo = backend.inbox.slice(-2).map(({ phoneNumber }) => phoneNumber)
    expect(sentTo).toEqual([`+86${known}`, `+86${unknown}`])
  })

  it('is refused when it is wrong, and good afterwards', async () => {
    const phone = makePhoneNumber()
    const code = await backend.textCode(phone)
    await expectRefused(logIn(phone, otherThan(code)))
    expect((await logIn(phone, code)).status).toBe(200)
  })

  it('is refused when it has been used', async () => {
    const phone = makePhoneNumber()
    const code = await backend.textCode(phone)
    await logIn(phone, code)
    await expectRefused(logIn(phone, code))
  })

  it('is good once, of many at once', async () => {
    const phone = makePhoneNumber()
    const code = await backend.textCode(phone)
    const answers = await Promise.all(Array.from({ length: 5 }, () => logIn(phone, code)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401])
  })

  it('is refused after five minutes', async () => {
    const phone = makePhoneNumber()
    const code = await backend.textCode(phone)
    backend.pass(300)
    await expectRefused(logIn(phone, code))
  })

  it('is refused for another number, and for another purpose', async () => {
    const [phone, other] = [makePhoneNumber(), makePhoneNumber()]
    const code = await backend.textCode(phone, 'password')
    await backend.textCode(other)
    await expectRefused(logIn(other, code))
    await expectRefused(logIn(phone, code))
  })

  it('is refused once there is a newer one', async () => {
    const phone = makePhoneNumber()
    const code = await backend.textCode(phone)
    let newer = await backend.textCode(phone)
    if (newer === code) newer = await backend.textCode(phone)
    await expectRefused(logIn(phone, code))
    expect((await logIn(phone, newer)).status).toBe(200)
  })

  it('has five tries, even if they come at once', async () => {
    const phone = makePhoneNumber()
    const code = await backend.textCode(phone)
    await Promise.all(Array.from({ length: 20 }, () => logIn(phone, otherThan(code))))
    await expectRefused(logIn(phone, code))
    const row = backend.database.select().from(textCodes)
    const own = await row.where(eq(textCodes.phoneNumber, `+86${phone}`))
    expect(own).toMatchObject([{ triesLeft: 0 }])
  })

  it('is nowhere in the database and the log, nor is its number in the log', async () => {
    const phone = makePhoneNumber()
    const code = await backend.textCode(phone)
    const [row] = await backend.database
      .select()
      .from(textCodes)
      .where(eq(textCodes.phoneNumber, `+86${phone}`))
    expect(Object.values(row!)).not.toContain(code)
    await logIn(phone, code)
    const lines = backend.log.join('\n')
    expect(lines).not.toContain(phone)
    expect(lines).not.toContain(`"${code}"`)
  })
})
