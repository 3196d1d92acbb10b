import type { AppEvent } from '../lifecycle'
import { asyncApi, type Api } from './api'
import type { WxContext } from './context'

const events: AppEvent[] = [
  'AppShow',
  'AppHide',
  'Error',
  'UnhandledRejection',
  'PageNotFound',
  'ThemeChange',
  'NetworkStatusChange',
]

/** Events that never happen here; apps may listen all the same. */
const silent = [
  'MemoryWarning',
  'WindowResize',
  'UserCaptureScreen',
  'AudioInterruptionBegin',
  'AudioInterruptionEnd',
  'MenuButtonBoundingClientRectWeightChange',
]

/** Launch options, listeners, and the managers that apps ask for at launch. */
export function createLifeApis({ lifecycle }: WxContext): Api {
  const api: Api = {
    getLaunchOptionsSync: () => lifecycle.launchOptions,
    getEnterOptionsSync: () => lifecycle.enterOptions,
    // For apps of a third-party platform (WeChat: ext.json); others have none.
    getExtConfigSync: () => ({}),
    getExtConfig: asyncApi('getExtConfig', () => ({ extConfig: {} })),
    getUpdateManager: () => ({
      onCheckForUpdate() {},
      onUpdateReady() {},
      onUpdateFailed() {},
      applyUpdate() {},
    }),
    getLogManager: () => ({ debug() {}, info() {}, log() {}, warn() {} }),
    getRealtimeLogManager: () => ({ info() {}, warn() {}, error() {} }),
  }
  // WeChat's statistics: what is sent there shows nowhere in the app.
  for (const name of ['reportAnalytics', 'reportEvent', 'reportMonitor', 'reportPerformance'])
    api[name] = () => {}
  for (const event of events) {
    api[`on${event}`] = (listener: (value: unknown) => void) => lifecycle.on(event, listener)
    api[`off${event}`] = (listener?: (value: unknown) => void) => lifecycle.off(event, listener)
  }
  for (const event of silent) {
    api[`on${event}`] = () => {}
    api[`off${event}`] = () => {}
  }
  return api
}
