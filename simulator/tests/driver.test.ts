import { expect, it } from 'vitest'
import { startSimulator } from '../src'
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
