import type { AppEvent } from '../lifecycle'
import type { Api } from './api'
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
]

/** Launch options, listeners, and the managers that apps ask for at launch. */
export function createLifeApis({ lifecycle }: WxContext): Api {
  const api: Api = {
    getLaunchOptionsSync: () => lifecycle.launchOptions,
    getEnterOptionsSync: () => lifecycle.enterOptions,
    getUpdateManager: () => ({
      onCheckForUpdate() {},
      onUpdateReady() {},
      onUpdateFailed() {},
      applyUpdate() {},
    }),
    getLogManager: () => ({ debug() {}, info() {}, log() {}, warn() {} }),
    getRealtimeLogManager: () => ({ info() {}, warn() {}, error() {} }),
  }
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
