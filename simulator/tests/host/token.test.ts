import { describe, expect, it } from 'vitest'
import type { MiniProgram } from '../../src/host/miniProgram'
import type { TokenRecord } from '../../src/record'
import { token, useHost } from './host'

const host = useHost()
const lastToken = (miniProgram: MiniProgram) =>
  miniProgram.records.filter((record): record is TokenRecord => record.kind === 'token').at(-1)

describe('the token', () => {
  it('is ended at the backend, below the prefix that the session endpoints have', async () => {
    const { miniProgram, request, close } = host.open()
    await expect(miniProgram.control({ type: 'killToken' })).rejects.toThrow(
      'no token has been seen yet',
    )
    await request('/v1/auth/login', {}, '{}')
    await miniProgram.control({ type: 'killToken' })
    expect(host.heard.at(-1)).toBe(`POST /v1/auth/logout Bearer ${token}`)
    expect(lastToken(miniProgram)).toMatchObject({ tokenState: null })
    close()
  })

  it('is dead already where the backend answers 401; any other refusal is reported', async () => {
    const { miniProgram, request, close } = host.open({ backend: `${host.backendUrl}/api` })
    await request('/services')
    host.logoutStatus = 401
    await miniProgram.control({ type: 'killToken' })
    expect(host.heard.at(-1)).toBe(`POST /api/auth/logout Bearer ${token}`)
    await request('/services')
    host.logoutStatus = 500
    await expect(miniProgram.control({ type: 'killToken' })).rejects.toThrow('answered 500')
    close()
  })

  it('is known from the header too, and its state is shown without it', async () => {
    const { miniProgram, request, close } = host.open()
    await request('/header')
    const { tokenState: shown, expiresAt } = lastToken(miniProgram)!
    expect(shown).toEqual({
      accessToken: expect.stringMatching(/^<[0-9a-f]{8}>$/),
      expiresIn: 7200,
    })
    expect(expiresAt! - Date.now()).toBeGreaterThan(7_100_000)
    close()
  })

  it('expires: the client learns of it in time', async () => {
    const { miniProgram, request, close } = host.open()
    await request('/services')
    await miniProgram.control({ type: 'expireToken', after: 600_000 })
    const [inBody, inHeader] = [
      await request('/services'),
      await request('/header'),
    ] as unknown as {
      result: { data: { text: string }; header: { 'Token-State': string } }
    }[]
    const { text } = inBody!.result.data
    const fromHeader = Buffer.from(inHeader!.result.header['Token-State'], 'base64url').toString()
    for (const state of [JSON.parse(text).tokenState, JSON.parse(fromHeader)]) {
      expect(state).toEqual({ ...host.tokenState, expiresIn: expect.any(Number) })
      expect(Math.abs(state.expiresIn - 540)).toBeLessThanOrEqual(60)
    }
    close()
  })

  it('expires: the backend ends it then', async () => {
    const { miniProgram, request, close } = host.open()
    await request('/services')
    await miniProgram.control({ type: 'expireToken', after: 100 })
    await expect.poll(() => host.heard.at(-1)).toBe(`POST /auth/logout Bearer ${token}`)
    close()
  })

  it('is sent to nobody but its issuer', async () => {
    const { miniProgram, request, close } = host.open()
    await request('/elsewhere/auth/check')
    await request('/v1/auth/login', {}, '{}')
    await miniProgram.control({ type: 'killToken' })
    expect(host.heard.at(-1)).toBe(`POST /v1/auth/logout Bearer ${token}`)
    close()
  })

  it('alone expires: one that took its place lives on', async () => {
    const { miniProgram, request, close } = host.open()
    await request('/services')
    await miniProgram.control({ type: 'expireToken', after: 100 })
    host.tokenState = { accessToken: `${token}-renewed`, expiresIn: 7200 }
    await request('/services')
    // Before the request or after it.
    await expect.poll(() => host.heard).toContain(`POST /auth/logout Bearer ${token}`)
    expect(lastToken(miniProgram)!.tokenState).toMatchObject({ expiresIn: 7200 })
    close()
  })

  it('that was signed out has nothing left to expire', async () => {
    const problems: unknown[] = []
    const { miniProgram, request, close } = host.open({
      onProblem: (problem) => problems.push(problem),
    })
    await request('/services')
    await miniProgram.control({ type: 'expireToken', after: 50 })
    await request('/auth/account', { Authorization: `Bearer ${token}` }, '')
    expect(lastToken(miniProgram)).toMatchObject({ tokenState: null })
    await request('/elsewhere')
    expect(problems).toEqual([])
    close()
  })

  it('is forgotten once the app has signed out', async () => {
    const { miniProgram, request, close } = host.open()
    await request('/auth/login', {}, '{}')
    await request('/auth/logout', { Authorization: `Bearer ${token}` }, '')
    expect(lastToken(miniProgram)).toMatchObject({ tokenState: null })
    await expect(miniProgram.control({ type: 'killToken' })).rejects.toThrow(
      'no token has been seen',
    )
    close()
  })
})
