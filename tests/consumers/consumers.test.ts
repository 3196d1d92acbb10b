// The package in projects that other people begin with, installed from the registry by the README's own lines.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from '@watchword/simulator'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { serveFiles } from '../../scripts/serveFiles'
import { startStack, type Stack } from '../../scripts/stack'
import { countCopies } from '../support/countCopies'
import { bookInSimulator, declineInBrowser } from './support/booking'
import { createConsumer, type Consumer } from './support/consumer'
import { uniPreset, unibest, UnreachableError } from './support/templates'

let folder: string
let stack: Stack
let browser: Browser
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchword-consumers-'))
  const dataDir = join(folder, 'data')
  await cp(inject('freshData'), dataDir, { recursive: true })
  stack = await startStack({ port: 0, wechatPort: 0, dataDir, logLevel: 'silent' })
  browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})
afterAll(async () => {
  await browser?.close()
  await stack?.close()
  await rm(folder, { recursive: true })
})

describe.each([
  [uniPreset.name, 'npm', uniPreset],
  // It does not hoist: what the package imports, it must name.
  [uniPreset.name, 'pnpm', uniPreset],
  // It refuses npm, and hoists by its own settings.
  [unibest.name, 'pnpm', unibest],
] as const)('%s, with %s,', (_, manager, template) => {
  let consumer: Consumer
  let unreachable: string | undefined
  beforeAll(async () => {
    try {
      const { tarball } = inject('built')
      consumer = await createConsumer(template, manager, { tarball, apiBase: stack.backend.url })
    } catch (error) {
      // Where the workflow runs, GitHub is near.
      if (!(error instanceof UnreachableError) || process.env.CI) throw error
      unreachable = error.message
    }
  })
  beforeEach(({ skip }) => skip(unreachable !== undefined, unreachable))
  afterEach(() => consumer?.stop())
  afterAll(() => consumer?.remove())

  test('type-checks', async () => {
    await consumer.script('type-check')
  })

  test('books in the simulator, compiled by build:mp-weixin', async () => {
    const dist = await consumer.build('mp-weixin')
    expect(await countCopies(dist)).toBe(1)
    await bookInSimulator(browser, dist, stack)
  })

  test('books in the simulator, compiled by dev:mp-weixin', async () => {
    const dist = await consumer.watch('mp-weixin')
    expect(await countCopies(dist)).toBe(1)
    await bookInSimulator(browser, dist, stack)
  })

  test('asks in a browser, compiled by build:h5', async () => {
    const dist = await consumer.build('h5')
    expect(await countCopies(dist)).toBe(1)
    const files = await serveFiles(dist)
    try {
      await declineInBrowser(browser, files.url, stack)
    } finally {
      files.close()
    }
  })

  test('asks in a browser, served by dev:h5', async () => {
    const scripts = await declineInBrowser(browser, await consumer.serve(), stack)
    expect(scripts).toEqual(['/node_modules/.vite/deps/watchword.js'])
  })
})
