import { randomUUID } from 'node:crypto'
import { startSimulator, type Simulator } from '@watchword/simulator'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fillBooking } from './support/booking'
import { inventNumber, shareBrowser, sizes, visit } from './support/visitor'

shareBrowser()

let simulator: Simulator
beforeAll(async () => {
  const { dist, wechat } = inject('platforms')
  simulator = await startSimulator({ dist, wechat })
})
afterAll(() => simulator?.close())

/** The code that was drawn last: where it leads, and what it carries. */
async function newestCode(): Promise<{ page: string; scene: string }> {
  const answer = await fetch(`${inject('platforms').wechat}/_control/wxa-codes`)
  const { page, scene } = ((await answer.json()) as { page: string; scene: string }[]).at(-1)!
  return { page, scene }
}

test('somebody without a number signs in on a computer by a scan, and gives it when they book', async () => {
  const visitor = await visit({ viewport: sizes.computer })
  await visitor.open('example/account/signIn')
  await visitor.at('.scan-code__image').waitFor()

  const phone = await simulator.launch('example/home/home', { person: randomUUID() })
  await phone.scan(await newestCode())
  await phone.waitFor('.scan-confirm')
  expect(await phone.text('.scan-who')).toContain('Linux')
  await phone.tap('.scan-confirm')
  await phone.close()
  await visitor.at('.sign-in-page').waitFor({ state: 'detached' })

  await fillBooking(visitor)
  await visitor.press('#submit')
  await visitor.signInByText(inventNumber())
  await visitor.at('.booking-done').waitFor()
})

test('a declined scan signs nobody in', async () => {
  const visitor = await visit({ viewport: sizes.computer })
  await visitor.open('example/account/signIn')
  await visitor.at('.scan-code__image').waitFor()

  const phone = await simulator.launch('example/home/home', { person: randomUUID() })
  await phone.scan(await newestCode())
  await phone.waitFor('.scan-decline')
  await phone.tap('.scan-decline')
  await phone.close()
  await visitor.at('.scan-code__again').waitFor()
  await expect.poll(() => visitor.at('#sign-in-phone').count()).toBe(1)
})
