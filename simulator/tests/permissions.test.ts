import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrivenPage, LaunchOptions, Simulator } from '../src'
import { askEverything, createPersonSide, type PersonAnswers } from '../src/host/answers'
import { createTemporaryFiles } from '../src/host/files'
import { createPermissions, type Permissions } from '../src/host/permissions'
import { createWechatClient, type WechatClient } from '../src/host/wechatClient'
import { callWx, wechatApp } from './support/fixture'
import { startSimulator } from './support/simulator'

interface Person {
  answers?: Partial<PersonAnswers>
  permissions?: Permissions
  sdkVersion?: string
}

/** WeChat's side of somebody who answers like this. */
const wechatOf = ({ answers, permissions, sdkVersion = '3.8.0' }: Person): WechatClient =>
  createWechatClient({
    side: createPersonSide({ ...askEverything, ...answers }),
    standIn: {
      loginCode: () => Promise.resolve({ code: 'login' }),
      phoneCode: () => Promise.resolve({ code: 'phone' }),
      phoneData: () => Promise.resolve({ encryptedData: 'data', iv: 'iv' }),
      userInfo: (_person, profile) => Promise.resolve({ profile }),
      maskedPhoneNumber: () => Promise.resolve('154****1234'),
      rotateSessionKey: async () => {},
      inbox: () => Promise.resolve({ textMessages: [], wxaCodes: [] }),
      push: async () => {},
      checkSession: () => Promise.resolve(true),
    },
    person: 'li',
    platform: 'ios',
    sdkVersion,
    files: createTemporaryFiles(),
    permissions: permissions ?? createPermissions(),
    onUnanswered: (api) => expect.fail(`nothing is prepared for ${api}`),
  })

const getLocation = { api: 'getLocation', options: {} }
const denied = { kind: 'fail', errMsg: 'getLocation:fail auth deny' }

describe('a person in front of the phone', () => {
  it('is asked once for a permission, and what they decided is remembered', async () => {
    const wechat = wechatOf({})
    expect(await wechat.call(getLocation)).toEqual({
      kind: 'ask',
      show: { scope: 'scope.userLocation' },
    })
    expect(await wechat.call({ ...getLocation, choice: 'refuse' })).toEqual(denied)
    expect(await wechat.call(getLocation)).toEqual(denied)
    const authorize = { api: 'authorize', options: { scope: 'scope.userLocation' } }
    expect(await wechat.call(authorize)).toEqual({
      kind: 'fail',
      errMsg: 'authorize:fail auth deny',
    })
  })

  it('shares the memory between mini-programs, until it is forgotten', async () => {
    const permissions = createPermissions()
    await wechatOf({ permissions }).call({ ...getLocation, choice: 'refuse' })
    const later = wechatOf({ permissions, answers: { permission: 'allow' } })
    expect(await later.call(getLocation)).toEqual(denied)
    permissions.forget()
    expect(await later.call(getLocation)).toMatchObject({ kind: 'ok' })
    expect(permissions.authSetting()).toEqual({ 'scope.userLocation': true })
  })

  it('is asked for the phone number at every press, with the number masked', async () => {
    const wechat = wechatOf({})
    const press = { api: 'getPhoneNumber', options: { openType: true } }
    const ask = { kind: 'ask', show: { phoneNumber: '154****1234' } }
    expect(await wechat.call(press)).toEqual(ask)
    expect(await wechat.call({ ...press, choice: 'refuse' })).toMatchObject({ kind: 'fail' })
    expect(await wechat.call(press)).toEqual(ask)
  })

  it('may change how they answer while the app runs', async () => {
    const side = createPersonSide({ ...askEverything, phoneNumber: 'refuse' })
    const answer = () => side.answer('getPhoneNumber', { openType: true }, false)
    expect(answer()).toBe('refuse')
    side.set(askEverything)
    expect(answer()).toBe('ask')
  })

  it.each([
    ['2.10.3', 'getUserInfo', { kind: 'ask' }],
    ['2.10.4', 'getUserInfo', { kind: 'ok', result: { profile: 'anonymous' } }],
    ['2.27.0', 'getUserProfile', { kind: 'ask' }],
    ['2.27.1', 'getUserProfile', { kind: 'ok', result: { profile: 'anonymous' } }],
  ])('on base library %s answers %s as it was then', async (sdkVersion, api, outcome) => {
    const wechat = wechatOf({ sdkVersion, answers: { userInfo: 'ask' } })
    expect(await wechat.call({ api, options: {} })).toEqual(outcome)
  })

  it('needs no permission any more for addresses and user info', async () => {
    const wechat = wechatOf({ answers: { permission: 'refuse' } })
    for (const scope of ['scope.userInfo', 'scope.address']) {
      const outcome = await wechat.call({ api: 'authorize', options: { scope } })
      expect(outcome).toEqual({ kind: 'ok', result: {} })
    }
  })
})

describe('on the phone', () => {
  let simulator: Simulator
  beforeAll(async () => void (simulator = await startSimulator({ dist: wechatApp })))
  afterAll(() => simulator.close())

  async function on(options: LaunchOptions, test: (page: DrivenPage) => Promise<void>) {
    const page = await simulator.launch('', options)
    await test(page)
    await page.close()
  }
  const log = async (page: DrivenPage) => (await page.text('.log')).trim().split('\n').at(-1)

  it("a permission is asked for with the app's reason, and no dialogue follows a refusal", () =>
    on({ answers: { getLocation: 'ask' } }, async (page) => {
      await page.tap('.locate')
      const dialogue = page.page.getByRole('dialog')
      expect(await dialogue.innerText()).toMatch(
        /易搬家[\s\S]*你的位置信息[\s\S]*用来填写搬家的地址/,
      )
      await page.choose('不允许')
      expect(await log(page)).toBe('{"errMsg":"getLocation:fail auth deny"}')
      await page.tap('.locate')
      expect(await dialogue.count()).toBe(0)
      expect(await log(page)).toBe('{"errMsg":"getLocation:fail auth deny"}')
    }))

  it('the settings list what was asked for, and change it', () =>
    on({ answers: { getLocation: 'refuse', openSetting: 'ask' } }, async (page) => {
      const setting = async () => (await callWx(page, 'getSetting')).result.authSetting
      expect(await setting()).toEqual({ 'scope.userInfo': true })
      await page.tap('.setting')
      expect(await page.page.getByRole('switch').count()).toBe(0)
      await page.choose('返回')
      await page.tap('.locate')
      await page.tap('.setting')
      const control = page.page.getByRole('switch', { name: '你的位置信息' })
      expect(await control.getAttribute('aria-checked')).toBe('false')
      await control.click()
      await page.choose('返回')
      expect(await log(page)).toContain('"authSetting":{"scope.userLocation":true}')
      expect(await setting()).toEqual({ 'scope.userInfo': true, 'scope.userLocation': true })
      await page.tap('.locate')
      expect(await log(page)).toContain('"latitude":30.2463')
    }))

  it('settings open from a tap only', () =>
    on({ answers: { openSetting: 'ask' } }, async (page) => {
      expect((await callWx(page, 'openSetting')).result.errMsg).toBe(
        'openSetting:fail can only be invoked by user TAP gesture.',
      )
      await page.tap('.settings')
      await page.page.getByRole('dialog').waitFor()
      await page.page.keyboard.press('Escape')
      await page.page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.settle()
      expect(await log(page)).toBe('{"errMsg":"openSetting:ok","authSetting":{}}')
    }))

  it('decisions may be there from the beginning', () =>
    on({ authSetting: { 'scope.userLocation': false } }, async (page) => {
      await page.tap('.locate')
      expect(await log(page)).toBe('{"errMsg":"getLocation:fail auth deny"}')
    }))

  it('places that app.json does not declare are refused, with what is missing', () =>
    on({}, async (page) => {
      const errMsg = async (api: string, options = {}) =>
        (await callWx(page, api, options)).result.errMsg
      expect(await errMsg('chooseLocation')).toBe(
        'chooseLocation:fail the api need to be declared in the requiredPrivateInfos field in app.json/ext.json',
      )
      expect(await errMsg('authorize', { scope: 'scope.userFuzzyLocation' })).toBe(
        'authorize:fail require permission desc',
      )
    }))
})
