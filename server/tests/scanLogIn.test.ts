import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { events } from '../src/db/schema'
import { openTestBackend, stateOf, type TestBackend } from './support/backend'
import { makePerson, makePhoneNumber } from './support/people'
import { createScanning, scanCode, type Scanning } from './support/scanning'

const edge =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0'

let backend: TestBackend
let scanning: Scanning
beforeEach(async () => {
  backend = await openTestBackend({ scanCode })
  scanning = createScanning(backend)
})
afterEach(() => backend.close())

const personOf = async (token: string) =>
  (await backend.send('GET', '/auth/token-state', { token })).status

describe('a code to scan', () => {
  it('signs the browser in as the person who confirms, for as long as it is used', async () => {
    const phone = await backend.signIn(makePerson())
    const scan = await scanning.create({ 'User-Agent': edge })
    expect(await scanning.statusOf(scan)).toEqual({ status: 'waiting' })
    const scanned = await scanning.act('scanned', scan, phone.accessToken)
    const at = new Date(backend.now()).toISOString()
    expect(scanned.body.data).toEqual({ browser: { system: 'Edge, Windows', at } })
    expect(await scanning.statusOf(scan)).toEqual({ status: 'scanned' })
    expect((await scanning.act('confirm', scan, phone.accessToken)).status).toBe(200)
    const confirmed = await scanning.poll(scan)
    // An answer to a poll cannot begin a session.
    expect(confirmed.body).toEqual({ data: { status: 'confirmed' } })
    const state = stateOf(await scanning.logIn(scan))
    expect(state.expiresIn).toBe(30 * 86_400)
    expect(state.accessToken).not.toBe(phone.accessToken)
    const listed = await backend.send('GET', '/auth/sessions', { token: state.accessToken })
    expect(listed.body.data).toHaveLength(2)
  })

  it('says nothing of a browser that names neither itself nor its system', async () => {
    const phone = await backend.signIn(makePerson())
    const scanned = await scanning.act('scanned', await scanning.create(), phone.accessToken)
    const at = new Date(backend.now()).toISOString()
    expect(scanned.body.data).toEqual({ browser: { at } })
  })

  it('can be exchanged again for 60 s, which ends the session whose answer was lost', async () => {
    const scan = await scanning.create()
    await scanning.confirm(scan, await scanning.signIn())
    const lost = stateOf(await scanning.logIn(scan))
    backend.pass(59)
    const { accessToken } = stateOf(await scanning.logIn(scan))
    expect(await personOf(lost.accessToken)).toBe(401)
    expect(await personOf(accessToken)).toBe(200)
    backend.pass(1)
    await scanning.expectRefused(scan)
    expect(await personOf(accessToken)).toBe(200)
  })

  it('cannot be exchanged again once somebody has ended the session', async () => {
    const phone = await scanning.signIn()
    const scan = await scanning.create()
    await scanning.confirm(scan, phone)
    const { accessToken } = stateOf(await scanning.logIn(scan))
    await backend.send('POST', '/auth/logout', { token: accessToken })
    await scanning.expectRefused(scan)
  })

  it('has to be exchanged within 60 s of the confirmation', async () => {
    const [inTime, late] = [await scanning.create(), await scanning.create()]
    const token = await scanning.signIn()
    await scanning.confirm(inTime, token)
    await scanning.confirm(late, token)
    backend.pass(59)
    stateOf(await scanning.logIn(inTime))
    backend.pass(1)
    await scanning.expectRefused(late)
    expect(await scanning.statusOf(late)).toEqual({ status: 'expired' })
  })

  it('replaces the session that the browser had', async () => {
    const guest = await scanning.signIn()
    const scan = await scanning.create()
    await scanning.confirm(scan, await scanning.signIn())
    const { accessToken } = stateOf(await scanning.logIn(scan, { 'Replaces-Token': guest }))
    backend.pass(60)
    expect(await personOf(guest)).toBe(401)
    expect(await personOf(accessToken)).toBe(200)
  })

  it('is only for who has its secret', async () => {
    const [scan, other] = [await scanning.create(), await scanning.create()]
    await scanning.confirm(scan, await scanning.signIn())
    for (const secret of [other.secret, 'x', scan.secret.toLowerCase()]) {
      await scanning.expectRefused({ ...scan, secret })
      expect((await scanning.poll({ ...scan, secret })).status).toBe(404)
    }
    const refusals = await backend.database.select().from(events).where(eq(events.kind, 'refused'))
    expect(refusals.map(({ about, personId }) => [about, personId])).toEqual(
      Array(3).fill(['scan', null]),
    )
    expect((await backend.send('GET', `/auth/scans/${scan.id}`)).status).toBe(404)
    stateOf(await scanning.logIn(scan))
  })

  it.each(['waiting', 'scanned', 'declined'])('signs nobody in while it is %s', async (status) => {
    const [scan, token] = [await scanning.create(), await scanning.signIn()]
    if (status !== 'waiting') await scanning.act('scanned', scan, token)
    if (status === 'declined') await scanning.act('decline', scan, token)
    expect(await scanning.statusOf(scan)).toEqual({ status })
    await scanning.expectRefused(scan)
  })

  it('ends with the account of who confirmed it', async () => {
    const scan = await scanning.create()
    const token = await scanning.signIn()
    await scanning.confirm(scan, token)
    await backend.send('DELETE', '/auth/account', { token })
    await scanning.expectRefused(scan)
    expect((await scanning.poll(scan)).status).toBe(404)
  })

  it('takes a login whose secret is any text', async () => {
    const { id } = await scanning.create()
    for (const secret of ['', 5, null, 'x'.repeat(65), '\u0000', '😀']) {
      expect([401, 422]).toContain((await scanning.logIn({ id, secret })).status)
    }
  })

  it('is confirmed by a login of the last ten minutes, as it leads to a new one', async () => {
    const person = makePerson()
    const { accessToken: old } = await backend.signIn(person)
    backend.pass(600)
    const scan = await scanning.create()
    expect((await scanning.act('scanned', scan, old)).status).toBe(200)
    const { status, body } = await scanning.act('confirm', scan, old)
    expect([status, body.type]).toEqual([401, '/problems/fresh-login-required'])
    await scanning.expectRefused(scan)
    const fresh = await backend.signIn(person, { 'Replaces-Token': old })
    expect((await scanning.act('confirm', scan, fresh.accessToken)).status).toBe(200)
    expect((await scanning.logIn(scan)).status).toBe(200)
  })

  it.each<[string, (phone: string, other: string) => Promise<unknown>]>([
    ['signed out', (token) => backend.send('POST', '/auth/logout', { token })],
    ['was ended elsewhere', (_, token) => backend.send('DELETE', '/auth/sessions', { token })],
  ])('signs nobody in once the phone %s', async (_, end) => {
    const person = makePerson()
    const [phone, other] = [await scanning.signIn(person), await scanning.signIn(person)]
    const scan = await scanning.create()
    await scanning.confirm(scan, phone)
    await end(phone, other)
    await scanning.expectRefused(scan)
  })

  it('signs nobody in once a new password has ended all sessions', async () => {
    const token = await scanning.signIn()
    const phone = makePhoneNumber()
    const bind = { phone, smsCode: await backend.textCode(phone, 'bind') }
    await backend.send('POST', '/auth/phone-number', { token, json: bind })
    const scan = await scanning.create()
    await scanning.confirm(scan, token)
    const password = 'three brown boxes'
    const json = { phone, smsCode: await backend.textCode(phone, 'password'), password }
    expect((await backend.send('PUT', '/auth/password', { json })).status).toBe(200)
    await scanning.expectRefused(scan)
  })

  it('signs in although the phone has logged in again meanwhile', async () => {
    const person = makePerson()
    const phone = await scanning.signIn(person)
    const scan = await scanning.create()
    await scanning.confirm(scan, phone)
    await backend.signIn(person, { 'Replaces-Token': phone })
    expect((await scanning.logIn(scan)).status).toBe(200)
  })
})
