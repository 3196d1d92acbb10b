import { expect, it, onTestFinished } from 'vitest'
import type { DrivenPage } from '../src'
import { writeApp } from './support/appFiles'
import { startSimulator } from './support/simulator'

const home = 'pages/home/home'

async function launchApp(files: Record<string, string>): Promise<DrivenPage> {
  const app = writeApp([home], { [`${home}.js`]: 'Page({})', ...files })
  const simulator = await startSimulator({ dist: app.dist })
  onTestFinished(async () => {
    await simulator.close()
    app.remove()
  })
  return simulator.launch()
}

const notice = (phone: DrivenPage) => phone.page.locator('.simulator-error--blank')

it('a screen with nothing on it says which error came first', async () => {
  const phone = await launchApp({
    'app.js': 'const kit = require("./no-kit")\nApp({ kit })',
    [`${home}.wxml`]: '<view wx:if="{{ready}}" class="late">late</view>',
    [`${home}.js`]: 'Page({ onLoad() { getApp().kit.start() } })',
  })
  await notice(phone).waitFor()
  expect(await notice(phone).innerText()).toContain("module 'no-kit.js' is not defined")
  expect(await notice(phone).innerText()).toContain('app.js:1')
  await phone.page.evaluate(() => {
    const { getCurrentPages } = window as unknown as {
      getCurrentPages(): { setData(data: object): void }[]
    }
    getCurrentPages()[0]!.setData({ ready: true })
  })
  await notice(phone).waitFor({ state: 'detached' })
  expect(await phone.text('.late')).toBe('late')
})

it('an app.js that fails leaves its pages running', async () => {
  const phone = await launchApp({
    'app.js': 'throw new Error("没有启动")',
    [`${home}.wxml`]: '<view class="shown">在</view>',
  })
  expect(await phone.text('.shown')).toBe('在')
  expect(phone.errors).toEqual([expect.stringMatching(/没有启动\n\s+at .*app\.js:1:7/)])
})

it('a packed app that the phone cannot start is said on its screen, and reported', async () => {
  const phone = await launchApp({ [`${home}.wxml`]: '<view>a</view>' })
  await phone.page.route(/\/app-[0-9a-f]+\.js$/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'window.packedApp = { pages: [] }' }),
  )
  await phone.page.goto(phone.page.url())
  const screen = phone.page.locator('.simulator-error')
  expect(await screen.innerText()).toContain('这个小程序没有启动')
  await expect
    .poll(() => phone.records.filter(({ kind }) => kind === 'problem'))
    .toEqual([expect.objectContaining({ type: 'error' })])
})

it('an endless loop is ended and reported with its place, and the app can be used', async () => {
  const phone = await launchApp({
    [`${home}.wxml`]: '<view class="shown">{{text}}</view><view class="go" bindtap="go">go</view>',
    [`${home}.js`]: `Page({
  data: { text: '' },
  onLoad() {
    let n = 0
    for (;;) { n += 1 }
  },
  go() { this.setData({ text: '好了' }) },
})`,
  })
  expect(phone.errors).toEqual([
    expect.stringMatching(/a loop has not ended for \d+ s[\s\S]*pages\/home\/home\.js:5:12/),
  ])
  await phone.tap('.go')
  expect(await phone.text('.shown')).toBe('好了')
})
