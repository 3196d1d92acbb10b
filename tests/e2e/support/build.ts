import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildApp } from '../../../scripts/build'
import { startStack } from '../../../scripts/stack'
import { anyFreePort } from '../../support/ports'

/** The compiled mini-program, for the backend that one of the tests' processes starts. */
export interface CompiledApp {
  dist: string
  /** Where it expects the backend. */
  port: number
}

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each process that tests run in, by its number. */
    apps: CompiledApp[]
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

const addressOf = (port: number) => `http://127.0.0.1:${port}`

/** The same app for another backend: compiling it again takes longer than putting in its address. */
async function copyFor(port: number, app: CompiledApp, dist: string): Promise<CompiledApp> {
  await rm(dist, { recursive: true, force: true })
  await cp(app.dist, dist, { recursive: true })
  for (const file of await readdir(dist, { recursive: true })) {
    if (!file.endsWith('.js')) continue
    const code = await readFile(join(dist, file), 'utf8')
    await writeFile(join(dist, file), code.replaceAll(addressOf(app.port), addressOf(port)))
  }
  return { dist, port }
}

/** Compiles the app, and makes a database, once for all end-to-end tests. */
export async function setup({ provide, vitest }: TestProject): Promise<void> {
  const processes = Number(vitest.config.maxWorkers ?? availableParallelism())
  const ports = new Set<number>()
  while (ports.size < processes) ports.add(await anyFreePort())
  const [port, ...others] = [...ports] as [number, ...number[]]
  const first = { dist: resolve('dist/e2e/mp-weixin'), port }
  const freshData = resolve('dist/e2e/data')
  await Promise.all([
    buildApp('mp-weixin', { apiBase: addressOf(port), outDir: first.dist }),
    makeFreshData(freshData),
  ])
  const copies = others.map((other) =>
    copyFor(other, first, resolve('dist/e2e', String(other), 'mp-weixin')),
  )
  provide('apps', [first, ...(await Promise.all(copies))])
  provide('freshData', freshData)
}
