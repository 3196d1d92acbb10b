import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { outcomeOf } from '../../support/outcome'
import { breakHost, faultsOf } from './hostFaults/brokenHost'
import type { App, Driver, Target } from './hostFaults/drivers'
import { FACTS, NAVIGATION, PERMISSIONS } from './hostFaults/hostApis'
import { ELSEWHERE, PLATFORM, PLATFORM_LISTENERS, PLATFORM_PROMISES } from './hostFaults/otherHosts'
import { ABORTING, FETCHING, SENDING, TASKS } from './hostFaults/sending'
import { KEEPING, LISTENING, SIGNING_IN } from './hostFaults/signingIn'
import { readFaultTables } from './hostFaults/table'

/** By the headings of docs/host-faults.md. */
const drivers = {
  Sending: SENDING,
  'Sending in a browser': FETCHING,
  'Ending a call': ABORTING,
  'A call under way': TASKS,
  'Signing in': SIGNING_IN,
  'What the host keeps and says': KEEPING,
  'What the client listens to': LISTENING,
  Navigation: NAVIGATION,
  'Permissions and the battery': PERMISSIONS,
  'Facts about the phone': FACTS,
  'Browsers and the App': ELSEWHERE,
  'A platform of your own: promises': PLATFORM_PROMISES,
  'A platform of your own: what it returns': PLATFORM,
  'A platform of your own: listeners': PLATFORM_LISTENERS,
}

const SOURCES = join(import.meta.dirname, '../../../src')

const tables = readFaultTables()
const apps = new Map<Target, App>()
const unhandled: unknown[] = []
const collect = (reason: unknown) => void unhandled.push(reason)

async function loadApp(target: Target): Promise<App> {
  vi.stubEnv('UNI_PLATFORM', target)
  vi.resetModules()
  const [{ createAuth }, { uniPlatform }, { createAuthPlugin }, host, signIn] = await Promise.all([
    import('../../../src/createAuth'),
    import('../../../src/uni/uniPlatform'),
    import('../../../src/store/authStore'),
    import('../../../src/host'),
    import('../../../src/signIn'),
  ])
  return { createAuth, uniPlatform, createAuthPlugin, host, signIn }
}

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

describe('docs/host-faults.md', () => {
  it('has each API of uni that the client calls', () => {
    const named = tables.flatMap(({ apis }) => apis.map(({ name }) => /^\w+/.exec(name)![0]))
    const called = [...calledApis()]
    expect(called.length).toBeGreaterThan(25)
    expect(called.filter((name) => !named.includes(name))).toEqual([])
  })

  it('has a table for each part of the host, with each API and each of its faults', () => {
    expect(tables.map(({ heading }) => heading)).toEqual(Object.keys(drivers))
    for (const { heading, apis } of tables) {
      const known = drivers[heading as keyof typeof drivers]
      expect(apis.map(({ name }) => name)).toEqual(Object.keys(known))
      for (const { name, outcomes } of apis)
        expect([name, [...outcomes.keys()]]).toEqual([name, faultsOf(known[name]!)])
    }
  })
})

/** `uni.name` and `host.name?.(…)` in the code of these folders. */
function calledApis(): Set<string> {
  const files = ['auth', 'uni', 'host', 'signIn', 'store'].flatMap((folder) =>
    readdirSync(join(SOURCES, folder)).map((file) => join(SOURCES, folder, file)),
  )
  const code = files.map((file) =>
    readFileSync(file, 'utf8').replaceAll(/^\s*(\/?\*|\/\/).*$/gm, ''),
  )
  const calls = code.flatMap((text) => [
    ...text.matchAll(/\buni\.(\w+)(?:\?\.)?\(|\bhost\.(onNeed\w+)/g),
  ])
  return new Set(calls.map(([, name, other]) => name ?? other!))
}

describe.each(tables.map((table) => [table.heading, table] as const))('%s', (heading, table) => {
  const rows = table.apis.flatMap(({ name, limit, outcomes }) =>
    [...outcomes].map(([fault, outcome]) => [name, fault, outcome, limit] as const),
  )

  it.each(rows)('%s %s: %s', async (name, fault, outcome, limit) => {
    const driver: Driver = drivers[heading as keyof typeof drivers][name]!
    const target = driver.target ?? 'mp-weixin'
    // Some facts are kept for the life of the app.
    if (drivers[heading as keyof typeof drivers] === FACTS) apps.delete(target)
    const app = apps.get(target) ?? (await loadApp(target))
    apps.set(target, app)
    const { world, thrown, apply } = breakHost(app, driver, fault, limit * 1_000)
    apply(name.replace(/\W.*$/, ''))

    const end = outcomeOf(Promise.resolve().then(() => driver.act(world)))
    // A second for all that is no waiting.
    await vi.advanceTimersByTimeAsync((limit + 1) * 1_000)
    expect(end).toMatchObject({ is: 'resolved', value: outcome })
    // What comes late changes nothing, and nothing is left.
    await vi.advanceTimersByTimeAsync(600_000)
    await new Promise((resolve) => setImmediate(resolve))
    expect(thrown).toEqual([])
    expect(unhandled).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})
