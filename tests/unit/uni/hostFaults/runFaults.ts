import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { outcomeOf } from '../../../support/outcome'
import { breakHost } from './brokenHost'
import type { App, Driver, Drivers, Target } from './drivers'
import { readFaultTables } from './table'
import type { WellHost } from './wellHost'

/** The package, as it is compiled for this target. */
export async function loadApp(target: Target): Promise<App> {
  vi.stubEnv('UNI_PLATFORM', target)
  vi.resetModules()
  const [
    { createUniRequest },
    { createAuth },
    { uniPlatform },
    { createAuthPlugin },
    host,
    signIn,
  ] = await Promise.all([
    import('../../../../src/adapters'),
    import('../../../../src/createAuth'),
    import('../../../../src/uni/uniPlatform'),
    import('../../../../src/store/authStore'),
    import('../../../../src/host'),
    import('../../../../src/signIn'),
  ])
  return { createUniRequest, createAuth, uniPlatform, createAuthPlugin, host, signIn }
}

/** Describes a test for each fault of each API in the tables of docs/host-faults.md with these headings. */
export function describeFaults<A extends App>(
  drivers: Readonly<Record<string, Drivers<A>>>,
  load: (target: Target) => Promise<A>,
  stub: (host: WellHost) => void,
): void {
  const tables = readFaultTables().filter(({ heading }) => heading in drivers)
  const apps = new Map<Target, A>()
  const unhandled: unknown[] = []
  const collect = (reason: unknown) => void unhandled.push(reason)

  beforeAll(() => void process.on('unhandledRejection', collect))
  afterAll(() => void process.off('unhandledRejection', collect))
  beforeEach(() => {
    // Node's own `setImmediate` stays: rejections that nobody handles are reported before it.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    unhandled.length = 0
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
    vi.unstubAllEnvs()
  })

  describe.each(tables.map((table) => [table.heading, table] as const))('%s', (heading, table) => {
    const rows = table.apis.flatMap(({ name, limit, outcomes }) =>
      [...outcomes].map(([fault, outcome]) => [name, fault, outcome, limit] as const),
    )

    it.each(rows)('%s %s: %s', async (name, fault, outcome, limit) => {
      const driver: Driver<A> = drivers[heading]![name]!
      const target = driver.target ?? 'mp-weixin'
      if (driver.isAskedOnce) apps.delete(target)
      const app = apps.get(target) ?? (await load(target))
      apps.set(target, app)
      const { world, apply } = breakHost(app, stub, driver, fault, limit * 1_000)
      apply(name.replace(/\W.*$/, ''))

      const end = outcomeOf(Promise.resolve().then(() => driver.act(world)))
      // A second for all that is no waiting.
      await vi.advanceTimersByTimeAsync((limit + 1) * 1_000)
      expect(end).toMatchObject({ is: 'resolved', value: outcome })
      // What comes late changes nothing, and nothing is left.
      await vi.advanceTimersByTimeAsync(600_000)
      await new Promise((resolve) => setImmediate(resolve))
      expect(world.thrown).toEqual([])
      expect(unhandled).toEqual([])
      expect(vi.getTimerCount()).toBe(0)
    })
  })
}
