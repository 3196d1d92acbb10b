import type { Api } from './api'
import { createAskedApis } from './asked'
import type { WxContext } from './context'
import { createDeviceApis } from './device'
import { createLifeApis } from './life'
import { createNetworkApis } from './network'
import { createRouteApis } from './routes'
import { createStorageApis } from './storage'
import { createUiApis } from './ui'
import { createCanIUse, withoutNewer } from './versions'

/** The app's `wx`. What is not modelled, or newer than the base library, is absent from it. */
export function createWx(context: WxContext): Api {
  const { sdkVersion } = context.boot
  const api = withoutNewer(
    {
      ...createAskedApis(context),
      ...createNetworkApis(context),
      ...createStorageApis(context),
      ...createUiApis(context),
      ...createRouteApis(context),
      ...createDeviceApis(context),
      ...createLifeApis(context),
    },
    sdkVersion,
  )
  return { ...api, canIUse: createCanIUse(api, sdkVersion) }
}
