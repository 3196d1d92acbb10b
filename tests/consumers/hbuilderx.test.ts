// A project of HBuilderX with the module, compiled for browsers. tests/commands has the mini-program.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { serveFiles } from '../../scripts/serveFiles'
import { declineTwice, launchPhoneBrowser, startAskingBackend } from '../commands/support/declining'
import { countCopies } from '../support/countCopies'
import { createHBuilderXApp, type HBuilderXApp } from '../commands/support/hbuilderxApp'

let backend: Awaited<ReturnType<typeof startAskingBackend>>
let app: HBuilderXApp
let browser: Awaited<ReturnType<typeof launchPhoneBrowser>>
let files: Awaited<ReturnType<typeof serveFiles>> | undefined
beforeAll(async () => {
  backend = await startAskingBackend()
  app = await createHBuilderXApp(inject('built').folder)
  browser = await launchPhoneBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.remove()
  files?.close()
  backend?.close()
})

test('in a browser, the app and the components share one copy of the module', async () => {
  const dist = await app.build('h5', backend.url)
  expect(await countCopies(dist)).toBe(1)
  files = await serveFiles(dist)
  const page = await browser.open()
  await declineTwice(page, files.url, '/uni_modules/watchword/pages/prompt-page/prompt-page')
})
