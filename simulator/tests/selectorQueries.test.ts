import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DrivenPage, Simulator } from '../src'
import { callWx, fixtureApp } from './support/fixture'
import { startSimulator } from './support/simulator'

let simulator: Simulator

beforeAll(async () => void (simulator = await startSimulator({ dist: fixtureApp })))
afterAll(() => simulator.close())

interface Query {
  select(selector: string): { boundingClientRect(): Query }
  selectAll(selector: string): { boundingClientRect(): Query }
  selectViewport(): { fields(wanted: object): Query }
  exec(callback: (found: unknown[]) => void): void
}

type Box = { top: number; bottom: number; height: number }

/** Where the first row, all items and the view of the page are, as the app measures them. */
const measure = (page: DrivenPage) =>
  page.page.evaluate(
    () =>
      new Promise<[Box, Box[], Record<string, number>]>((resolve) => {
        const { wx } = window as unknown as { wx: { createSelectorQuery(): Query } }
        const wanted = { rect: true, size: true, scrollOffset: true }
        const query = wx.createSelectorQuery().select('.row').boundingClientRect()
        query.selectAll('.item').boundingClientRect()
        query.selectViewport().fields(wanted)
        query.exec((found) => resolve(found as never))
      }),
  )

it('measures from the top of the page, below the bars, and reports how far it is scrolled', async () => {
  const page = await simulator.launch('pages/home/home')
  const room = (await page.page.locator('#simulator-pages').boundingBox())!
  expect(room.y).toBeGreaterThan(40)
  await page.page.evaluate(() => {
    const padding = document.createElement('div')
    padding.style.height = '2000px'
    document.querySelector('.simulator-page')!.append(padding)
  })

  const [first, items, view] = await measure(page)
  const seen = (await page.locate('.row').first().boundingBox())!
  expect(first.top).toBeCloseTo(seen.y - room.y)
  expect(view).toMatchObject({ top: 0, width: room.width, height: room.height, scrollTop: 0 })
  expect(view.bottom).toBe(room.height)
  expect(view.scrollHeight).toBeGreaterThan(2000)

  await callWx(page, 'pageScrollTo', { scrollTop: 30 })
  const [moved, movedItems, movedView] = await measure(page)
  expect(movedView.scrollTop).toBe(30)
  expect(moved.top).toBeCloseTo(first.top - 30)
  expect(moved.bottom - moved.top).toBeCloseTo(moved.height)
  expect(items.length).toBeGreaterThan(1)
  expect(movedItems.map(({ top }) => Math.round(top))).toEqual(
    items.map(({ top }) => Math.round(top - 30)),
  )
  await page.close()
})
