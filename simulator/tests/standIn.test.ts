import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createWechat, type DrivenPage, type Simulator, type Wechat } from '../src'
import { callWx, fixtureApp } from './support/fixture'
import { appId, appSecret, open, send, type Body } from './wechat/standIn'
import { startSimulator } from './support/simulator'

let wechat: Wechat
let address: string
let simulator: Simulator
let page: DrivenPage

beforeAll(async () => {
  wechat = createWechat({ appId, appSecret })
  address = await wechat.start()
  simulator = await startSimulator({ dist: fixtureApp, wechat: address })
})
beforeEach(() => restart())
afterAll(async () => {
  await simulator.close()
  await wechat.close()
})

/** Another stand-in at the same address, which remembers nobody. */
async function restart() {
  await wechat.close()
  wechat = createWechat({ appId, appSecret })
  await wechat.start(Number(new URL(address).port))
}

async function on(sdkVersion: string, test: () => Promise<void>) {
  const answers = { getPhoneNumber: 'allow' } as const
  page = await simulator.launch('pages/tab/tab', { person: 'lin', sdkVersion, answers })
  await test()
  await page.close()
}

const ask = async (response: Promise<Response>) => (await (await response).json()) as Body

/** A wrong key is found out by the padding, or by what is no JSON. */
const openJson = (sealed: Body, sessionKey: unknown) =>
  JSON.parse(open(sealed, String(sessionKey))) as Body

/** What a backend does with a login: its code for openid and session key. */
const exchange = (code: unknown) => {
  const query = { appid: appId, secret: appSecret, js_code: String(code) }
  const search = new URLSearchParams({ ...query, grant_type: 'authorization_code' })
  return ask(fetch(`${address}/sns/jscode2session?${search}`))
}
const logIn = async () => exchange((await callWx(page, 'login')).result.code)

const phoneNumberOf = async (code: unknown) => {
  const app = { grant_type: 'client_credential', appid: appId, secret: appSecret }
  const { access_token } = await ask(send(`${address}/cgi-bin/stable_token`, app))
  const path = `/wxa/business/getuserphonenumber?access_token=${String(access_token)}`
  return ask(send(address + path, { code }))
}

/** The detail of the event that the button's tap ended in. */
async function pressPhoneButton(): Promise<Body> {
  await page.tap('.phone')
  const line = (await page.text('.details')).trim().split('\n').at(-1)!
  return JSON.parse(line.slice(line.indexOf('{'))) as Body
}

it('hands out the login codes of its person', () =>
  on('3.8.0', async () => {
    expect(await logIn()).toMatchObject({ openid: wechat.person('lin').openid })
  }))

it('says by wx.checkSession whether a backend has the session key that is valid', () =>
  on('3.8.0', async () => {
    const check = async () => (await callWx(page, 'checkSession')).result.errMsg
    expect(await check()).toBe('checkSession:fail session_key is invalid')
    await logIn()
    expect(await check()).toBe('checkSession:ok')
    wechat.rotateSessionKey('lin')
    expect(await check()).toBe('checkSession:fail session_key is invalid')
  }))

it('returns user info that opens with the session key of the login', () =>
  on('3.8.0', async () => {
    const { session_key, openid } = await logIn()
    const { ok, result } = await callWx(page, 'getUserInfo')
    expect(ok).toBe(true)
    expect(openJson(result, session_key)).toMatchObject({ openId: openid })
  }))

it('returns a phone number by its code, also after a restart and before any login', () =>
  on('2.21.2', async () => {
    const { phoneNumber } = wechat.person('lin')
    await logIn()
    await restart()
    const { errMsg, code } = await pressPhoneButton()
    expect(errMsg).toBe('getPhoneNumber:ok')
    expect(await phoneNumberOf(code)).toMatchObject({ errcode: 0, phone_info: { phoneNumber } })
  }))

it('returns the encrypted number alone below 2.21.2; after a restart a login is needed to open it', () =>
  on('2.21.1', async () => {
    const { phoneNumber } = wechat.person('lin')
    const before = await logIn()
    await restart()
    const sealed = await pressPhoneButton()
    expect(sealed).not.toHaveProperty('code')
    expect(() => openJson(sealed, before.session_key)).toThrow()
    const { session_key } = await logIn()
    expect(openJson(await pressPhoneButton(), session_key)).toMatchObject({
      phoneNumber,
    })
  }))
