import { afterAll, beforeAll, expect, test } from 'vitest'
import { counts, createWorld, type World } from './support/world'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('a burst of 100 requests on a dead token costs one login, and all succeed', async () => {
  const phone = await world.launch('lin', { url: 'src/pages/diagnostics/diagnostics?burst=100' })
  await phone.waitFor('.burst-done', 15_000)
  expect(await phone.text('.burst-succeeded')).toBe('100 / 100')
  expect(await phone.text('.burst-logins')).toBe('1')
  const sent = counts(phone)
  // One login for the guest who had no token yet, one for the burst.
  expect(sent['POST /auth/login']).toBe(2)
  expect(sent['POST /auth/logout']).toBe(1)
  expect(sent['GET /auth/token-state']).toBeLessThanOrEqual(108)
  await phone.close()
})

test('a query that asks for no sensible number of requests sends none', async () => {
  const phone = await world.launch('lin', { url: 'src/pages/diagnostics/diagnostics?burst=1e9' })
  await phone.settle()
  expect(phone.requests).toEqual([])
  await phone.tap('#burst')
  await phone.waitFor('.burst-done')
  expect(await phone.text('.burst-succeeded')).toBe('20 / 20')
  await phone.close()
})
