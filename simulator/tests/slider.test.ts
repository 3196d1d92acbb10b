import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Simulator } from '../src'
import { writeApp } from './support/appFiles'
import { startSimulator } from './support/simulator'

const app = writeApp(['pages/a/a'], {
  'pages/a/a.js':
    'Page({ data: { log: "" }, note({ type, detail }) { this.setData({ log: this.data.log + " " + type + "=" + detail.value }) } })',
  'pages/a/a.wxml':
    '<slider class="plain" value="30" bindchange="note" bindchanging="note"/><slider class="own" show-value min="10" max="20" value="15" activeColor="#102030" block-size="50"/><view class="log">{{log}}</view>',
})

let simulator: Simulator
beforeAll(async () => void (simulator = await startSimulator({ dist: app.dist })))
afterAll(async () => {
  await simulator.close()
  app.remove()
})

it('a slider is drawn as the app says, shows its value if asked, and follows the mouse', async () => {
  const driven = await simulator.launch()
  const part = (name: string) =>
    driven.page.locator(`${name} input`).evaluate((range) => {
      const { style } = range as HTMLElement
      return ['--part', '--active', '--size'].map((look) => style.getPropertyValue(look))
    })
  expect(await part('.plain')).toEqual(['0.3', '#1aad19', '28px'])
  expect(await part('.own')).toEqual(['0.5', '#102030', '28px'])
  expect(await driven.page.locator('.plain span').isVisible()).toBe(false)
  expect(await driven.text('.own span')).toBe('15')
  const box = (await driven.page.locator('.plain input').boundingBox())!
  await driven.page.mouse.click(box.x + box.width - 1, box.y + box.height / 2)
  await expect.poll(() => driven.text('.log')).toBe('changing=100 change=100')
  expect((await part('.plain'))[0]).toBe('1')
  await driven.close()
})
