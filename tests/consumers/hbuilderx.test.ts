// A project of HBuilderX with the module, compiled for WeChat and for browsers.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator } from '@watchword/simulator'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { serveFiles } from '../../scripts/serveFiles'
import { startStack } from '../../scripts/stack'
import { bookByPromptPage, bookOnSheet } from '../commands/support/booking'
import { createHBuilderXApp, type HBuilderXApp } from '../commands/support/hbuilderxApp'
import { countCopies } from '../support/countCopies'
import { declineTwice, launchPhoneBrowser, startAskingBackend } from './support/declining'

const promptPage = 'uni_modules/watchword/pages/prompt-page/prompt-page'

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
  await declineTwice(page, files.url, `/${promptPage}`)
})

test('in WeChat, the sheet and the prompt page of the module ask for the phone number', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'watchword-uni-modules-'))
  await cp(inject('freshData'), dataDir, { recursive: true })
  const stack = await startStack({ port: 0, wechatPort: 0, dataDir, logLevel: 'silent' })
  const dist = await app.build('mp-weixin', stack.backend.url)
  expect(await countCopies(dist)).toBe(1)
  const simulator = await startSimulator({ dist, wechat: stack.wechatUrl })
  try {
    await bookOnSheet(simulator, 'newcomer with a module')
    await bookByPromptPage(simulator, 'passer-by with a module', promptPage)
  } finally {
    await simulator.close()
    await stack.close()
    await rm(dataDir, { recursive: true })
  }
})
