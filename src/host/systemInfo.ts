/** Facts about the phone and the host. Lengths are in CSS px. */
export interface SystemInfo {
  /** `ios`, `android`, `ohos`, `windows`, `mac`, `devtools` …; `unknown` if not reported. */
  platform: string
  /** Name and version of the operating system, e.g. `iOS 17.4`; `unknown` if not reported. */
  system: string
  /** Model of the phone; `unknown` if not reported. */
  model: string
  /** As the host spells it, e.g. `zh_CN` or `zh-CN`; `zh_CN` if not reported. */
  language: string
  /** `light` if not reported: WeChat reports it only to apps that declare `darkmode`. */
  theme: 'light' | 'dark'
  /** WeChat's font size setting: 1 for the standard size, up to about 1.4; 1 if not reported. */
  textScale: number
  /** Version of WeChat's base library, e.g. `3.4.1`; empty outside of WeChat. */
  sdkVersion: string
  /** 2 if not reported. The lengths below default to those of a small phone. */
  pixelRatio: number
  screenWidth: number
  screenHeight: number
  windowWidth: number
  windowHeight: number
  statusBarHeight: number
  /** What the notch and the home bar take from each side. */
  safeAreaInsets: { top: number; right: number; bottom: number; left: number }
  /** Derived from the screen's sides if not reported. */
  deviceOrientation: 'portrait' | 'landscape'
  /** The phone's own switches; `undefined` if not reported, as in H5. */
  bluetoothEnabled: boolean | undefined
  locationEnabled: boolean | undefined
  wifiEnabled: boolean | undefined
  /** The values above that the host did not report, or reported wrongly. */
  problems: readonly Exclude<keyof SystemInfo, 'problems' | 'theme' | 'textScale'>[]
}

type Answer = Readonly<Record<string, unknown>>
type Name = SystemInfo['problems'][number]

/** Status bar and navigation bar, if the host does not report the window. */
const barHeights = 64

/** What cannot change while the app runs, as the host reported it. */
const constants = new Map<Name, unknown>()
const constantNames: readonly Name[] = ['platform', 'system', 'model', 'sdkVersion']

/**
 * Reads the facts about the phone. It calls `getDeviceInfo`, `getWindowInfo`, `getAppBaseInfo` and
 * `getSystemSetting` (WeChat: since 2.20.1). For what they lack it calls `getSystemInfoSync`, which is
 * unmaintained, may return `{}` (WeChat: wx.getSystemInfoSync), and at times throws over a battery
 * level that is no integer. `platform`, `system`, `model` and `sdkVersion` are kept once reported; all
 * others are read on each call.
 * @returns every value, with defaults for those listed in `problems`. Never throws.
 * @example
 * import { getSystemInfo } from 'watchword/host'
 *
 * const { locationEnabled } = getSystemInfo()
 * if (locationEnabled === false) uni.showToast({ title: '请打开手机的定位', icon: 'none' })
 */
export function getSystemInfo(): SystemInfo {
  const problems: Name[] = []
  const device = once(() => uni.getDeviceInfo())
  const screen = once(() => uni.getWindowInfo())
  const app = once(() => uni.getAppBaseInfo())
  const setting = once(() => uni.getSystemSetting())
  // It logs a warning of its own: asked only where another says too little.
  const older = once(() => uni.getSystemInfoSync())

  function read<T, U>(
    source: () => Answer,
    name: Name,
    accept: (value: unknown) => T | undefined,
    assumed: U,
    key: string = name,
  ): T | U {
    if (constants.has(name)) return constants.get(name) as T
    const reported = accept(source()[key]) ?? accept(older()[key])
    if (reported === undefined) problems.push(name)
    else if (constantNames.includes(name)) constants.set(name, reported)
    return reported ?? assumed
  }

  const screenWidth = read(screen, 'screenWidth', readSize, 375)
  const screenHeight = read(screen, 'screenHeight', readSize, 667)
  const sides = screenWidth > screenHeight ? 'landscape' : 'portrait'
  // Where `darkmode` is not declared WeChat reports no theme by either call; the older one is asked
  // where the other reports nothing: below 2.20.1 uni-app's getAppBaseInfo exists, but throws.
  const { theme } = app().language === undefined ? older() : app()
  return {
    platform: read(device, 'platform', readName, 'unknown'),
    system: read(device, 'system', readName, 'unknown'),
    model: read(device, 'model', readName, 'unknown'),
    language: read(app, 'language', readName, 'zh_CN'),
    theme: theme === 'dark' ? 'dark' : 'light',
    textScale: readTextScale(app()) ?? readTextScale(older()) ?? 1,
    sdkVersion: read(app, 'sdkVersion', readText, '', 'SDKVersion'),
    pixelRatio: read(screen, 'pixelRatio', readSize, 2),
    screenWidth,
    screenHeight,
    windowWidth: read(screen, 'windowWidth', readSize, screenWidth),
    windowHeight: read(screen, 'windowHeight', readSize, screenHeight - barHeights),
    statusBarHeight: read(screen, 'statusBarHeight', readLength, 20),
    safeAreaInsets: read(
      screen,
      'safeAreaInsets',
      (value) => readInsets(value, screenWidth, screenHeight),
      { top: 20, right: 0, bottom: 0, left: 0 },
    ),
    deviceOrientation: read(setting, 'deviceOrientation', readOrientation, sides),
    bluetoothEnabled: read(setting, 'bluetoothEnabled', readSwitch, undefined),
    locationEnabled: read(setting, 'locationEnabled', readSwitch, undefined),
    wifiEnabled: read(setting, 'wifiEnabled', readSwitch, undefined),
    problems,
  }
}

/** Gives what the call returned; nothing if it is missing, throws or returns no object. */
function once(call: () => unknown): () => Answer {
  let answer: Answer | undefined
  return () => {
    if (answer) return answer
    try {
      answer = { ...(call() as Answer | null | undefined) }
    } catch {
      answer = {}
    }
    return answer
  }
}

const readText = (value: unknown) => (typeof value === 'string' ? value : undefined)

const readName = (value: unknown) => readText(value) || undefined

function readLength(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

const readSize = (value: unknown) => readLength(value) || undefined

const readSwitch = (value: unknown) => (typeof value === 'boolean' ? value : undefined)

const readOrientation = (value: unknown) =>
  value === 'portrait' || value === 'landscape' ? value : undefined

/** WeChat reports the scale since 2.23.4, and before that the size in px, of which 16 is standard. */
function readTextScale({ fontSizeScaleFactor, fontSizeSetting }: Answer): number | undefined {
  const size = readSize(fontSizeSetting)
  return readSize(fontSizeScaleFactor) ?? (size && size / 16)
}

/** uni-app makes them of WeChat's `safeArea`; one of zeros leaves no room on the screen. */
function readInsets(
  value: unknown,
  width: number,
  height: number,
): SystemInfo['safeAreaInsets'] | undefined {
  const sides: Answer = { ...(value as Answer | null | undefined) }
  const top = readLength(sides.top) ?? height
  const right = readLength(sides.right) ?? width
  const bottom = readLength(sides.bottom) ?? height
  const left = readLength(sides.left) ?? width
  return top + bottom < height && left + right < width ? { top, right, bottom, left } : undefined
}
