import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DrivenPage, Simulator, WechatRecord } from '../src'
import { callWx, fixtureApp, wechatApp } from './support/fixture'
import { startSimulator } from './support/simulator'

let simulator: Simulator
let wechat: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ dist: fixtureApp })
  wechat = await startSimulator({ dist: wechatApp })
})
afterAll(() => Promise.all([simulator.close(), wechat.close()]))

const asked = (page: DrivenPage) =>
  page.records.filter((record): record is WechatRecord => record.kind === 'wechat')

it("records the app's life, page by page", async () => {
  const page = await simulator.launch()
  await callWx(page, 'navigateTo', { url: '/pages/net/net' })
  await page.background()
  await page.foreground()
  await page.close()
  const lives = page.records.flatMap((record) => (record.kind === 'life' ? [record] : []))
  expect(lives.map(({ event, route }) => `${event} ${route}`)).toEqual([
    'launch pages/home/home',
    'page pages/home/home',
    'page pages/net/net',
    'hide pages/net/net',
    'show pages/net/net',
  ])
})

it('records that a dialogue was drawn, and how it was answered', async () => {
  const page = await simulator.launch()
  const answered = callWx(page, 'showActionSheet', { itemList: ['改日期', '改地址'] })
  await page.choose('取消')
  await answered
  await page.close()
  const [record] = asked(page)
  expect(record).toMatchObject({ api: 'showActionSheet', errMsg: 'showActionSheet:fail cancel' })
  expect(record!.endedAt).toBeGreaterThanOrEqual(record!.shownAt!)
})

it('records the question about the privacy terms apart from what it was asked for', async () => {
  const page = await wechat.launch('', {
    answers: { requirePrivacyAuthorize: 'ask', getPhoneNumber: 'refuse' },
  })
  await page.tap('.phone')
  await page.choose('同意')
  await page.close()
  expect(asked(page).map(({ api, errMsg }) => [api, errMsg])).toEqual([
    ['requirePrivacyAuthorize', 'requirePrivacyAuthorize:ok'],
    ['getPhoneNumber', 'getPhoneNumber:fail user deny'],
  ])
})

it('notifies the app when the network goes and comes back', async () => {
  const page = await simulator.launch()
  await page.page.evaluate(() => {
    const { wx } = window as unknown as { wx: { onNetworkStatusChange(on: object): void } }
    wx.onNetworkStatusChange((change: object) =>
      document.body.append(`${JSON.stringify(change)}\n`),
    )
  })
  const network = { latency: 0, jitter: 0, offline: false, failNext: 0 }
  await page.control({ type: 'network', network: { ...network, offline: true } })
  await page.page.getByText('{"isConnected":false,"networkType":"none"}').waitFor()
  await page.control({ type: 'network', network })
  await page.page.getByText('{"isConnected":true,"networkType":"wifi"}').waitFor()
  await page.close()
})
