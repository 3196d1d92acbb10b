import { expect } from 'vitest'
import type { FakeHost } from './host'
import { outcomeOf } from './outcome'
import { openClient } from './client'

/** A client without a session, its first request on the wire, and two that wait. */
export async function sendFirst(given: Parameters<typeof openClient>[0] = {}) {
  const { host, auth, warnings } = openClient(given)
  const first = auth.request('/first')
  const others = [auth.request('/b'), auth.upload({ url: '/c', filePath: 'wxfile://c', name: 'f' })]
  const outcomes = others.map((one) => outcomeOf<unknown>(one))
  const carrier = await host.take('GET /first')
  return { host, auth, warnings, first, outcome: outcomeOf(first), others, outcomes, carrier }
}

/** The two get through with this token. */
export async function othersGoWith(host: FakeHost, token: string, others: Promise<unknown>[]) {
  const calls = [await host.take('GET /b'), await host.take('UPLOAD /c')]
  for (const call of calls) {
    expect(call.authorization).toBe(`Bearer ${token}`)
    await call.answer(200, { data: call.line })
  }
  expect(await Promise.all(others)).toEqual(['GET /b', 'UPLOAD /c'])
}
