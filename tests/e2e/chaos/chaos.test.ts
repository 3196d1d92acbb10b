// `npm run chaos:app` does the same with as many users as it is told.
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPage } from '../../../simulator/tests/support/sharedBrowser'
import type { FaultChoice } from './faults'
import { openLane, type Lane } from './lane'
import { startPlantedBackend, type PlantedBackend } from './planted'
import { runSession } from './session'

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

/** In a session in which somebody new books. */
async function violationsOf(choose: FaultChoice = () => undefined): Promise<string> {
  const deeds = ['opens a form', 'submits', 'allows']
  return (await runSession(lane, 'new', { choose, deeds })).violations.join('\n')
}

const sentTwice: FaultChoice = (line) =>
  line === 'POST /bookings' ? { is: 'twice', atOnce: false, answer: 'first' } : undefined
const withoutAnswer: FaultChoice = (line, nth) =>
  line === 'POST /bookings' && nth === 1 ? { is: 'unanswered' } : undefined

test('a booking whose answer is lost is told as one that may be there', async () => {
  expect(await violationsOf(withoutAnswer)).toBe('')
})

describe('a user notices a backend', () => {
  test('that has not done what it says', async () => {
    backend.plant('forgetful')
    expect(await violationsOf()).toMatch(/told as done, and is not booked/)
  })

  test('that has done what it does not say', async () => {
    backend.plant('careless')
    expect(await violationsOf()).toMatch(/told as not booked, and is booked/)
  })

  test('that does twice what is sent twice', async () => {
    backend.plant('doubling')
    expect(await violationsOf(sentTwice)).toMatch(/is booked 2 times/)
  })
})
