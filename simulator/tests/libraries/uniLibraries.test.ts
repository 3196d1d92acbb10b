import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Simulator } from '../../src'
import { startSimulator } from '../support/simulator'
import { openPages } from './support/openPages'
import { compileLibrary, type CompiledLibrary } from './support/uniProject'
import { uniLibraries } from './uniLibraries'

describe.each(uniLibraries)('$name, compiled by uni-app', (library) => {
  let compiled: CompiledLibrary
  let simulator: Simulator

  beforeAll(async () => {
    compiled = await compileLibrary(library)
    simulator = await startSimulator({ dist: compiled.dist })
  })
  afterAll(async () => {
    await simulator?.close()
    await compiled?.remove()
  })

  it('opens page by page with no problem, and does what is pressed', async () => {
    const opened = await openPages(simulator, library.samples, library.notModelled)
    expect(opened.filter(({ problems }) => problems.length > 0)).toEqual([])
  })
})
