// The first test that fails ends the run of a mutant. Its neighbour was caught just before, most often by the same
// file: that runs first.
import { BaseSequencer, type Reporter, type TestSpecification } from 'vitest/node'

let runs = 0
/** By file: the run in which it last caught a mutant. */
const caught = new Map<string, number>()

export class LastCatchersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const lastOf = ({ moduleId }: TestSpecification) => caught.get(moduleId) ?? 0
    return files.toSorted((a, b) => lastOf(b) - lastOf(a))
  }
}

export const noteCatchers: Reporter = {
  onTestRunEnd(files) {
    runs++
    for (const file of files) if (!file.ok()) caught.set(file.moduleId, runs)
  },
}
