import { describe, expect, it } from 'vitest'
import { createAuth } from '../../../../src/createAuth'
import { contract } from '../../../../src/auth/contract'
import type { Dialect } from '../../../../src/auth/dialect'
import { KEY } from '../../../support/client'
import { BASE, createHost } from '../../../support/host'
import { outcomeOf } from '../../../support/outcome'

const refreshing: Dialect = {
  ...contract,
  refresh: ({ refreshToken }) => ({ url: '/refresh', data: { refreshToken } }),
}

describe('guarantee 8: a request while a refresh has to wait, on a host without wx.login', () => {
  it('goes as a guest’s once, and fails with the refresh’s error', async () => {
    const host = createHost({ without: ['login'] })
    const state = { accessToken: 'old', refreshToken: 'r', expiresIn: 60 }
    host.storage.set(KEY, JSON.stringify({ state, at: host.clock.now() - 120_000 }))
    const auth = createAuth({ baseURL: BASE, platform: host.platform, dialect: refreshing })
    const first = outcomeOf(auth.request('/a'))
    await (await host.take('POST /refresh')).answer(503)
    const guest = await host.take('GET /a')
    expect(guest.authorization).toBe(undefined)
    await guest.answer(401)
    expect(first.error).toMatchObject({ code: 'login_rejected', status: 503 })
    host.assertIdle()
    expect(auth.tokenState?.accessToken).toBe('old')

    // Once the wait is over, the token state is refreshed as ever.
    await host.clock.advance(1_000)
    const second = outcomeOf(auth.request('/b'))
    const refreshed = { accessToken: 'new', refreshToken: 'r2' }
    await (await host.take('POST /refresh')).answer(200, { tokenState: refreshed })
    const call = await host.take('GET /b')
    expect(call.authorization).toBe('Bearer new')
    await call.answer(200, { data: 2 })
    expect(second.value).toBe(2)
  })
})
