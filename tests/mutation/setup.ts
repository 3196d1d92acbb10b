// Before each file of tests. All of them run in one thread here, one mutant after the other, which Stryker does not
// expect.
import { inject, vi } from 'vitest'

interface Reached {
  static: Record<string, number>
  perTest: Record<string, Record<string, number>>
}
interface Kept {
  /** Stryker's own. */
  __stryker__?: { activeMutant?: string | undefined; mutantCoverage?: Reached }
  areModulesMutated?: boolean
}

const kept = globalThis as Kept
const stryker = kept.__stryker__

// Stryker counts how often each place is reached, and ends a mutant that reaches one a hundred times as often, as a
// loop does. Each file reports what itself has reached, not what those before it have.
for (const reached of Object.values(stryker?.mutantCoverage ?? {})) {
  for (const key of Object.keys(reached)) delete (reached as Record<string, unknown>)[key]
}

// `static`: a mutant of what runs once, as its module is loaded. Others begin with their tests.
const isStatic = (inject as (key: string) => unknown)('mutantActivation') === 'static'
if (isStatic || kept.areModulesMutated) vi.resetModules()
if (!isStatic && stryker) stryker.activeMutant = undefined
kept.areModulesMutated = isStatic
