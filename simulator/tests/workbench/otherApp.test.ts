import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startServer, type SimulatorServer } from '../../src'
import type { OpenedPage } from '../../src/driver/openPage'
import { writeApp } from '../support/appFiles'
import { compileWorkbench } from '../support/compileWorkbench'
import { openPage } from '../support/sharedBrowser'
import { insidePhone, store } from '../support/workbench'

/** None of them has an AppID. */
const makeApp = () =>
  writeApp(['pages/a/a'], { 'pages/a/a.js': 'Page({})', 'pages/a/a.wxml': '<view/>' })
const app = makeApp()
const other = makeApp()
let server: SimulatorServer
let opened: OpenedPage

beforeAll(compileWorkbench)
beforeEach(async () => {
  server = await startServer({ dist: app.dist, workbench: {} })
  opened = await openPage()
})
afterEach(async () => {
  await opened.close()
  await server.close()
})
afterAll(() => {
  app.remove()
  other.remove()
})

interface Files {
  readdirSync(path: string): string[]
  writeFileSync(path: string, text: string): void
}

/** What the app finds of the person who opened it. */
const found = () =>
  insidePhone(
    opened.page,
    () => {
      const { wx } = window as unknown as { wx: { getFileSystemManager(): Files } }
      const files = wx.getFileSystemManager().readdirSync('wxfile://usr')
      return { person: window.boot.person, values: window.simulator.state().storage, files }
    },
    undefined,
  )

/** Another app, or the same, where this one was. */
async function serveInstead(dist: string): Promise<void> {
  const port = Number(new URL(server.url).port)
  await server.close()
  server = await startServer({ dist, port, workbench: {} })
  await opened.page.goto(server.url)
}

it('finds nothing of what another app has stored for the same person at the same address', async () => {
  await opened.page.goto(server.url)
  await store(opened.page, 'session', 'of the first')
  await insidePhone(
    opened.page,
    () => {
      const { wx } = window as unknown as { wx: { getFileSystemManager(): Files } }
      wx.getFileSystemManager().writeFileSync('wxfile://usr/draft', 'of the first')
    },
    undefined,
  )
  const first = await found()
  expect(first).toMatchObject({ values: { session: 'of the first' }, files: ['draft'] })

  await serveInstead(other.dist)
  expect(await found()).toEqual({ person: first.person, values: {}, files: [] })

  await serveInstead(app.dist)
  expect(await found()).toEqual(first)
})
