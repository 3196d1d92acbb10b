import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrivenPage, Simulator } from '../src'
import { fixtureApp } from './support/fixture'
import { startSimulator } from './support/simulator'

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator({ dist: fixtureApp })
})
afterAll(() => simulator.close())

const code = { page: 'pages/deep/deep', scene: 'a=1&b' }
const opened = { path: code.page, query: { scene: 'a%3D1%26b' }, scene: 1047 }

interface Wx {
  onAppShow(listener: (options: object) => void): void
  getLaunchOptionsSync(): object
  getEnterOptionsSync(): object
}

/** How the app was opened, and what its `onAppShow` has heard since `listen`. */
const look = (page: DrivenPage) =>
  page.page.evaluate(() => {
    const { wx, heard } = window as unknown as { wx: Wx; heard?: object[] }
    return { launch: wx.getLaunchOptionsSync(), enter: wx.getEnterOptionsSync(), heard }
  })

const listen = (page: DrivenPage) =>
  page.page.evaluate(() => {
    const scope = window as unknown as { wx: Wx; heard: object[] }
    scope.heard = []
    scope.wx.onAppShow((options) => scope.heard.push(options))
  })

const lifeOf = (page: DrivenPage) =>
  page.page.evaluate(() => (window as unknown as { getApp(): { life: string[] } }).getApp().life)

describe('a mini-program code', () => {
  it('opens a running app: it comes back, at the page alone, with the scene still encoded', async () => {
    const page = await simulator.launch('pages/home/home')
    await page.tap('.link')
    await listen(page)
    await page.scan(code)
    const { routes, query } = await page.state()
    expect({ routes, query }).toEqual({ routes: [code.page], query: opened.query })
    expect(await lifeOf(page)).toEqual(['launch pages/home/home', 'show', 'hide', 'show'])
    const { launch, enter, heard } = await look(page)
    expect(heard).toEqual([expect.objectContaining(opened)])
    expect(enter).toMatchObject(opened)
    expect(launch).toMatchObject({ path: 'pages/home/home', scene: 1001 })
    await page.close()
  })

  it('opens an app in the background, which hides no second time', async () => {
    const page = await simulator.launch('pages/home/home')
    await page.background()
    await page.scan(code)
    expect(await lifeOf(page)).toEqual(['launch pages/home/home', 'show', 'hide', 'show'])
    await page.close()
  })

  it('opens a closed app', async () => {
    const page = await simulator.launch('', { code })
    expect((await page.state()).query).toEqual(opened.query)
    const { launch, enter } = await look(page)
    expect(launch).toMatchObject(opened)
    expect(enter).toMatchObject(opened)
    expect(await lifeOf(page)).toEqual([`launch ${code.page}`, 'show'])
    await page.close()
  })

  it('opens an app that was closed after use, which keeps its storage', async () => {
    const page = await simulator.launch('', { storage: { kept: 1 } })
    await page.restart(code)
    expect(await page.state()).toMatchObject({ query: opened.query, storage: { kept: 1 } })
    expect((await look(page)).launch).toMatchObject(opened)
    await page.close()
  })

  it('opens the first page where it names none', async () => {
    const page = await simulator.launch('pages/net/net')
    await page.scan({ page: '', scene: 's' })
    expect(await page.state()).toMatchObject({ routes: ['pages/home/home'], query: { scene: 's' } })
    await page.close()
  })
})
