import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Simulator } from '../../src'
import { startSimulator } from '../support/simulator'
import { nativeLibraries } from './nativeLibraries'
import { writeProject, type NativeProject } from './support/nativeProject'
import { openPages } from './support/openPages'

describe.each(nativeLibraries)('$name', (library) => {
  let project: NativeProject
  let simulator: Simulator

  beforeAll(async () => {
    project = await writeProject(library)
    simulator = await startSimulator({ dist: project.dist })
  })
  afterAll(async () => {
    await simulator?.close()
    await project?.remove()
  })

  it('opens page by page with no problem, and does what is pressed', async () => {
    const opened = await openPages(simulator, library.samples)
    expect(opened.filter(({ problems }) => problems.length > 0)).toEqual([])
  })
})
