import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Simulator } from '../../src'
import type { AppFiles } from './appFiles'
import { startBackend, type Backend } from './backend'
import { sharePhones, type SharedPhones } from './sharedPhones'
import { startSimulator } from './simulator'

/** What the tests of a file run an app on. */
export interface Phones {
  /** See `SharedPhones`. */
  on: SharedPhones['on']
  /** A phone of a test's own. */
  launch: Simulator['launch']
}

/** Phones for the tests of a file, with a compiled folder or an app that was written for them. */
export function usePhones(app: string | AppFiles): Phones {
  let simulator: Simulator
  let phones: SharedPhones
  beforeAll(async () => {
    simulator = await startSimulator({ dist: typeof app === 'string' ? app : app.dist })
    phones = sharePhones(simulator)
  })
  afterAll(async () => {
    await phones?.close()
    if (typeof app !== 'string') app.remove()
  })
  return {
    on: (...given) => phones.on(...given),
    launch: (...given) => simulator.launch(...given),
  }
}

/** A backend for the tests of a file; none of them has requests held that another has sent. */
export function useBackend(): Omit<Backend, 'close'> {
  let backend: Backend
  beforeAll(async () => {
    backend = await startBackend()
  })
  beforeEach(() => void (backend.held.length = 0))
  afterAll(() => backend?.close())
  return {
    get url() {
      return backend.url
    },
    get held() {
      return backend.held
    },
    holding: (count) => backend.holding(count),
  }
}
