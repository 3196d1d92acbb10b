import { resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildApp } from '../../../scripts/build'
import { anyFreePort } from './ports'

declare module 'vitest' {
  interface ProvidedContext {
    /** The port the compiled apps expect the backend at. */
    backendPort: number
    /** The compiled mini-program. */
    miniProgram: string
    h5: string
  }
}

/** Compiles the app once for all end-to-end tests. */
export async function setup({ provide }: TestProject): Promise<void> {
  const backendPort = await anyFreePort()
  const apiBase = `http://127.0.0.1:${backendPort}`
  const miniProgram = resolve('dist/e2e/mp-weixin')
  const h5 = resolve('dist/e2e/h5')
  await buildApp('mp-weixin', { apiBase, outDir: miniProgram })
  await buildApp('h5', { apiBase, outDir: h5 })
  provide('backendPort', backendPort)
  provide('miniProgram', miniProgram)
  provide('h5', h5)
}
