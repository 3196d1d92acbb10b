import { beforeAll, describe, expect, test } from 'vitest'
import {
  FORM,
  counts,
  createWorld,
  fillBooking,
  formValues,
  hidden,
  launchFilled,
  signOut,
  storedSession,
  type World,
} from './support/world'

let world: World
beforeAll(async () => {
  world = await createWorld()
})

describe('a user who books', () => {
  test('is asked for the phone number, refuses, declines, agrees, and loses nothing', async () => {
    const phone = await world.launch('mei')
    await fillBooking(phone)
    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet')
    expect(await phone.text('.auth-sheet__reason')).toMatch(/联系/)

    phone.answer('getPhoneNumber', ['refuse', 'refuse'])
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.auth-sheet__error')
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.auth-sheet__error')
    expect(counts(phone)['POST /auth/phone-number']).toBeUndefined()

    await phone.tap('.auth-sheet__cancel')
    await hidden(phone, '.auth-sheet')
    expect(await formValues(phone)).toEqual(FORM)
    expect(await phone.count('.booking-done')).toBe(0)

    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet')
    phone.answer('getPhoneNumber', ['allow'])
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.booking-done')
    expect((await storedSession(phone)).state?.uid).toEqual(expect.any(String))
    // Asked twice, declined once, and replayed: one booking.
    expect(counts(phone)['POST /bookings']).toBe(3)

    await phone.restart('example/mine/mine')
    await phone.waitFor('.booking')
    expect(await phone.count('.booking')).toBe(1)
    await phone.close()
  })

  test('does not notice that the token was killed in mid-use', async () => {
    await world.register('tao')
    const phone = await launchFilled(world, 'tao')
    await phone.control({ type: 'killToken' })
    await phone.tap('#submit')
    await phone.waitFor('.booking-done')
    expect(counts(phone)['POST /auth/login']).toBe(1)
    await hidden(phone, '.auth-sheet')
    await phone.close()
  })

  test('is still signed in after the app restarts', async () => {
    await world.register('yun')
    const phone = await world.launch('yun')
    await phone.waitFor('.service')
    const before = await storedSession(phone)
    await phone.restart('example/mine/mine')
    await expect.poll(() => phone.text('.user-name')).toMatch(/^154\*{4}\d{4}$/)
    expect((await storedSession(phone)).state?.accessToken).toBe(before.state?.accessToken)
    expect(counts(phone)['POST /auth/login']).toBeUndefined()
    await phone.close()
  })

  test('signs out, stays signed out, and is asked before signing in again', async () => {
    await world.register('he')
    const phone = await world.launch('he', { url: 'example/mine/mine' })
    await phone.waitFor('.user-name')
    const token = (await storedSession(phone)).state!.accessToken
    await signOut(phone)
    expect(await storedSession(phone)).toEqual({ signedOut: true })
    await expect
      .poll(async () => {
        const headers = { Authorization: `Bearer ${token}` }
        return (await fetch(`${world.backend}/auth/token-state`, { headers })).status
      })
      .toBe(401)

    await phone.restart('example/home/home')
    await fillBooking(phone)
    expect(await storedSession(phone)).toEqual({ signedOut: true })
    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet')
    await phone.tap('.auth-sheet__cancel')
    expect(await formValues(phone)).toEqual(FORM)
    expect(await storedSession(phone)).toEqual({ signedOut: true })

    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet')
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.booking-done')
    expect((await storedSession(phone)).state?.uid).toEqual(expect.any(String))
    await phone.close()
  })
})

describe('every phone', () => {
  const spellings = [
    ['iOS', { platform: 'ios', headerSpelling: 'ios' }],
    ['Android', { platform: 'android', headerSpelling: 'android' }],
    ['DevTools', { platform: 'devtools', headerSpelling: 'android' }],
    ['HTTP/2', { headerSpelling: 'lower' }],
    ['upper case', { headerSpelling: 'upper' }],
    ['arrays', { headerSpelling: 'ios', headerValues: 'array' }],
    ['arrays in lower case', { headerSpelling: 'lower', headerValues: 'array' }],
  ] as const

  test.each(spellings)('understands the challenge as %s spells it', async (name, options) => {
    const phone = await launchFilled(world, `speller on ${name}`, {
      ...options,
      answers: { getPhoneNumber: ['refuse', 'allow'] },
    })
    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet__reason')
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.auth-sheet__error')
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.booking-done')
    await phone.close()
  })

  test('an old base library returns the phone number encrypted', async () => {
    const phone = await launchFilled(world, 'old', {
      sdkVersion: '2.20.0',
      answers: { getPhoneNumber: ['allow'] },
    })
    await phone.tap('#submit')
    await phone.waitFor('.auth-sheet')
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.booking-done')
    await phone.close()
  })
})

describe('a page without a sheet', () => {
  test('has its prompt answered on a page of its own, and is where it was with its answer', async () => {
    const phone = await world.launch('secretive', {
      unionid: 'encrypted',
      url: 'example/mine/mine',
      answers: { getUserInfo: ['refuse', 'allow'] },
    })
    await phone.tap('#open-coupon')
    await phone.waitFor('#claim')
    const { routes } = await phone.state()
    expect(routes).toHaveLength(2)
    await phone.tap('#claim')
    await phone.waitFor('.auth-sheet')
    expect((await phone.state()).routes).toEqual([...routes, 'example/prompt/prompt'])
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.auth-sheet__error')
    await phone.tap('.auth-sheet__allow')
    await phone.waitFor('.coupon-done')
    expect((await phone.state()).routes).toEqual(routes)
    await phone.close()
  })

  test('declining leads back, with the page usable', async () => {
    const phone = await world.launch('private', {
      unionid: 'encrypted',
      url: 'example/coupon/coupon',
    })
    await phone.tap('#claim')
    await phone.waitFor('.auth-sheet')
    await phone.tap('.auth-sheet__cancel')
    await phone.waitFor('#claim')
    expect((await phone.state()).routes).toEqual(['example/coupon/coupon'])
    expect(await phone.count('.coupon-done')).toBe(0)
    await phone.close()
  })
})
