// The handle on the running mini-program: `window.simulator` of its page.
import type { Boot, Theme } from '../wire'
import type { Bridge } from './bridge'
import { waitForCalm } from './calm'
import type { FileSystem } from './files/fileSystem'
import type { KeyboardState, SoftKeyboard } from './keyboard'
import type { Lifecycle } from './lifecycle'
import type { LoadedApp } from './loadedApp'
import type { PageStack } from './pageStack'
import type { Storage } from './storage'
import { scannedScene, scannedUrl, type ScannedCode } from '../scannedCode'
import { tapPoint, type Point } from './tapPoint'
import type { ThemeControl } from './theme'
import type { UpdateCount, Updates } from './updates'
import { parseUrl } from './urls'

/** What a driver, and the page around the phone, may do with the running mini-program. */
export interface SimulatorControl {
  state(): SimulatorState
  /** To the background and back. */
  hide(): void
  show(): void
  /** Pulls the page on top down; returns whether the page allows that. */
  pullDown(): boolean
  /** The phone's back key or gesture; returns whether it has left the app. */
  back(): boolean
  /** Stored values and files. */
  clearStorage(): void
  removeStorage(key: string): void
  /** Goes to a page and closes all others, as `wx.reLaunch` does; `url` as in `Boot`. */
  open(url: string): void
  /**
   * The person leaves the running app, scans a mini-program code, and is at its page: a warm start.
   */
  scan(code: ScannedCode): void
  keyboard(): KeyboardState
  /**
   * Brings an element that the keyboard covers within reach, as a person would before a tap on it,
   * and returns the point to tap; undefined where the driver has to wait for the element.
   */
  tapPoint(element: Element): Point | undefined
  /** What was sent to the view since the start, or since `resetUpdates`. */
  updates(): UpdateCount
  resetUpdates(): void
  /** Changes the phone between light and dark while the app runs. */
  setTheme(theme: Theme): void
  /** Resolves once every report so far has reached the host. */
  reported(): Promise<void>
  /** See `waitForCalm`. */
  calm(limit: number): Promise<boolean>
}

/** What can be seen of the running mini-program. */
export interface SimulatorState {
  /** The page on top. */
  route: string
  query: Record<string, string>
  title: string
  /** Whether the page on top shows that it is being refreshed. */
  isRefreshing: boolean
  /** All open pages, the first one first. */
  routes: string[]
  storage: Record<string, unknown>
}

declare global {
  interface Window {
    boot: Boot
    packedApp: LoadedApp
    simulator: SimulatorControl
  }
}

/** The parts of the runtime that the handle acts on. */
export interface SimulatorParts {
  bridge: Bridge
  keyboard: SoftKeyboard
  lifecycle: Lifecycle
  pages: PageStack
  storage: Storage
  files: FileSystem
  theme: ThemeControl
  updates: Updates
  back: SimulatorControl['back']
  /** The app's first page. */
  firstPage: string
  /** Calls a function of `wx`. */
  callApi(name: string, options: Record<string, unknown>): void
}

/** Makes the handle. */
export function createSimulatorControl(parts: SimulatorParts): SimulatorControl {
  const { bridge, keyboard, lifecycle, pages, storage, files, theme, updates, back, callApi } =
    parts
  const open = (url: string) => callApi('reLaunch', { url: `/${url.replace(/^\//, '')}` })
  return {
    state: () => ({
      route: pages.top?.route ?? '',
      query: pages.top?.query ?? {},
      title: pages.top?.title ?? '',
      isRefreshing: pages.top?.pullDown.isRefreshing ?? false,
      routes: pages.pages.map(({ route }) => route),
      storage: storage.entries(),
    }),
    hide: () => lifecycle.hide(),
    show: () => lifecycle.show(),
    back,
    pullDown() {
      const { isEnabled = false, start } = pages.top?.pullDown ?? {}
      if (isEnabled) start?.()
      return isEnabled
    },
    clearStorage() {
      storage.clear()
      files.clear()
    },
    removeStorage: (key) => storage.remove(key),
    open,
    scan(code) {
      const url = scannedUrl(code, parts.firstPage)
      lifecycle.enter(parseUrl(url, undefined), scannedScene)
      open(url)
    },
    keyboard: () => keyboard.state(),
    tapPoint(element) {
      keyboard.uncover(element)
      return tapPoint(element)
    },
    updates: updates.count,
    resetUpdates: updates.reset,
    setTheme: theme.set,
    reported: () => bridge.sent(),
    calm: (limit) => waitForCalm(bridge, limit),
  }
}
