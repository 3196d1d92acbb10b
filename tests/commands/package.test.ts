import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator, type Simulator } from '@watchword/simulator'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startStack, type Stack } from '../../scripts/stack'
import { codeOf } from './support/compile'
import { createFreshApp, type FreshApp } from './support/freshApp'
import { countCopies } from '../support/countCopies'
import { bookByPromptPage, bookOnSheet } from './support/booking'

let folder: string
let stack: Stack
let app: FreshApp
let compiled: string
let simulator: Simulator
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchword-package-'))
  const dataDir = join(folder, 'data')
  await cp(inject('freshData'), dataDir, { recursive: true })
  stack = await startStack({ port: 0, wechatPort: 0, dataDir, logLevel: 'silent' })
  app = await createFreshApp(inject('built').tarball)
  compiled = await app.build('mp-weixin', stack.backend.url)
  simulator = await startSimulator({ dist: compiled, wechat: stack.wechatUrl })
})
afterAll(async () => {
  await simulator?.close()
  await stack?.close()
  await app?.remove()
  await rm(folder, { recursive: true })
})

test('both READMEs show the same code', async () => {
  expect([...(await codeOf('README.zh-CN.md'))]).toEqual([...(await codeOf('README.md'))])
})

test('both READMEs install the versions that the app is built with', async () => {
  const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    devDependencies: Record<string, string>
  }
  // Exact: npm takes a newer Vue for the peer than uni-app's packages allow.
  const { pinia, vue } = devDependencies
  const { filename } = inject('built').packed
  const packages = `../watchword/dist/${filename} pinia@${pinia} vue@${vue}`
  for (const readme of ['README.md', 'README.zh-CN.md']) {
    const text = await readFile(readme, 'utf8')
    for (const add of ['npm install -E', 'pnpm add -E'])
      expect(text).toContain(`\`\`\`sh\n${add} ${packages}\n\`\`\``)
  }
})

test.each([[[]], [['--moduleResolution', 'node']]])(
  'the app type-checks under strict rules, with %j',
  async (options) => {
    expect(await app.typeErrors(...options)).toBe('')
  },
)

test('the sheet asks for the phone number, and the request succeeds', () =>
  bookOnSheet(simulator, 'newcomer'))

test('declining the sheet leaves the page as it is', async () => {
  const phone = await simulator.launch('', { person: 'hesitant' })
  await phone.tap('.book')
  await phone.waitFor('.auth-sheet')
  await phone.tap('.auth-sheet__cancel')
  await expect.poll(() => phone.text('.outcome')).toBe('尚未提交')
  await expect.poll(() => phone.count('.auth-sheet')).toBe(0)
  await phone.close()
})

test('a page of the app without a sheet is led to the prompt page and back', () =>
  bookByPromptPage(simulator, 'passer-by', 'pages/prompt/prompt'))

test('the app and the components share one copy', async () => {
  expect(await countCopies(compiled)).toBe(1)
})

test('where PromptPage lacks its line under easycom, the request ends and the page comes back', async () => {
  // Without the line uni-app compiles <PromptPage /> into nothing.
  const dist = join(folder, 'blank')
  await cp(compiled, dist, { recursive: true })
  await writeFile(join(dist, 'pages/prompt/prompt.wxml'), '')
  const blank = await startSimulator({ dist, wechat: stack.wechatUrl })
  try {
    const phone = await blank.launch('pages/plain/plain', { person: 'passer-by of a blank page' })
    const warnings: string[] = []
    phone.page.on('console', (message) => {
      if (message.type() === 'warning') warnings.push(message.text())
    })
    await phone.tap('.book')
    await expect.poll(() => phone.state()).toMatchObject({ routes: { length: 2 } })
    await phone.waitFor('.failure')
    expect(await phone.text('.failure')).toBe('prompt_unavailable')
    expect((await phone.state()).routes).toEqual(['pages/plain/plain'])
    expect(warnings).toEqual([expect.stringMatching(/^prompt_unavailable .*\(no_sheet\)$/)])
    await phone.close()
  } finally {
    await blank.close()
  }
})
