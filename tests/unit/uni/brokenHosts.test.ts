import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { getBattery } from '../../../src/host/battery'
import { navigate, NavigationError } from '../../../src/host/navigation'
import { createHost } from '../host/pageHost'

interface Callbacks {
  success(result?: unknown): void
  fail(failure?: unknown): void
}
type Call = (options: Callbacks) => unknown

const booking = '/pages/booking/booking'
const broken = () => {
  throw new Error('broken')
}
/** Calls back from a task of its own, as hosts do. */
const soon =
  (answer: Call): Call =>
  (options) =>
    queueMicrotask(() => void answer(options))

const unreported = { level: undefined, isCharging: undefined }
const reported = { level: 50, isCharging: true }

/** How a call is broken; what getBattery() makes of it; how navigate() ends. */
const calls: [string, unknown, object, string][] = [
  ['throws', broken, unreported, 'navigation_failed'],
  ['is missing', undefined, unreported, 'navigation_failed'],
  ['is no function', 7, unreported, 'navigation_failed'],
  ['never calls back', () => {}, unreported, 'navigation_timeout'],
  ['answers by a promise only', () => Promise.resolve(reported), unreported, 'navigation_timeout'],
  [
    'returns a promise that rejects',
    () => Promise.reject(new Error('stopped by an interceptor')),
    unreported,
    'navigation_failed',
  ],
  ['gives nothing', soon(({ success }) => success()), unreported, 'arrived'],
  ['gives null', soon(({ success }) => success(null)), unreported, 'arrived'],
  ['gives a text', soon(({ success }) => success('fine')), unreported, 'arrived'],
  [
    'gives wrong types',
    soon(({ success }) => success({ level: {}, isCharging: 'yes' })),
    unreported,
    'arrived',
  ],
  ['fails with nothing', soon(({ fail }) => fail()), unreported, 'navigation_failed'],
  ['fails with a number', soon(({ fail }) => fail(7)), unreported, 'navigation_failed'],
  [
    'fails with an errMsg that is no text',
    soon(({ fail }) => fail({ errMsg: 7 })),
    unreported,
    'navigation_failed',
  ],
  [
    'succeeds, then fails',
    soon(({ success, fail }) => (success(reported), fail({ errMsg: 'fail' }))),
    reported,
    'arrived',
  ],
  [
    'fails, then succeeds',
    soon(({ success, fail }) => (fail({ errMsg: 'fail' }), success(reported))),
    unreported,
    'navigation_failed',
  ],
  [
    'calls back twice',
    soon(({ success }) => (success(reported), success({}))),
    reported,
    'arrived',
  ],
  [
    'calls back, then throws',
    ({ success }: Callbacks) => (success(reported), broken()),
    reported,
    'arrived',
  ],
  [
    'calls back too late',
    ({ success }: Callbacks) => void setTimeout(() => success(reported), 15_000),
    unreported,
    'navigation_timeout',
  ],
]

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('getCurrentPages', createHost().getCurrentPages)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** How it ended within 12 s, and that it left no timer of its own. */
async function outcome(started: Promise<unknown>): Promise<unknown> {
  const ended = started.catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(12_000)
  return Promise.race([ended, Promise.resolve('still waiting')])
}

describe.each(calls)('a host whose call %s', (_how, call, battery, end) => {
  it('has a battery that is reported, or marked as unknown', async () => {
    vi.stubGlobal('uni', { getBatteryInfo: call })
    expect(await outcome(getBattery())).toEqual(battery)
  })

  it.each([
    ['opens a page', 'navigateTo', {}],
    ['replaces one', 'redirectTo', { replace: true }],
    ['starts anew', 'reLaunch', { root: true }],
  ])('%s, or says by its code why not', async (_what, name, options) => {
    vi.stubGlobal('uni', { [name]: call })
    const ended = await outcome(navigate(booking, options))
    if (end === 'arrived') return expect(ended).toBeUndefined()
    expect(ended).toBeInstanceOf(NavigationError)
    expect(ended).toMatchObject({ code: end })
  })

  it('can be navigated on afterwards', async () => {
    vi.stubGlobal('uni', { navigateTo: call })
    await outcome(navigate(booking))
    const host = createHost()
    vi.stubGlobal('uni', host.uni)
    vi.stubGlobal('getCurrentPages', host.getCurrentPages)
    expect(await outcome(navigate(booking))).toBeUndefined()
    expect(host.stack()).toContain(booking)
  })
})

it.each<[string, unknown]>([
  ['throws', broken],
  ['is missing', undefined],
  ['gives null', () => null],
  ['gives a text', () => 'home'],
  ['holds null and a text', () => [null, 'home']],
  ['holds a page with nothing', () => [{}]],
  ['holds a page whose options are null', () => [{ route: 'pages/home/home', options: null }]],
])('a host whose list of pages %s opens a page all the same', async (_how, getCurrentPages) => {
  const host = createHost()
  vi.stubGlobal('uni', host.uni)
  vi.stubGlobal('getCurrentPages', getCurrentPages)
  expect(await outcome(navigate(booking))).toBeUndefined()
  expect(host.stack()).toContain(booking)
})

/** Which of the host's answers about itself are broken, and how; what is assumed is documented. */
const answers: [string, unknown][] = [
  ['throws', broken],
  ['is missing', undefined],
  ['is no function', 7],
  ['gives nothing', () => undefined],
  ['gives null', () => null],
  ['gives {}', () => ({})],
  ['gives a text', () => 'iPhone'],
  ['gives a promise', () => Promise.resolve({ platform: 'ios', windowWidth: 390 })],
  [
    'gives wrong types',
    () => ({
      platform: 7,
      system: null,
      model: {},
      language: [],
      theme: 1,
      SDKVersion: 3,
      fontSizeScaleFactor: '1.2',
      pixelRatio: '2',
      screenWidth: null,
      screenHeight: -1,
      windowWidth: Number.NaN,
      windowHeight: 0,
      statusBarHeight: Number.POSITIVE_INFINITY,
      safeAreaInsets: 'none',
      deviceOrientation: true,
      bluetoothEnabled: 0,
      locationEnabled: 'false',
      wifiEnabled: null,
    }),
  ],
  [
    'has members that throw',
    () => ({
      get platform() {
        return broken()
      },
    }),
  ],
]

it.each(answers)(
  'a host whose every answer about itself %s is assumed to be a small phone',
  async (_how, call) => {
    vi.resetModules()
    const { getSystemInfo } = await import('../../../src/host/systemInfo')
    vi.stubGlobal('uni', {
      getDeviceInfo: call,
      getWindowInfo: call,
      getAppBaseInfo: call,
      getSystemSetting: call,
      getSystemInfoSync: call,
    })
    const { problems, ...values } = getSystemInfo()
    expect(values).toEqual({
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
    })
    const optional = ['theme', 'textScale']
    expect([...problems].sort()).toEqual(
      Object.keys(values)
        .filter((name) => !optional.includes(name))
        .sort(),
    )
  },
)
