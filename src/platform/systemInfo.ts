/** Facts of the phone and the host. Lengths are in CSS px. */
export interface SystemInfo {
  /** `ios`, `android`, `ohos`, `windows`, `mac`, `devtools` …; `unknown` if not told. */
  platform: string
  /** Name and version of the operating system, e.g. `iOS 17.4`; `unknown` if not told. */
  system: string
  /** `unknown` if not told. */
  model: string
  /** As the host spells it, e.g. `zh_CN` or `zh-CN`; `zh_CN` if not told. */
  language: string
  /** `light` if not told: WeChat tells only where `darkmode` is declared. */
  theme: 'light' | 'dark'
  /** WeChat's font size setting, 1 for its standard size (up to 1.4 or so); 1 if not told. */
  textScale: number
  /** Version of WeChat's base library, e.g. `3.4.1`; empty where there is none. */
  sdkVersion: string
  /** 2 if not told, as are the lengths of a small phone below. */
  pixelRatio: number
  screenWidth: number
  screenHeight: number
  windowWidth: number
  windowHeight: number
  statusBarHeight: number
  /** What notch and home bar take from each side. */
  safeAreaInsets: { top: number; right: number; bottom: number; left: number }
  /** The values above that the host did not tell, or told as nonsense. */
  problems: readonly Exclude<keyof SystemInfo, 'problems' | 'theme' | 'textScale'>[]
}

type Answer = Readonly<Record<string, unknown>>

/**
 * Asks the host anew at each call; never throws, and every value is there. It asks
 * `getDeviceInfo`, `getWindowInfo` and `getAppBaseInfo`, and for what they lack
 * `getSystemInfoSync`, which is unmaintained, may return `{}` (WeChat: wx.getSystemInfoSync)
 * and has been seen to throw over a battery level that is no integer.
 */
export function getSystemInfo(): SystemInfo {
  const problems: SystemInfo['problems'][number][] = []
  const device = ask(() => uni.getDeviceInfo())
  const screen = ask(() => uni.getWindowInfo())
  const app = ask(() => uni.getAppBaseInfo())
  let rest: Answer | undefined

  function read<T>(
    source: Answer,
    name: (typeof problems)[number],
    accept: (value: unknown) => T | undefined,
    assumed: T,
    key: string = name,
  ): T {
    const told = accept(source[key])
    if (told !== undefined) return told
    // Asked for only now: it logs a warning of its own.
    rest ??= ask(() => uni.getSystemInfoSync())
    const older = accept(rest[key])
    if (older === undefined) problems.push(name)
    return older ?? assumed
  }

  return {
    platform: read(device, 'platform', readName, 'unknown'),
    system: read(device, 'system', readName, 'unknown'),
    model: read(device, 'model', readName, 'unknown'),
    language: read(app, 'language', readName, 'zh_CN'),
    sdkVersion: read(app, 'sdkVersion', readText, '', 'SDKVersion'),
    pixelRatio: read(screen, 'pixelRatio', readSize, 2),
    screenWidth: read(screen, 'screenWidth', readSize, 375),
    screenHeight: read(screen, 'screenHeight', readSize, 667),
    windowWidth: read(screen, 'windowWidth', readSize, 375),
    windowHeight: read(screen, 'windowHeight', readSize, 603),
    statusBarHeight: read(screen, 'statusBarHeight', readLength, 20),
    safeAreaInsets: read(screen, 'safeAreaInsets', readInsets, {
      top: 20,
      right: 0,
      bottom: 0,
      left: 0,
    }),
    textScale: readTextScale(app) ?? readTextScale(rest ?? {}) ?? 1,
    theme: [app.theme, rest?.theme].includes('dark') ? 'dark' : 'light',
    problems,
  }
}

/** What the call returned; nothing if it is missing, throws or returns no object. */
function ask(call: () => unknown): Answer {
  try {
    return { ...(call() as Answer | null | undefined) }
  } catch {
    return {}
  }
}

const readText = (value: unknown) => (typeof value === 'string' ? value : undefined)

const readName = (value: unknown) => readText(value) || undefined

function readLength(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

const readSize = (value: unknown) => readLength(value) || undefined

/** The scale is told from 2.23.4 on; before that the size in px, 16 of them being the standard. */
function readTextScale({ fontSizeScaleFactor, fontSizeSetting }: Answer): number | undefined {
  const size = readSize(fontSizeSetting)
  return readSize(fontSizeScaleFactor) ?? (size && size / 16)
}

function readInsets(value: unknown): SystemInfo['safeAreaInsets'] | undefined {
  const sides: Answer = { ...(value as Answer | null | undefined) }
  const top = readLength(sides.top)
  const right = readLength(sides.right)
  const bottom = readLength(sides.bottom)
  const left = readLength(sides.left)
  if (top === undefined || right === undefined || bottom === undefined || left === undefined) {
    return undefined
  }
  return { top, right, bottom, left }
}
