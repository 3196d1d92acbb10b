import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DrivenPage, Simulator } from '../src'
import { writeApp } from './support/appFiles'
import { startSimulator } from './support/simulator'

const dark = '@media (prefers-color-scheme: dark)'

const app = writeApp(['pages/a/a'], {
  'app.wxss': `page{background:rgb(1,1,1)}${dark}{page{background:rgb(2,2,2)}}`,
  'pages/a/a.js': 'Page({ data: { width: 100 } })',
  'pages/a/a.json': '{"usingComponents":{"card":"/card"}}',
  'pages/a/a.wxml':
    '<view class="half"/><view class="inline" style="width: {{width}}rpx"/><view class="outer"><text class="deep">深</text></view><card/>',
  'pages/a/a.wxss': `.half{width:375rpx}.deep{color:rgb(3,3,3)}${dark} and (min-width:1px){.outer .deep{color:rgb(4,4,4)}}${dark} and (min-width:9999px){.outer .deep{color:rgb(9,9,9)}}`,
  'card.js': 'Component({})',
  'card.json': '{"component":true}',
  'card.wxml': '<view class="title">卡片</view>',
  'card.wxss': `.title{color:rgb(5,5,5)}${dark}{.title{color:rgb(6,6,6)}}`,
})

let simulator: Simulator

beforeAll(async () => void (simulator = await startSimulator({ dist: app.dist })))
afterAll(async () => {
  await simulator.close()
  app.remove()
})

const widths = (driven: DrivenPage) =>
  driven.page.evaluate(() =>
    ['.half', '.inline'].map((selector) => document.querySelector(selector)!.clientWidth),
  )
const colours = (driven: DrivenPage) =>
  driven.page.evaluate(() => {
    const style = (selector: string) => getComputedStyle(document.querySelector(selector)!)
    return [
      style('wx-page').backgroundColor,
      style('.deep').color,
      style('[class$="--title"]').color,
    ]
  })

it.each([
  ['ios', 375, [188, 50]],
  ['android', 360, [180, 48]],
] as const)('750rpx are the width of the phone: %s, %i px', async (platform, _, expected) => {
  const driven = await simulator.launch('', { platform })
  expect(await widths(driven)).toEqual(expected)
  await driven.close()
})

it("the colour scheme is the phone's, not the computer's, for every element of a page", async () => {
  const driven = await simulator.launch()
  const light = ['rgb(1, 1, 1)', 'rgb(3, 3, 3)', 'rgb(5, 5, 5)']
  const set = (scheme: string) =>
    driven.page.evaluate(
      (scheme) => document.documentElement.style.setProperty('--color-scheme', scheme),
      scheme,
    )
  await set('light')
  await driven.page.emulateMedia({ colorScheme: 'dark' })
  expect(await colours(driven)).toEqual(light)
  await driven.page.emulateMedia({ colorScheme: 'light' })
  await set('dark')
  expect(await colours(driven)).toEqual(['rgb(2, 2, 2)', 'rgb(4, 4, 4)', 'rgb(6, 6, 6)'])
  await driven.close()
})
