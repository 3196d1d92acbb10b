import type { Api } from './api'
import { createAskedApis } from './asked'
import type { WxContext } from './context'
import { createDeviceApis } from './device'
import { createLifeApis } from './life'
import { createLoginApis } from './login'
import { createNetworkApis } from './network'
import { createRouteApis } from './routes'
import { createStorageApis } from './storage'
import { createUiApis } from './ui'
import { createPrivacyApis } from './privacy'
import { createSettingApis } from './settings'
import { createCanIUse, withoutNewer } from './versions'

/** The app's `wx`. What is not modelled, or newer than the base library, is absent from it. */
export function createWx(context: WxContext): Api {
  const { versions } = context
  const api = withoutNewer(
    {
      ...createAskedApis(context),
      ...createLoginApis(context),
      ...createPrivacyApis(context),
      ...createSettingApis(context),
      ...createNetworkApis(context),
      ...createStorageApis(context),
      ...createUiApis(context),
      ...createRouteApis(context),
      ...createDeviceApis(context),
      ...createLifeApis(context),
    },
    versions,
  )
  return { ...api, canIUse: createCanIUse(api, versions) }
}
