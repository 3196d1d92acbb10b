import type { PrivacyListener } from '../privacy'
import { asyncApi, type Api } from './api'
import { askWechat } from './askWechat'
import type { WxContext } from './context'

/** What an app does about the privacy terms by itself. */
export function createPrivacyApis(context: WxContext): Api {
  const ask = (name: string) => asyncApi(name, (options) => askWechat(context, name, options))
  return {
    getPrivacySetting: ask('getPrivacySetting'),
    requirePrivacyAuthorize: ask('requirePrivacyAuthorize'),
    openPrivacyContract: ask('openPrivacyContract'),
    onNeedPrivacyAuthorization: (listener: PrivacyListener) => context.privacy.listen(listener),
  }
}
