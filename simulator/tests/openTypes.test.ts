import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSimulator, type DrivenPage, type LaunchOptions, type Simulator } from '../src'
import { writeApp } from './support/appFiles'

const app = writeApp(['pages/a/a'], {
  'pages/a/a.js': `Page({
    data: { log: '' },
    note({ type, detail }) {
      this.setData({ log: this.data.log + type + (detail.errMsg ? ' ' + detail.errMsg : '') + '\\n' })
    },
  })`,
  'pages/a/a.wxml': `<form bindsubmit="note">
      <button class="submit" form-type="submit" open-type="getPhoneNumber" bindgetphonenumber="note">交</button>
      <button class="plain" form-type="submit">只交</button>
    </form>
    <button class="realtime" open-type="getRealtimePhoneNumber" bindgetrealtimephonenumber="note">实时</button>
    <text class="log">{{log}}</text>`,
})

let simulator: Simulator
beforeAll(async () => void (simulator = await startSimulator({ dist: app.dist })), 30_000)
afterAll(async () => {
  await simulator.close()
  app.remove()
})

async function on(options: LaunchOptions, test: (page: DrivenPage) => Promise<void>) {
  const answers = { getPhoneNumber: { code: 'c' }, getRealtimePhoneNumber: { code: 'c' } }
  const page = await simulator.launch('', { answers, ...options })
  await test(page)
  await page.close()
}
const lines = async (page: DrivenPage) => (await page.text('.log')).trim().split('\n')

describe('a submit button with an open type', () => {
  it.each([
    ['both', ['submit', 'getphonenumber getPhoneNumber:ok']],
    ['formOnly', ['submit']],
    ['openTypeOnly', ['getphonenumber getPhoneNumber:ok']],
  ] as const)('brings %s', (submitWithOpenType, events) =>
    on({ submitWithOpenType }, async (page) => {
      await page.tap('.submit')
      expect(await lines(page)).toEqual(events)
      await page.tap('.plain')
      expect(await lines(page)).toEqual([...events, 'submit'])
    }),
  )

  it('brings both unless the launch says otherwise', () =>
    on({}, async (page) => {
      await page.tap('.submit')
      expect(await lines(page)).toHaveLength(2)
    }))
})
