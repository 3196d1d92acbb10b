import { expect, it } from 'vitest'
import { startBrowser, startSimulator } from '../src'
import { fixtureApp } from './support/fixture'
import { startSimulator as startShared } from './support/simulator'

it('opens each launch in a context of its own, in a browser that ends with the simulator', async () => {
  const simulator = await startSimulator({ dist: fixtureApp })
  const first = await simulator.launch('', { storage: { mine: 1 } })
  const second = await simulator.launch()
  expect((await second.state()).storage).not.toHaveProperty('mine')
  expect(second.page.context()).not.toBe(first.page.context())
  await first.close()
  expect(first.page.isClosed()).toBe(true)
  await simulator.close()
  expect(second.page.context().browser()?.isConnected()).toBe(false)
})

it('uses a browser that others use too, and leaves it running', async () => {
  const browser = await startBrowser()
  const simulator = await startSimulator({ dist: fixtureApp, browser: browser.address })
  await simulator.launch()
  await simulator.close()
  const next = await startSimulator({ dist: fixtureApp, browser: browser.address })
  const phone = await next.launch()
  await phone.close()
  await next.close()
  await browser.close()
})

it('finds nothing of an earlier launch on a page that tests use again', async () => {
  const simulator = await startShared({ dist: fixtureApp })
  const first = await simulator.launch('', { storage: { mine: 1 } })
  await first.page.evaluate(() => sessionStorage.setItem('copied', 'text'))
  await first.close()
  const second = await simulator.launch()
  expect(second.page).toBe(first.page)
  expect((await second.state()).storage).not.toHaveProperty('mine')
  expect(await second.page.evaluate(() => sessionStorage.length)).toBe(0)
  await second.close()
  await simulator.close()
})
