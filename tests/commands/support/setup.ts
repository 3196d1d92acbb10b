import type { TestProject } from 'vitest/node'
import { makeFreshData } from '../../support/freshData'

declare module 'vitest' {
  interface ProvidedContext {
    /** See `FreshData`. */
    freshData: string
  }
}

/** Makes, once for all tests of the commands, a database. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { folder, remove } = await makeFreshData()
  provide('freshData', folder)
  return remove
}
