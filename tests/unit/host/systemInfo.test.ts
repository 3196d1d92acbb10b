import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as systemInfo from '../../../src/host/systemInfo'

const device = { platform: 'ios', system: 'iOS 17.4', model: 'iPhone 15' }
const screen = {
  pixelRatio: 3,
  screenWidth: 393,
  screenHeight: 852,
  windowWidth: 393,
  windowHeight: 759,
  statusBarHeight: 59,
  safeAreaInsets: { top: 59, right: 0, bottom: 34, left: 0 },
}
const app = { language: 'en', theme: 'dark', fontSizeScaleFactor: 1.2, SDKVersion: '3.4.1' }
const setting = {
  bluetoothEnabled: false,
  locationEnabled: true,
  wifiEnabled: true,
  deviceOrientation: 'landscape',
}

const reported = {
  ...device,
  ...screen,
  ...setting,
  language: 'en',
  theme: 'dark',
  textScale: 1.2,
  sdkVersion: '3.4.1',
}

const assumed = {
  platform: 'unknown',
  system: 'unknown',
  model: 'unknown',
  language: 'zh_CN',
  theme: 'light',
  textScale: 1,
  sdkVersion: '',
  pixelRatio: 2,
  screenWidth: 375,
  screenHeight: 667,
  windowWidth: 375,
  windowHeight: 603,
  statusBarHeight: 20,
  safeAreaInsets: { top: 20, right: 0, bottom: 0, left: 0 },
  deviceOrientation: 'portrait',
  bluetoothEnabled: undefined,
  locationEnabled: undefined,
  wifiEnabled: undefined,
}

const crash = () => {
  throw new Error("Input string is not a valid integer. Path 'batteryLevel'")
}

const split = {
  getDeviceInfo: () => device,
  getWindowInfo: () => screen,
  getAppBaseInfo: () => app,
  getSystemSetting: () => setting,
}
const all = { ...device, ...screen, ...app, ...setting }

// What cannot change is asked for once, so each test has a phone of its own.
let getSystemInfo: typeof systemInfo.getSystemInfo
beforeEach(async () => {
  vi.resetModules()
  ;({ getSystemInfo } = await import('../../../src/host/systemInfo'))
})

function ask(uni: Record<string, unknown>) {
  vi.stubGlobal('uni', uni)
  return getSystemInfo()
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('getSystemInfo', () => {
  it('reports what the split calls say, without the unmaintained one', () => {
    const getSystemInfoSync = vi.fn(crash)
    expect(ask({ ...split, getSystemInfoSync })).toEqual({ ...reported, problems: [] })
    expect(getSystemInfoSync).not.toHaveBeenCalled()
  })

  it('asks the unmaintained call, once, where the split ones are missing', () => {
    const getSystemInfoSync = vi.fn(() => all)
    expect(ask({ getSystemInfoSync })).toEqual({ ...reported, problems: [] })
    expect(getSystemInfoSync).toHaveBeenCalledTimes(1)
  })

  it('takes a single value from the unmaintained call', () => {
    const info = ask({
      ...split,
      getWindowInfo: () => ({ ...screen, pixelRatio: undefined }),
      getSystemInfoSync: () => ({ pixelRatio: 2.75 }),
    })
    expect(info).toEqual({ ...reported, pixelRatio: 2.75, problems: [] })
  })

  it('asks anew for what can change, and no more for what cannot', () => {
    const getDeviceInfo = vi.fn(() => device)
    ask({ ...split, getDeviceInfo })
    const info = ask({
      getDeviceInfo,
      getWindowInfo: () => ({ ...screen, windowHeight: 500 }),
      getAppBaseInfo: () => ({ ...app, theme: 'light', language: 'zh_CN', SDKVersion: '9.9.9' }),
      getSystemSetting: () => ({ ...setting, wifiEnabled: false }),
    })
    expect(info).toEqual({
      ...reported,
      windowHeight: 500,
      theme: 'light',
      language: 'zh_CN',
      wifiEnabled: false,
      problems: [],
    })
    expect(getDeviceInfo).toHaveBeenCalledTimes(1)
  })

  it('keeps no assumed value: once the battery fault is over, the phone is reported', () => {
    expect(ask({ getSystemInfoSync: crash })).toMatchObject(assumed)
    expect(ask({ getSystemInfoSync: () => all })).toEqual({ ...reported, problems: [] })
    expect(ask({ getSystemInfoSync: crash })).toMatchObject({
      ...assumed,
      ...device,
      sdkVersion: '3.4.1',
    })
  })

  it.each([
    [852, 393, 'landscape'],
    [393, 852, 'portrait'],
    [852, 852, 'portrait'],
  ])('derives from a screen of %i by %i how it is held', (screenWidth, screenHeight, held) => {
    const turned = { ...screen, screenWidth, screenHeight }
    const info = ask({ ...split, getWindowInfo: () => turned, getSystemSetting: undefined })
    expect(info).toMatchObject({ deviceOrientation: held })
  })

  it('takes the word of the host for how it is held', () => {
    const wide = { ...screen, screenWidth: 852, screenHeight: 393 }
    const getSystemSetting = () => ({ ...setting, deviceOrientation: 'portrait' })
    const info = ask({ ...split, getWindowInfo: () => wide, getSystemSetting })
    expect(info).toMatchObject({ deviceOrientation: 'portrait' })
  })

  it.each([
    [820, 1180, 1116],
    [667, 375, 311],
  ])('assumes a window that fits a screen of %i by %i', (screenWidth, screenHeight, height) => {
    const info = ask({ getWindowInfo: () => ({ screenWidth, screenHeight }) })
    expect(info).toMatchObject({ windowWidth: screenWidth, windowHeight: height })
  })

  it('does not ask the unmaintained call for a theme that WeChat leaves out', () => {
    const getSystemInfoSync = vi.fn(crash)
    const info = ask({
      ...split,
      getAppBaseInfo: () => ({ ...app, theme: undefined }),
      getSystemInfoSync,
    })
    expect(info).toEqual({ ...reported, theme: 'light', problems: [] })
    expect(getSystemInfoSync).not.toHaveBeenCalled()
  })

  it.each([
    ['bluetoothEnabled', 'true'],
    ['locationEnabled', 1],
    ['wifiEnabled', null],
    ['deviceOrientation', 'upside down'],
  ] as const)('takes no %s of %o', (name, nonsense) => {
    const info = ask({ ...split, getSystemSetting: () => ({ ...setting, [name]: nonsense }) })
    expect(info).toEqual({ ...reported, [name]: assumed[name], problems: [name] })
  })

  it('takes an empty base library version for what a host without one says', () => {
    const info = ask({ ...split, getAppBaseInfo: () => ({ ...app, SDKVersion: '' }) })
    expect(info).toMatchObject({ sdkVersion: '', problems: [] })
  })

  it('gives documented values where there is no host at all', () => {
    vi.stubGlobal('uni', undefined)
    expect(getSystemInfo()).toMatchObject(assumed)
  })

  it.each([
    ['pixelRatio', 0],
    ['pixelRatio', '3'],
    ['screenWidth', -1],
    ['screenHeight', Number.NaN],
    ['windowWidth', Number.POSITIVE_INFINITY],
    ['windowHeight', null],
    ['statusBarHeight', -20],
    ['safeAreaInsets', null],
    ['safeAreaInsets', { top: 0, right: 393, bottom: 852, left: 0 }],
    ['safeAreaInsets', { top: 59, right: 0, bottom: 34 }],
    ['safeAreaInsets', { top: 59, bottom: 34, left: 0 }],
    ['safeAreaInsets', { right: 0, bottom: 34, left: 0 }],
    ['safeAreaInsets', { top: 59, right: 0, bottom: 793, left: 0 }],
    ['safeAreaInsets', { top: 59, right: 200, bottom: 34, left: 193 }],
    ['safeAreaInsets', { top: 59, right: 0, bottom: Number.NaN, left: 0 }],
  ] as const)('takes no %s of %o', (name, nonsense) => {
    const info = ask({ ...split, getWindowInfo: () => ({ ...screen, [name]: nonsense }) })
    const here = { ...assumed, windowWidth: 393, windowHeight: 788 }
    expect(info).toEqual({ ...reported, [name]: here[name], problems: [name] })
  })

  it.each([
    ['language', ''],
    ['language', 7],
    ['theme', 'blue'],
  ] as const)('takes no %s of %o', (name, nonsense) => {
    const info = ask({ ...split, getAppBaseInfo: () => ({ ...app, [name]: nonsense }) })
    expect(info[name]).toBe(assumed[name])
  })

  it.each([
    ['the scale of newer base libraries', { fontSizeScaleFactor: 1.4, fontSizeSetting: 16 }, 1.4],
    ['the size in px of older ones', { fontSizeSetting: 20 }, 1.25],
    ['nothing of nonsense', { fontSizeScaleFactor: 'big', fontSizeSetting: 0 }, 1],
  ])('makes of the font size setting %s', (_what, reported, textScale) => {
    expect(
      ask({ ...split, getAppBaseInfo: () => ({ ...reported, SDKVersion: '3.4.1' }) }),
    ).toMatchObject({ textScale })
  })

  it('asks the unmaintained call for the font size between 2.20.1 and 2.23.4', () => {
    const info = ask({
      ...split,
      getAppBaseInfo: () => ({ ...app, fontSizeScaleFactor: undefined }),
      getSystemInfoSync: () => ({ fontSizeSetting: 20 }),
    })
    expect(info).toEqual({ ...reported, textScale: 1.25, problems: [] })
  })

  it('takes no status bar for a fact, not for a fault', () => {
    const info = ask({ ...split, getWindowInfo: () => ({ ...screen, statusBarHeight: 0 }) })
    expect(info).toMatchObject({ statusBarHeight: 0, problems: [] })
  })
})
