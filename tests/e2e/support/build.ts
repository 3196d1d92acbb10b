import { resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildApp } from '../../../scripts/build'
import { anyFreePort } from '../../support/ports'

declare module 'vitest' {
  interface ProvidedContext {
    /** The port the compiled app expects the backend at. */
    backendPort: number
    /** The compiled mini-program. */
    miniProgram: string
  }
}

/** Compiles the app once for all end-to-end tests. */
export async function setup({ provide }: TestProject): Promise<void> {
  const backendPort = await anyFreePort()
  const apiBase = `http://127.0.0.1:${backendPort}`
  const miniProgram = resolve('dist/e2e/mp-weixin')
  await buildApp('mp-weixin', { apiBase, outDir: miniProgram })
  provide('backendPort', backendPort)
  provide('miniProgram', miniProgram)
}
