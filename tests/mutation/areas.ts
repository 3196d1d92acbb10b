/** A folder whose faults its tests have to notice. */
export interface Area {
  /** The files of its tests. */
  tests: string
  /** Those of them that do not count: docs/mutation.md says why. */
  except: string[]
  /** What its types are checked with. */
  config: string
  /** Whether its modules keep something: they are loaded anew for each file of tests. */
  isStateful: boolean
  /** ms: nothing in the tests waits so long in earnest. */
  patience: number
  /** Percent of the mutants that they have to kill. */
  goal: number
  /** Whether it takes hours: it is measured where it is named only, and the compiler is asked first. */
  isLong: boolean
}

const ofClient = { config: 'tsconfig.app.json', except: [], isLong: false }

export const areas: Readonly<Record<string, Area>> = {
  'src/auth': {
    ...ofClient,
    tests: 'tests/unit/auth/**/*.test.ts',
    // It reads the sources, which are other ones with the mutants in them.
    except: ['tests/unit/auth/texts.test.ts'],
    isStateful: false,
    patience: 500,
    goal: 95,
  },
  'src/forms': {
    ...ofClient,
    tests: 'tests/unit/forms/**/*.test.ts',
    isStateful: true,
    patience: 500,
    goal: 90,
  },
  'src/host': {
    ...ofClient,
    tests: 'tests/unit/host/**/*.test.ts',
    isStateful: true,
    // `navigate` looks for its page for up to a second.
    patience: 2_500,
    goal: 90,
  },
  'server/src': {
    tests: 'server/tests/*.test.ts',
    // Sequences that a search has found, of events that other tests have one by one.
    except: ['server/tests/numberWalks.test.ts'],
    config: 'server/tsconfig.json',
    isStateful: false,
    patience: 30_000,
    goal: 90,
    isLong: true,
  },
}
