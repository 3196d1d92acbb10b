import type { PackedApp } from '../pack/packedApp'
import { usualSdkVersion } from '../platforms'
import { scannedScene, scannedUrl, type ScannedCode } from '../scannedCode'
import type { Boot } from '../wire'
import { appKeyOf } from './appKey'
import type { MiniProgramOptions } from './miniProgramOptions'
import type { Permissions } from './permissions'

/** WeChat's number for an app that was opened from the list of apps (WeChat: 场景值). */
const usualScene = 1001

/** The phone as it was ordered, with a default for every part. */
export const phoneOf = ({
  platform = 'ios',
  sdkVersion = usualSdkVersion(platform),
  theme = 'light',
  language = 'zh_CN',
  fontScale = 1,
  hasBatteryFault = false,
  submitWithOpenType = 'both',
}: MiniProgramOptions) => ({
  platform,
  sdkVersion,
  theme,
  language,
  fontScale,
  hasBatteryFault,
  submitWithOpenType,
})

/** The starts of one mini-program on its phone. */
export interface Starts {
  /** Where the next one is. */
  at(place: string | ScannedCode): void
  /** What the page begins its start of this number with; the first is 1. */
  boot(generation: number): Boot
}

/** What all starts have in common. */
export interface StartParts {
  id: string
  app: PackedApp
  person: string
  phone: ReturnType<typeof phoneOf>
  permissions: Permissions
  options: MiniProgramOptions
}

/** Begins where the options say. */
export function createStarts(parts: StartParts): Starts {
  const { id, app, person, phone, permissions, options } = parts
  const appKey = appKeyOf(app)
  const startOf = (place: string | ScannedCode) =>
    typeof place === 'string'
      ? { url: place, scene: usualScene }
      : { url: scannedUrl(place, app.pages[0] ?? ''), scene: scannedScene }
  let start = startOf(options.code ?? options.url ?? '')
  return {
    at(place) {
      start = startOf(place)
    },
    boot(generation) {
      const terms = options.side ? options.side.next('requirePrivacyAuthorize', {}) : 'unknown'
      const willAgree = terms === undefined || terms === 'allow'
      const isPrivacyAgreed = permissions.isPrivacyAgreed || willAgree
      const boot: Boot = { id, appKey, person, generation, ...start, ...phone, isPrivacyAgreed }
      if (generation > 1) return boot
      return {
        ...boot,
        ...(options.isCleared && { isCleared: true }),
        ...(options.storage && { storage: options.storage }),
      }
    },
  }
}
