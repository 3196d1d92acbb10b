import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildApp } from '../../../scripts/build'
import { startStack } from '../../../scripts/stack'
import { anyFreePort } from '../../support/ports'

declare module 'vitest' {
  interface ProvidedContext {
    /** The port the compiled app expects the backend at. */
    backendPort: number
    /** The compiled mini-program. */
    miniProgram: string
    /** A data directory of the development backend that knows nobody; to be copied. */
    freshData: string
  }
}

/** Making an empty database takes longer than anything else, so it is done once. */
async function makeFreshData(dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true })
  const stack = await startStack({ port: 0, wechatPort: 0, dataDir, logLevel: 'silent' })
  await stack.close()
}

/** Compiles the app, and makes a database, once for all end-to-end tests. */
export async function setup({ provide }: TestProject): Promise<void> {
  const backendPort = await anyFreePort()
  const apiBase = `http://127.0.0.1:${backendPort}`
  const miniProgram = resolve('dist/e2e/mp-weixin')
  const freshData = resolve('dist/e2e/data')
  await Promise.all([
    buildApp('mp-weixin', { apiBase, outDir: miniProgram }),
    makeFreshData(freshData),
  ])
  provide('backendPort', backendPort)
  provide('miniProgram', miniProgram)
  provide('freshData', freshData)
}
