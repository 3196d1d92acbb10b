import type { Boot } from '../../wire'
import type { Bars } from '../bars'
import type { Bridge } from '../bridge'
import type { Dialogues } from '../dialogues'
import type { FileSystem } from '../files/fileSystem'
import type { LoadedApp } from '../loadedApp'
import type { SoftKeyboard } from '../keyboard'
import type { Lifecycle } from '../lifecycle'
import type { PageContainers } from '../pageContainers'
import type { PageStack } from '../pageStack'
import type { Storage } from '../storage'
import type { Privacy } from '../privacy'
import type { Taps } from '../taps'
import type { ThemeControl } from '../theme'
import type { Versions } from '../versions'
import type { WechatCalls } from '../wechatCalls'

/** What the areas of `wx` are made of. */
export interface WxContext {
  boot: Boot
  app: LoadedApp
  bars: Bars
  bridge: Bridge
  dialogues: Dialogues
  keyboard: SoftKeyboard
  lifecycle: Lifecycle
  pages: PageStack
  pageContainers: PageContainers
  storage: Storage
  files: FileSystem
  wechat: WechatCalls
  privacy: Privacy
  theme: ThemeControl
  taps: Taps
  versions: Versions
  /** Turns an app's path (asset, temporary file, URL) into an address for the browser. */
  assetUrl(src: string): string
  /** Reports a function that is not modelled, once for each name. */
  reportMissing(name: string, message: string): void
}
