/** A folder whose faults its tests have to notice. */
export interface Area {
  /** The folder of its unit tests. */
  tests: string
  /** What they are not: it reads the sources, which are other ones with the mutants in them. */
  except?: string
  /** Whether its modules keep something: they are loaded anew for each file of tests. */
  isStateful: boolean
  /** ms: nothing in the tests waits so long in earnest. */
  patience: number
  /** Percent of the mutants that they have to kill. */
  goal: number
}

export const areas: Readonly<Record<string, Area>> = {
  'src/auth': {
    tests: 'tests/unit/auth',
    except: 'tests/unit/auth/texts.test.ts',
    isStateful: false,
    patience: 500,
    goal: 95,
  },
  'src/forms': { tests: 'tests/unit/forms', isStateful: true, patience: 500, goal: 90 },
  // `navigate` looks for its page for up to a second.
  'src/host': { tests: 'tests/unit/host', isStateful: true, patience: 2_500, goal: 90 },
}
