// uni-app's App platform has versions of its own: see support/templates.ts.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { createConsumer, type Consumer } from './support/consumer'
import { uniPresetForApp, UnreachableError } from './support/templates'

let consumer: Consumer
let unreachable: string | undefined
beforeAll(async () => {
  try {
    const { tarball } = inject('built')
    const apiBase = 'https://api.example.com'
    consumer = await createConsumer(uniPresetForApp, 'npm', { tarball, apiBase })
  } catch (error) {
    if (!(error instanceof UnreachableError) || process.env.CI) throw error
    unreachable = error.message
  }
})
beforeEach(({ skip }) => skip(unreachable !== undefined, unreachable))
afterAll(() => consumer?.remove())

test('it type-checks', async () => {
  await consumer.script('type-check')
})

test('build:app compiles one copy of the package, and its sheet into the page', async () => {
  const dist = await consumer.build('app')
  const service = await readFile(join(dist, 'app-service.js'), 'utf8')
  expect(service.match(/Symbol\("watchword"\)/g)).toHaveLength(1)
  expect(service).toContain('auth-sheet__allow')
})
