// Before each file of tests. All of them run in one thread here, one mutant after the other, which Stryker does not
// expect.
import { afterAll, beforeEach, inject, vi } from 'vitest'

interface Reached {
  static: Record<string, number>
  perTest: Record<string, Record<string, number>>
}
interface Kept {
  /** Stryker's own. */
  __stryker__?: {
    activeMutant?: string | undefined
    currentTestId?: string | undefined
    mutantCoverage?: Reached
  }
  areModulesMutated?: boolean
  /** How many places the test has passed. */
  passed?: number
  /** Called before the hooks of some tests: see runner.ts. */
  beginSuite?: () => void
}

/** Four times what the longest test passes. */
const MOST = 3_000_000

const kept = globalThis as Kept
const given = inject as (key: string) => unknown
const stryker = kept.__stryker__

// Stryker counts how often each place is reached, and ends a mutant that reaches one a hundred times as often, as a
// loop does. Each file reports what itself has reached, not what those before it have.
for (const reached of Object.values(stryker?.mutantCoverage ?? {})) {
  for (const key of Object.keys(reached)) delete (reached as Record<string, unknown>)[key]
}

// `static`: a mutant of what runs once, as its module is loaded. Others begin with their tests.
const isStatic = given('mutantActivation') === 'static'
if (isStatic || kept.areModulesMutated) vi.resetModules()
if (!isStatic && stryker) stryker.activeMutant = undefined
kept.areModulesMutated = isStatic

// A test that a mutant has ended leaves its clock and its spies standing.
vi.useRealTimers()
vi.restoreAllMocks()

// Loops that go through the mutant itself are Stryker's to end. Others never let go of the thread either, where a
// promise is awaited that is settled already: they end by what they pass, for each place asks which test it is.
beforeEach(() => void (kept.passed = 0))
if (given('mode') === 'mutant' && stryker) {
  Object.defineProperty(stryker, 'currentTestId', {
    configurable: true,
    get() {
      kept.passed = (kept.passed ?? 0) + 1
      if (kept.passed > MOST) throw new Error(`a loop: ${MOST} places in one test`)
    },
  })
}

// Stryker would take what runs outside of tests for a part of loading the modules, and try its mutants on all tests.
// What runs on once its test has ended is still of that test, and what hooks do before some tests is of each of their
// file.
const ALL = 'all tests of the file'
delete kept.beginSuite
if (given('mode') === 'dry-run' && stryker) {
  const tests = new Set<string>()
  let latest: string | undefined
  Object.defineProperty(stryker, 'currentTestId', {
    configurable: true,
    get: () => latest,
    set(id: string | undefined) {
      if (id === undefined) return
      tests.add(id)
      latest = id
    },
  })
  kept.beginSuite = () => void (latest = ALL)
  afterAll(() => {
    const { perTest = {} } = stryker.mutantCoverage ?? {}
    for (const [key, count] of Object.entries(perTest[ALL] ?? {})) {
      for (const id of tests) {
        const own = (perTest[id] ??= {})
        own[key] = (own[key] ?? 0) + count
      }
    }
    delete perTest[ALL]
  })
}
