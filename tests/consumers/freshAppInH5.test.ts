// The package in a browser, served while it is developed and built: the app and the components share one copy.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { serveFiles } from '../../scripts/serveFiles'
import { messages } from '../../src/auth/errors'
import { countCopies } from '../support/countCopies'
import { declineTwice, launchPhoneBrowser, startAskingBackend } from './support/declining'
import { createFreshApp, type FreshApp } from '../commands/support/freshApp'

const promptPage = '/pages/prompt/prompt'

let backend: Awaited<ReturnType<typeof startAskingBackend>>
let app: FreshApp
let browser: Awaited<ReturnType<typeof launchPhoneBrowser>>
let files: Awaited<ReturnType<typeof serveFiles>> | undefined
beforeAll(async () => {
  backend = await startAskingBackend()
  app = await createFreshApp(inject('built').tarball)
  browser = await launchPhoneBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.remove()
  files?.close()
  backend?.close()
})

/** Where the browser loads scripts of the package from. */
function recordScripts(page: Page): Set<string> {
  const found = new Set<string>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.includes('/watchword') && pathname.endsWith('.js')) found.add(pathname)
  })
  return found
}

test('while the app is developed, Vite serves one copy to the app and the components', async () => {
  const page = await browser.open()
  const scripts = recordScripts(page)
  await declineTwice(page, await app.serve(backend.url), promptPage)
  const bundled = '/node_modules/.vite/deps/watchword'
  expect([...scripts].sort()).toEqual(
    ['.js', '_adapters.js', '_forms.js', '_host.js'].map((rest) => bundled + rest),
  )
  await page.close()
})

test('once built, the app and the components have one copy, without texts for developers', async () => {
  const dist = await app.build('h5', backend.url)
  const folder = join(dist, 'assets')
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'))
  const built = (
    await Promise.all(scripts.map((name) => readFile(join(folder, name), 'utf8')))
  ).join('\n')
  expect(await countCopies(dist)).toBe(1)
  expect(built).not.toContain('process.env.UNI_PLATFORM')
  expect(built).not.toContain(messages.prompt_cancelled)
  files = await serveFiles(dist)
  const page = await browser.open()
  await declineTwice(page, files.url, promptPage)
  await page.close()
})
