import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { DrivenPage, Simulator } from '../src'
import { writeApp } from './support/appFiles'
import { startSimulator } from './support/simulator'

const list = 'pages/list/list'

const app = writeApp([list], {
  [`${list}.json`]: JSON.stringify({ usingComponents: { card: '/parts/card' } }),
  [`${list}.js`]: `Page({
  data: { tapped: 0, next: 'go' },
  go() { this.setData({ tapped: this.data.tapped + 1, next: 'goFurther' }) },
})`,
  [`${list}.wxml`]: `
<template name="row"><view class="inTemplate" bindtap="noneInTemplate">row</view></template>
<view class="missing" bindtap="noSuchHandler">missing</view>
<view class="changing" bindtap="{{next}}">{{tapped}}</view>
<view class="none" bindtap="">nothing to call</view>
<template is="row"/>
<card/>
<image class="lost" src="/images/none.png"/>
<image class="lost" src="../../images/none.png"/>
<image class="found" src="../../images/dot.svg"/>
<image class="remote" src="http://127.0.0.1:9/none.png"/>`,
  'images/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="3"/>',
  'parts/card.json': '{"component":true}',
  'parts/card.js': 'Component({})',
  'parts/card.wxml':
    '<view class="inCard" bindtap="onCard">card</view><image class="beside" src="../images/dot.svg"/>',
})

let simulator: Simulator
let phone: DrivenPage

beforeAll(async () => {
  simulator = await startSimulator({ dist: app.dist })
})
beforeEach(async () => {
  phone = await simulator.launch()
})
afterEach(() => phone.page.close())
afterAll(async () => {
  await simulator.close()
  app.remove()
})

/** What is listed of them by now. */
async function problems(about: RegExp): Promise<string[]> {
  await phone.page.evaluate(() => window.simulator.reported())
  return phone.records.flatMap((record) =>
    record.kind === 'problem' && about.test(record.message) ? [record.message] : [],
  )
}

it('a handler that the page or component does not have is listed once, when it is called', async () => {
  const warnings: string[] = []
  phone.page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text())
  })
  expect(await problems(/no method/)).toEqual([])
  for (const name of ['missing', 'missing', 'none', 'inTemplate']) await phone.tap(`.${name}`)
  await phone.tap('.inCard')
  const expected = [
    `${list} has no method "noSuchHandler" for "tap"`,
    `${list} has no method "noneInTemplate" for "tap"`,
    'parts/card has no method "onCard" for "tap"',
  ]
  expect(await problems(/no method/)).toEqual(expected)
  expect(warnings).toEqual(expected)
})

it('a handler that the data names is looked for by the name of the moment', async () => {
  await phone.tap('.changing')
  expect(await phone.text('.changing')).toBe('1')
  await phone.tap('.changing')
  expect(await phone.text('.changing')).toBe('1')
  expect(await problems(/no method/)).toEqual([`${list} has no method "goFurther" for "tap"`])
})

it('a picture that the app does not have is listed once, and none that the network lacks', async () => {
  for (const nth of [0, 1])
    await phone.locate('.lost img[data-failed]').nth(nth).waitFor({ state: 'attached' })
  await phone.locate('.remote img[data-failed]').waitFor({ state: 'attached' })
  expect(await problems(/none\.png/)).toEqual(['/images/none.png: no such file, or no picture'])
})

it('a picture is looked for beside the template that names it', async () => {
  for (const name of ['found', 'beside']) {
    const picture = phone.locate(`.${name} img`)
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(3)
  }
})
