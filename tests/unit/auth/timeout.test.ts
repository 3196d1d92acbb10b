import { describe, expect, it } from 'vitest'
import { timeLimit } from '../../../src/auth/wire'
import { openClient } from '../../support/client'

const LONGEST = 0x7fffffff

const GIVEN: [unknown, number][] = [
  [undefined, 60_000],
  [0, 60_000],
  [-0, 60_000],
  [-1, 60_000],
  [NaN, 60_000],
  [-Infinity, 60_000],
  ['5000', 60_000],
  [null, 60_000],
  [1, 1],
  [0.5, 0.5],
  [120_000, 120_000],
  [LONGEST, LONGEST],
  [LONGEST + 1, LONGEST],
  [Infinity, LONGEST],
]

describe('a time limit', () => {
  it.each(GIVEN)('that is %s is one of %i ms', async (timeout, limit) => {
    expect(timeLimit(timeout, 60_000)).toBe(limit)
    const { host, auth } = openClient({ token: 't' })
    const given = { timeout: timeout as number }
    void auth.request({ url: '/a', ...given })
    void auth.upload({ url: '/u', filePath: 'wxfile://1', name: 'file', ...given })
    void auth.download({ url: '/d', ...given })
    for (const line of ['GET /a', 'UPLOAD /u', 'DOWNLOAD /d']) {
      expect((await host.take(line)).call.timeout).toBe(limit)
    }
  })

  it('of 0 does not end a request at once', async () => {
    const { host, auth } = openClient({ token: 't' })
    const answer = auth.request({ url: '/a', timeout: 0 })
    await host.clock.advance(59_999)
    await (await host.take('GET /a')).answer(200, { data: 1 })
    expect(await answer).toBe(1)
  })
})
