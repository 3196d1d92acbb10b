import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Simulator } from '../src'
import { writeApp } from './support/appFiles'
import { startSimulator } from './support/simulator'

const app = writeApp(['pages/a/a'], {
  'pages/a/a.js': `Page({
    data: { name: '', agreed: false },
    onLoad() { this.setData({ name: '李' }) },
    change() { this.setData({ name: '王' }, () => this.setData({ done: true })) },
    typed({ detail }) { this.setData({ 'form.name': detail.value }) },
  })`,
  'pages/a/a.json': '{"usingComponents":{"card":"/card"}}',
  'pages/a/a.wxml':
    '<view class="change" bindtap="change">{{name}}{{done}}</view><card/><input class="name" bindinput="typed"/><switch class="switch"/>',
  'card.js': `Component({
    data: { n: 0 },
    lifetimes: { attached() { this.setData({ n: 1 }) } },
    methods: { more() { this.setData({ n: this.data.n + 1 }) } },
  })`,
  'card.json': '{"component":true}',
  'card.wxml': '<view class="more" bindtap="more">{{n}}</view>',
})

let simulator: Simulator
beforeAll(async () => void (simulator = await startSimulator({ dist: app.dist })))
afterAll(async () => {
  await simulator.close()
  app.remove()
})

const bytes = (...sent: object[]) =>
  sent.reduce((sum, changes) => sum + Buffer.byteLength(JSON.stringify(changes)), 0)

it('counts what pages and components send to the view, and nothing that they do not', async () => {
  const page = await simulator.launch()
  const atStart = { calls: 2, bytes: bytes({ name: '李' }, { n: 1 }) }
  expect(await page.updates()).toEqual(atStart)
  await page.resetUpdates()
  expect(await page.updates()).toEqual({ calls: 0, bytes: 0 })
  await page.tap('.switch')
  expect(await page.updates()).toEqual({ calls: 0, bytes: 0 })
  await page.tap('.change')
  await page.tap('card .more')
  expect(await page.text('.change')).toBe('王true')
  const tapped = [{ name: '王' }, { done: true }, { n: 2 }]
  expect(await page.updates()).toEqual({ calls: 3, bytes: bytes(...tapped) })
  await page.type('.name', '小')
  const typed = { 'form.name': '小' }
  expect(await page.updates()).toEqual({ calls: 4, bytes: bytes(...tapped, typed) })
  await page.restart()
  expect(await page.updates()).toEqual(atStart)
  await page.close()
})
