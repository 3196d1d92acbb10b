import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrivenPage, Simulator } from '../src'
import { callWx, fixtureApp, readBody, serveHttp } from './support/fixture'
import { sharePhones, type PhoneOptions, type SharedPhones } from './support/sharedPhones'
import { startSimulator } from './support/simulator'

let simulator: Simulator
let phones: SharedPhones
let standIn: Awaited<ReturnType<typeof serveHttp>>
const asked: { path: string; person: string }[] = []

const handedOut: Record<string, object> = {
  '/_control/login-code': { code: 'login-code' },
  '/_control/check-session': { valid: true },
  '/_control/phone-code': { code: 'phone-code' },
  '/_control/phone-data': { encryptedData: 'data', iv: 'iv' },
  '/_control/user-info': { userInfo: { nickName: '微信用户' }, encryptedData: 'data', iv: 'iv' },
}

beforeAll(async () => {
  standIn = await serveHttp((request, response) => {
    void readBody(request).then((body) => {
      const path = request.url ?? ''
      asked.push({ path, person: (JSON.parse(body) as { person: string }).person })
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(handedOut[path]))
    })
  })
  simulator = await startSimulator({ dist: fixtureApp, wechat: standIn.url })
  phones = sharePhones(simulator)
})
afterAll(async () => {
  await phones.close()
  await standIn.close()
})

const on = (options: PhoneOptions, test: (page: DrivenPage) => Promise<void>) =>
  phones.on('pages/tab/tab', options, test)

const details = async (page: DrivenPage) => (await page.text('.details')).trim().split('\n')

describe('login', () => {
  it("returns the stand-in's code for the person", () =>
    on({ person: 'li' }, async (page) => {
      expect((await callWx(page, 'login')).result).toEqual({
        code: 'login-code',
        errMsg: 'login:ok',
      })
      expect(asked.at(-1)).toEqual({ path: '/_control/login-code', person: 'li' })
    }))

  it('has no Promise form', () =>
    on({}, async (page) => {
      const returned = await page.page.evaluate(() => {
        const { wx } = window as unknown as { wx: { login(): unknown } }
        return typeof wx.login()
      })
      expect(returned).toBe('undefined')
      await page.settle()
    }))

  it('follows a script: a list in order, a failure, a function of the options', () =>
    on(
      {
        answers: {
          login: [{ code: 'one' }, { fail: 'timeout', errno: 5 }],
          checkSession: () => ({ fail: 'session_key expired' }),
        },
      },
      async (page) => {
        expect((await callWx(page, 'login')).result.code).toBe('one')
        expect(await callWx(page, 'login')).toEqual({
          ok: false,
          result: { errMsg: 'login:fail timeout', errno: 5 },
        })
        expect((await callWx(page, 'checkSession')).result.errMsg).toBe(
          'checkSession:fail session_key expired',
        )
      },
    ))
})

describe('a button with an open type', () => {
  it('returns code and encrypted data after the tap', () =>
    on({ answers: { getPhoneNumber: 'allow' } }, async (page) => {
      await page.tap('.phone')
      expect(await details(page)).toEqual([
        'tap',
        'getphonenumber {"errMsg":"getPhoneNumber:ok","encryptedData":"data","iv":"iv","code":"phone-code"}',
      ])
    }))

  it('returns no code below base library 2.21.2', () =>
    on({ answers: { getPhoneNumber: 'allow' }, sdkVersion: '2.21.1' }, async (page) => {
      await page.tap('.phone')
      expect(await page.text('.details')).not.toContain('phone-code')
    }))

  it.each([
    ['ios', 'getPhoneNumber:fail user deny'],
    ['android', 'getPhoneNumber:fail:user deny'],
  ] as const)('words a refusal as %s does', (platform, errMsg) =>
    on({ platform, answers: { getPhoneNumber: 'refuse' } }, async (page) => {
      await page.tap('.phone')
      expect((await details(page))[1]).toBe(`getphonenumber {"errMsg":"${errMsg}"}`)
    }),
  )

  it("draws WeChat's dialogue when the script says ask, and goes by what is pressed", () =>
    on({ answers: { getPhoneNumber: 'ask' } }, async (page) => {
      await page.tap('.phone')
      await page.choose('不允许')
      expect((await details(page)).at(-1)).toContain('fail user deny')
      await page.tap('.phone')
      await page.choose('允许')
      expect((await details(page)).at(-1)).toContain('phone-code')
    }))

  it('agrees to the privacy terms first where open types are combined', async () => {
    const page = await simulator.launch('pages/tab/tab', {
      storage: { combined: 'getPhoneNumber|agreePrivacyAuthorization' },
      answers: { getPhoneNumber: 'allow' },
    })
    await page.tap('.phone')
    expect((await details(page)).map((line) => line.split(' ')[0])).toEqual([
      'tap',
      'agreeprivacyauthorization',
      'getphonenumber',
    ])
    await page.close()
  })

  it('returns user info, and an avatar that can be shown', () =>
    on({ answers: { getUserInfo: 'allow', chooseAvatar: 'allow' } }, async (page) => {
      await page.tap('.user')
      expect(await page.text('.details')).toContain('微信用户')
      await page.tap('.avatar')
      await page.waitFor('.loaded:has-text("96×96")')
    }))

  it('fires nothing when choosing an avatar is given up', () =>
    on({ answers: { chooseAvatar: 'refuse' } }, async (page) => {
      await page.tap('.avatar')
      expect(await page.text('.details')).toBe('')
    }))

  it('fails and is recorded where nothing is prepared', () =>
    on({ unanswered: ['getPhoneNumber'] }, async (page) => {
      await page.tap('.phone')
      expect((await details(page))[1]).toContain('getPhoneNumber:fail nothing is prepared')
      expect(page.unanswered).toEqual(['getPhoneNumber'])
      expect(page.records.filter(({ kind }) => kind === 'problem')).toMatchObject([
        {
          type: 'unanswered',
          message: 'getPhoneNumber needs a scripted answer: see simulator/README.md, Driving it',
        },
      ])
    }))

  it('can be answered anew while the app runs', () =>
    on({}, async (page) => {
      page.answer('openSetting', { authSetting: { 'scope.userLocation': true } })
      await page.tap('.setting')
      expect(await page.text('.details')).toContain('"scope.userLocation":true')
    }))
})

describe('dialogues of the app', () => {
  it('are drawn and pressed', () =>
    on({}, async (page) => {
      await page.tap('.modal')
      await page.choose('取消')
      expect(await page.text('.answer')).toBe('不了')
      await page.tap('.sheet')
      await page.choose('自取')
      expect(await page.text('.answer')).toBe('第 1 项')
    }))

  it('can be scripted', () =>
    on({ answers: { showModal: 'allow', showActionSheet: 'refuse' } }, async (page) => {
      await page.tap('.modal')
      expect(await page.text('.answer')).toBe('继续')
      await page.tap('.sheet')
      expect(await page.text('.answer')).toBe('showActionSheet:fail cancel')
    }))

  it('show a toast for its time', () =>
    on({}, async (page) => {
      await page.tap('.toast')
      await page.page
        .locator('.simulator-toast', { hasText: '好了' })
        .last()
        .waitFor({ state: 'attached' })
      await page.page
        .locator('#simulator-dialogues .simulator-toast')
        .waitFor({ state: 'detached' })
    }))
})
