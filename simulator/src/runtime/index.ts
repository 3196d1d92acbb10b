// Starts the mini-program in the page.
import type { Boot, PhoneMessage, Theme } from '../wire'
import { aimAt, type Point } from './aim'
import { createBack } from './back'
import { createBars } from './bars'
import { connectHost } from './bridge'
import type { BuiltInServices } from './builtIns/builtIn'
import { createDefinitions } from './definitions'
import { createDialogues } from './dialogues'
import { drawErrorPage } from './errorPage'
import { createFramework } from './framework'
import type { LoadedApp } from './loadedApp'
import { convertInlineLengths } from './inlineStyles'
import { createSoftKeyboard, sinkOnTaps, type KeyboardState } from './keyboard'
import { createLifecycle, startUrl } from './lifecycle'
import { createModuleLoader } from './modules'
import { createPageContainers } from './pageContainers'
import { createPageStack } from './pageStack'
import { createPrivacy } from './privacy'
import { applyScreen } from './screen'
import { createStorage } from './storage'
import { watchTaps } from './taps'
import { createTheme } from './theme'
import { createUpdates, type UpdateCount } from './updates'
import { parseUrl } from './urls'
import { createVersions } from './versions'
import { createWechatCalls } from './wechatCalls'
import { createWx } from './wx'
import type { ApiOptions } from './wx/api'

/** What a driver, and the page around the phone, may do with the running mini-program. */
export interface SimulatorControl {
  state(): SimulatorState
  /** To the background and back. */
  hide(): void
  show(): void
  /** Pulls the page on top down; gives whether it lets itself be pulled. */
  pullDown(): boolean
  /** The phone's back key or gesture; gives whether the app has been left by it. */
  back(): boolean
  clearStorage(): void
  removeStorage(key: string): void
  /** Goes to a page and closes all others, as `wx.reLaunch` does; `url` as in `Boot`. */
  open(url: string): void
  keyboard(): KeyboardState
  /**
   * Brings an element that the keyboard covers within reach, as a person would before a tap on it,
   * and gives the place to tap; undefined where it has to be waited for.
   */
  aim(element: Element): Point | undefined
  /** What was sent to the view since the start, or since `resetUpdates`. */
  updates(): UpdateCount
  resetUpdates(): void
  /** Changes the phone between light and dark while the app runs. */
  setTheme(theme: Theme): void
  /** Resolves once the host has been told of all that is wrong so far. */
  told(): Promise<void>
  /** Resolves with true once no call is under way and the view is drawn; with false after `limit` ms. */
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

const { boot, packedApp: app } = window

const describe = (reason: unknown) => {
  if (reason instanceof Error) return reason.stack ?? reason.message
  try {
    return typeof reason === 'object' ? JSON.stringify(reason) : String(reason)
  } catch {
    // Circular, as a page or an event is.
    return String(reason)
  }
}
const problemOf = (error: unknown) => {
  const [message = '', ...lines] = describe(error).split('\n')
  const stack = lines.join('\n')
  return { type: 'error' as const, message, ...(stack && { stack }) }
}
const onError = (error: unknown) => {
  console.error(describe(error))
  bridge.tell({ type: 'problem', problem: problemOf(error) })
  lifecycle.tell('Error', describe(error))
}

const missing = new Set<string>()
const reportMissing = (name: string, message: string) => {
  if (missing.has(name)) return
  missing.add(name)
  console.warn(message)
  bridge.tell({ type: 'problem', problem: { type: 'unanswered', name, message } })
}
/** Runs one step of the start; what it throws must not keep the others from being tried. */
const attempt = (step: () => void) => {
  try {
    step()
  } catch (error) {
    onError(error)
  }
}

const post = (message: PhoneMessage) => window.parent.postMessage(message, location.origin)
const bridge = connectHost(boot, post)
applyScreen(boot.platform)
document.documentElement.lang = boot.language === 'en' ? 'en' : 'zh-CN'
const versions = createVersions(boot.sdkVersion)
const theme = createTheme(app, boot.theme, boot.sdkVersion)
const dialogues = createDialogues(boot.language, app.config.window?.navigationBarTitleText ?? '')
const privacy = createPrivacy(app, boot, bridge, dialogues)
const storage = createStorage(boot.person, boot.storage, () => post({ changed: 'storage' }))
const keyboard = createSoftKeyboard(boot)
const pageContainers = createPageContainers()
const wechat = createWechatCalls(bridge, dialogues, privacy, app)
const callApi = (name: string, options: ApiOptions) => {
  const api = wx[name]
  if (typeof api === 'function') api({ ...options, fail: (error: unknown) => onError(error) })
}
const services: BuiltInServices = {
  platform: boot.platform,
  submitWithOpenType: boot.submitWithOpenType,
  isPrivacyAgreed: () => privacy.isAgreed(),
  keyboard,
  pageContainers,
  assetUrl(src) {
    if (/^(https?|data|blob):/.test(src)) return src
    if (!src.startsWith('wxfile:')) return `/assets/${src.replace(/^\//, '')}`
    return `/phone/${boot.id}/files?path=${encodeURIComponent(src)}`
  },
  versions,
  openType: wechat.openType,
  async ask(api, options) {
    const outcome = await wechat.ask(api, options)
    return outcome.kind === 'ok' ? outcome.result : undefined
  },
  navigate: callApi,
  reportMissing,
  share: (dataset) => pages.top?.call('onShareAppMessage', { from: 'button', target: { dataset } }),
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
const calmDown = async () => {
  await frame()
  // Twice: what the answers changed may have made calls of its own.
  for (let round = 0; round < 2 && bridge.isBusy(); round += 1) {
    await bridge.idle()
    await frame()
  }
  await frame()
}

convertInlineLengths()
sinkOnTaps(keyboard)
const framework = createFramework(app, services, onError)
const modules = createModuleLoader(app.modules)
const updates = createUpdates()
const definitions = createDefinitions(framework, modules, app, updates, onError)
const bars = createBars(
  app,
  theme,
  // Its arrow leaves the page whatever lies over it.
  () => pages.navigateBack(1),
  ({ pagePath, text }) => {
    const top = pages.top
    callApi('switchTab', { url: `/${pagePath}` })
    top?.call('onTabItemTap', { pagePath, text })
  },
)
const pages = createPageStack(app, framework, definitions, bars, theme, boot.language, {
  onError,
  onShow: (route) => bridge.tell({ type: 'life', event: 'page', route }),
})
const url = startUrl(boot, app.pages)
const lifecycle = createLifecycle(
  parseUrl(url, undefined),
  definitions,
  () => pages,
  bridge,
  onError,
)
const wx = createWx({
  boot,
  app,
  bars,
  bridge,
  dialogues,
  keyboard,
  lifecycle,
  pages,
  pageContainers,
  storage,
  wechat,
  reportMissing,
  privacy,
  theme,
  taps: watchTaps(boot.platform),
  versions,
})
const back = createBack({
  platform: boot.platform,
  dialogues,
  keyboard,
  pageContainers,
  pages,
  lifecycle,
})
bridge.onNetwork((isConnected) => {
  const networkType = isConnected ? 'wifi' : 'none'
  lifecycle.tell('NetworkStatusChange', { isConnected, networkType })
})
theme.onChange(() => {
  if (theme.told) lifecycle.tell('ThemeChange', { theme: theme.told })
})

window.simulator = {
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
  clearStorage: () => storage.clear(),
  removeStorage: (key) => storage.remove(key),
  open: (to) => callApi('reLaunch', { url: `/${to.replace(/^\//, '')}` }),
  keyboard: () => keyboard.state(),
  aim(element) {
    keyboard.uncover(element)
    return aimAt(element)
  },
  updates: updates.count,
  resetUpdates: updates.reset,
  setTheme: theme.set,
  told: () => bridge.told(),
  calm: (limit) =>
    Promise.race([
      calmDown().then(() => true),
      new Promise<boolean>((resolve) => setTimeout(resolve, limit, false)),
    ]),
}

addEventListener('error', ({ error, message }) => {
  bridge.tell({ type: 'problem', problem: problemOf(error ?? message) })
  lifecycle.tell('Error', describe(error ?? message))
})
addEventListener('unhandledrejection', (event) => {
  // The browser would print "[object Object]" for what WeChat's APIs reject with.
  event.preventDefault()
  console.error(`Unhandled promise rejection: ${describe(event.reason)}`)
  bridge.tell({ type: 'problem', problem: problemOf(event.reason) })
  lifecycle.tell('UnhandledRejection', { reason: event.reason, promise: event.promise })
})

// uni-app's vendor.js reassigns Page and Component, so they must be real globals.
const { App, Page, Component, Behavior, define } = definitions
Object.assign(window, {
  wx,
  App,
  Page,
  Component,
  Behavior,
  global: {},
  getApp: () => definitions.app,
  getCurrentPages: () => pages.pages.map(({ caller }) => caller),
})

const updatePageHeight = () => {
  const height = document.querySelector<HTMLElement>('#simulator-pages')!.clientHeight
  document.documentElement.style.setProperty('--page-vh', `${height / 100}px`)
}
new ResizeObserver(updatePageHeight).observe(document.querySelector('#simulator-pages')!)

for (const { file, message } of app.problems) {
  const line = `${file}: ${message}`
  console.error(line)
  bridge.tell({ type: 'problem', problem: { type: 'compiled', message: line } })
}
attempt(() => modules.load('app.js'))
for (const page of app.config.pages) define(page)
attempt(() => lifecycle.launch())
try {
  pages.start(url)
} catch (error) {
  onError(error)
  const fault = { file: url, message: (error as Error).message }
  document.querySelector('#simulator-pages')!.append(drawErrorPage(fault, boot.language))
}
document.documentElement.dataset.started = 'true'
