import { userDataPath } from '../files/places'
import { screens } from '../../screens'
import { capsuleOn } from '../screen'
import type { Platform } from '../../wire'
import { asyncApi, type Api } from './api'
import type { WxContext } from './context'

const devices: Record<Platform, { brand: string; model: string; system: string }> = {
  ios: { brand: 'iPhone', model: 'iPhone 13 mini', system: 'iOS 17.5' },
  android: { brand: 'Xiaomi', model: '2210132C', system: 'Android 14' },
  devtools: { brand: 'devtools', model: 'iPhone X', system: 'iOS 10.0.1' },
  ohos: { brand: 'HUAWEI', model: 'ALN-AL00', system: 'HarmonyOS 5.0.0' },
  ohos_pc: { brand: 'HUAWEI', model: 'MateBook', system: 'HarmonyOS 5.0.0' },
  windows: { brand: 'microsoft', model: 'microsoft', system: 'Windows 11 x64' },
  mac: { brand: 'apple', model: 'MacBookPro18,3', system: 'Mac OS X 14.5.0' },
}

/** What phone, window, WeChat and app this is. */
export function createDeviceApis({ app, boot, theme, versions }: WxContext): Api {
  const screen = screens[boot.platform]
  const { statusBar: statusBarHeight, safeBottom } = screen
  const pagesHeight = () => document.querySelector<HTMLElement>('#simulator-pages')!.clientHeight
  const getWindowInfo = () => {
    const [width, height] = [innerWidth, innerHeight]
    const top = statusBarHeight
    const bottom = height - safeBottom
    return {
      pixelRatio: devicePixelRatio,
      screenWidth: width,
      screenHeight: height,
      windowWidth: width,
      windowHeight: pagesHeight(),
      statusBarHeight,
      screenTop: document.querySelector('#simulator-pages')!.getBoundingClientRect().top,
      safeArea: { left: 0, right: width, top, bottom, width, height: bottom - top },
    }
  }
  const getDeviceInfo = () => ({
    ...devices[boot.platform],
    platform: boot.platform,
    abi: 'arm64-v8a',
    benchmarkLevel: 50,
    memorySize: '8192',
  })
  // Without what 16 × 1.1 has behind the decimals in binary.
  const fontSizeSetting = Math.round(16 * boot.fontScale * 100) / 100
  const getAppBaseInfo = () => ({
    SDKVersion: boot.sdkVersion,
    enableDebug: false,
    language: boot.language,
    version: '8.0.50',
    theme: theme.reported,
    ...(versions.supports('getAppBaseInfo.fontSizeSetting') && {
      fontSizeSetting,
      fontSizeScaleFactor: boot.fontScale,
    }),
    host: { env: 'WeChat' },
  })
  const getSystemSetting = () => ({
    bluetoothEnabled: true,
    locationEnabled: true,
    wifiEnabled: true,
    deviceOrientation: 'portrait',
  })
  const getAppAuthorizeSetting = () => ({
    albumAuthorized: 'authorized',
    bluetoothAuthorized: 'authorized',
    cameraAuthorized: 'authorized',
    locationAuthorized: 'authorized',
    locationReducedAccuracy: false,
    microphoneAuthorized: 'authorized',
    notificationAuthorized: 'authorized',
    phoneCalendarAuthorized: 'authorized',
  })
  const getSystemInfoSync = () => {
    if (boot.hasBatteryFault) {
      throw new Error("Input string is not a valid integer. Path 'batteryLevel'")
    }
    return {
      ...getWindowInfo(),
      ...getDeviceInfo(),
      ...getAppBaseInfo(),
      // Older here than there (1.5.0).
      fontSizeSetting,
      ...getSystemSetting(),
    }
  }
  return {
    getWindowInfo,
    getDeviceInfo,
    getAppBaseInfo,
    getSystemSetting,
    getAppAuthorizeSetting,
    getSystemInfoSync,
    getSystemInfo: asyncApi('getSystemInfo', getSystemInfoSync),
    getSystemInfoAsync: asyncApi('getSystemInfoAsync', getSystemInfoSync),
    getAccountInfoSync: () => ({
      miniProgram: { appId: app.appId, envVersion: 'develop', version: '' },
      plugin: {},
    }),
    getMenuButtonBoundingClientRect: () => {
      const { top, right: margin, width, height } = capsuleOn(screen)
      const right = innerWidth - margin
      return { top, bottom: top + height, left: right - width, right, width, height }
    },
    env: { USER_DATA_PATH: userDataPath },
  }
}
