// `npm run chaos:app` does the same with as many users as it is told.
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPage } from '../../../simulator/tests/support/sharedBrowser'
import type { Fault, FaultChoice } from './faults'
import { openLane, type Lane } from './lane'
import { startPlantedBackend, type PlantedBackend } from './planted'
import { runSession, type Session } from './session'

let backend: PlantedBackend
let lane: Lane
beforeAll(async () => {
  const services = inject('services').unionid
  backend = await startPlantedBackend(services.backend)
  lane = await openLane({ services, name: 'chaos', target: backend.url, openPage })
})
afterEach(() => backend.plant(undefined))
afterAll(async () => {
  await lane.close()
  await backend.close()
})

test.each(['1', '2', '3', '4'])(
  'what a user is told is what the backend holds, seed %s',
  async (seed) => {
    const { violations, journal } = await runSession(lane, seed)
    expect(violations, journal.join('\n')).toEqual([])
  },
)

/** A session in which somebody new books. The first request for it is answered with the question for the number. */
const book = (choose: FaultChoice = () => undefined) =>
  runSession(lane, 'somebody', { choose, deeds: ['opens a form', 'submits', 'allows'] })

const only =
  (line: string, nth: number, fault: Fault): FaultChoice =>
  (oneLine, oneNth) =>
    oneLine === line && oneNth === nth ? fault : undefined

test('a booking whose answer is lost is told as one that may be there', async () => {
  const { violations, wishes } = await book(only('POST /bookings', 1, { is: 'unanswered' }))
  expect(violations).toEqual([])
  expect([...wishes.values()]).toMatchObject([{ told: 'unknown' }])
})

test('a list that is cut off is told as a failure', async () => {
  const deeds = ['opens a form', 'submits', 'allows', 'looks at the bookings']
  const choose = only('GET /bookings', 0, { is: 'cut', share: 0.5 })
  const { violations, journal } = await runSession(lane, 'somebody', { choose, deeds })
  expect(violations).toEqual([])
  expect(journal.join('\n')).toContain('服务暂时不可用')
})

const faultsOf = async (session: Promise<Session>) => (await session).violations.join('\n')

describe('a user notices a backend', () => {
  test('that has not done what it says', async () => {
    backend.plant('forgetful')
    expect(await faultsOf(book())).toMatch(/told as done, and is not booked/)
  })

  test('that has done what it does not say', async () => {
    backend.plant('careless')
    expect(await faultsOf(book())).toMatch(/told as not booked, and is booked/)
  })

  test('that does twice what is sent twice', async () => {
    backend.plant('doubling')
    const sentTwice: Fault = { is: 'twice', atOnce: false, answer: 'first' }
    expect(await faultsOf(book(only('POST /bookings', 1, sentTwice)))).toMatch(/is booked 2 times/)
  })
})
