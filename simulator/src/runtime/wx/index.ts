import type { Api } from './api'
import { createCanvasApis } from './canvas'
import { createClipboardApis } from './clipboard'
import type { WxContext } from './context'
import { createDeviceApis } from './device'
import { createFileApis } from './files'
import { createForwardedApis } from './forwarded'
import { createLifeApis } from './life'
import { createLoginApis } from './login'
import { createNetworkApis } from './network'
import { createRouteApis } from './routes'
import { createStorageApis } from './storage'
import { createUiApis } from './ui'
import { createPrivacyApis } from './privacy'
import { createSettingApis } from './settings'
import { createUnknownApis } from './unknown'
import { createCanIUse, withoutNewer } from './versions'

export type { Api } from './api'

/**
 * The app's `wx`. What is newer than the base library is absent; what WeChat has and the simulator
 * does not model exists, but fails and is reported, and `canIUse` says no to it.
 */
export function createWx(context: WxContext): Api {
  const { versions } = context
  const files = createFileApis(context)
  const modelled = {
    ...createForwardedApis(context),
    ...createClipboardApis(context),
    ...createLoginApis(context),
    ...createPrivacyApis(context),
    ...createSettingApis(context),
    ...createNetworkApis(context),
    ...files.api,
    ...createStorageApis(context),
    ...createUiApis(context),
    ...createCanvasApis(context),
    ...createRouteApis(context),
    ...createDeviceApis(context),
    ...createLifeApis(context),
  }
  const api = withoutNewer(modelled, versions)
  const canIUse = createCanIUse(api, { FileSystemManager: files.members }, versions)
  const { sdkVersion } = context.boot
  const unknown = createUnknownApis({ ...modelled, canIUse }, sdkVersion, context.reportMissing)
  return { ...unknown, ...api, canIUse }
}
