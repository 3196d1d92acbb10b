import type { Boot } from '../wire'
import type { BuiltInServices } from './builtIns/builtIn'
import type { FileSystem } from './files/fileSystem'
import { createFileUrls } from './files/fileUrls'
import { isOwnPath } from './files/places'
import type { Privacy } from './privacy'
import { filePath, isAddress } from './urls'
import type { WechatCalls } from './wechatCalls'

/** What the services are made of, beside the parts that they hand on as they are. */
export interface ServiceParts extends Pick<
  BuiltInServices,
  | 'keyboard'
  | 'pageContainers'
  | 'versions'
  | 'navigate'
  | 'changeBar'
  | 'reportMissing'
  | 'warn'
  | 'share'
> {
  boot: Boot
  files: FileSystem
  privacy: Privacy
  wechat: WechatCalls
}

/** Makes what built-in components need of the rest of the runtime. */
export function createBuiltInServices(parts: ServiceParts): BuiltInServices {
  const { boot, files, privacy, wechat, ...handedOn } = parts
  const urlOf = createFileUrls(files)
  return {
    ...handedOn,
    platform: boot.platform,
    submitWithOpenType: boot.submitWithOpenType,
    isPrivacyAgreed: () => privacy.isAgreed(),
    assetUrl(src, owner) {
      if (isAddress(src)) return src
      if (!src.startsWith('wxfile:')) return `/assets${filePath(src, owner)}`
      // Of the app's own files the host has none: what shows them reports that they cannot be loaded.
      if (isOwnPath(src)) return urlOf(src) ?? 'data:,'
      return `/phone/${boot.id}/files?path=${encodeURIComponent(src)}`
    },
    openType: wechat.openType,
    async ask(api, options, open) {
      const outcome = await wechat.ask(api, options, open)
      return outcome.kind === 'ok' ? outcome.result : undefined
    },
  }
}
