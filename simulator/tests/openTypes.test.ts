import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWechat, type DrivenPage, type Simulator } from '../src'
import { writeApp } from './support/appFiles'
import { callWx } from './support/fixture'
import { sharePhones, type PhoneOptions, type SharedPhones } from './support/sharedPhones'
import { startSimulator } from './support/simulator'

const app = writeApp(['pages/a/a'], {
  'pages/a/a.js': `Page({
    data: { log: '' },
    profile() {
      wx.getUserProfile({ desc: '写在订单上', complete: (result) => this.note({ type: 'profile', detail: result }) })
    },
    note({ type, detail }) {
      if (detail.userInfo) detail = { errMsg: detail.userInfo.nickName }
      if (type === 'input') detail = { errMsg: detail.value }
      this.setData({ log: this.data.log + type + (detail.errMsg ? ' ' + detail.errMsg : '') + '\\n' })
    },
  })`,
  'pages/a/a.wxml': `<form bindsubmit="note">
      <button class="submit" form-type="submit" open-type="getPhoneNumber" bindgetphonenumber="note">交</button>
      <button class="plain" form-type="submit">只交</button>
    </form>
    <button class="realtime" open-type="getRealtimePhoneNumber" bindgetrealtimephonenumber="note">实时</button>
    <button class="user" open-type="getUserInfo" bindgetuserinfo="note">信息</button>
    <button class="profile" bindtap="profile">资料</button>
    <input class="nickname" type="nickname" bindinput="note" bindblur="note" bindnicknamereview="note"/>
    <text class="log">{{log}}</text>`,
})

let simulator: Simulator
let phones: SharedPhones
const wechat = createWechat({ appId: 'wx0123456789abcdef', appSecret: 'secret' })
beforeAll(async () => {
  simulator = await startSimulator({ dist: app.dist, wechat: await wechat.start() })
  phones = sharePhones(simulator)
})
afterAll(async () => {
  await phones.close()
  await wechat.close()
  app.remove()
})

function on(options: PhoneOptions, test: (page: DrivenPage) => Promise<void>) {
  const answers = { getPhoneNumber: { code: 'c' }, getRealtimePhoneNumber: { code: 'c' } }
  return phones.on('pages/a/a', { answers, ...options }, test)
}
const lines = async (page: DrivenPage) =>
  (await page.text('.log'))
    .trim()
    .split('\n')
    .map((line) => line.trim())

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

const dialogues = (page: DrivenPage) => page.page.getByRole('dialog').count()
const anonymous = '微信用户'

describe('the profile', () => {
  const ask = { getUserInfo: 'ask', getUserProfile: 'ask' } as const

  it.each([
    ['.user', 'getuserinfo', '2.10.3', '2.10.4'],
    ['.profile', 'profile', '2.27.0', '2.27.1'],
  ])(
    'of %s is real on %s %s after a dialogue, and anonymous without one on %s',
    async (button, event, before, since) => {
      await on({ answers: ask, sdkVersion: before }, async (page) => {
        await page.tap(button)
        await page.choose('允许')
        expect((await lines(page))[0]).toMatch(new RegExp(`^${event} (?!${anonymous}).`))
        await page.tap(button)
        await page.choose('不允许')
        expect((await lines(page))[1]).toMatch(/:fail auth deny$/)
      })
      await on({ answers: ask, sdkVersion: since }, async (page) => {
        await page.tap(button)
        expect(await dialogues(page)).toBe(0)
        expect(await lines(page)).toEqual([`${event} ${anonymous}`])
      })
    },
  )

  it('by getUserProfile is got from a tap only, and not below base library 2.10.4', async () => {
    // On a phone of its own, which nobody has tapped yet.
    const untapped = await simulator.launch()
    const { result } = await callWx(untapped, 'getUserProfile', { desc: '写在订单上' })
    expect(result.errMsg).toBe('getUserProfile:fail can only be invoked by user TAP gesture.')
    await untapped.close()
    await on({ sdkVersion: '2.10.3' }, async (page) => {
      const kind = () =>
        typeof (window as unknown as { wx: Record<string, unknown> }).wx.getUserProfile
      expect(await page.page.evaluate(kind)).toBe('undefined')
    })
  })
})

it("a real-time phone number's errMsg bears the open type's name", () =>
  on({}, async (page) => {
    await page.tap('.realtime')
    expect(await lines(page)).toEqual(['getrealtimephonenumber getRealtimePhoneNumber:ok'])
  }))

describe('a nickname that is refused', () => {
  const review = { pass: false, timeout: false }
  const typed = ['input 坏', 'blur']
  it.each([
    ['3.8.0', review, ['input', 'nicknamereview']],
    ['3.8.0', { ...review, firesInput: false }, ['nicknamereview']],
    ['2.29.0', review, ['input']],
    ['2.24.3', undefined, []],
  ] as const)('is cleared after the blur, on %s, by %j: %j', (sdkVersion, nicknameReview, fired) =>
    on({ sdkVersion, answers: nicknameReview ? { nicknameReview } : {} }, async (page) => {
      await page.type('.nickname', '坏')
      await page.press('Enter')
      await page.settle()
      expect(await lines(page)).toEqual([...typed, ...fired])
      const value = await page.locate('.nickname').locator('input').inputValue()
      expect(value).toBe(fired.length > 0 ? '' : '坏')
    }),
  )
})
