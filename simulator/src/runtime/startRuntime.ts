import type { Boot, PhoneMessage } from '../wire'
import { createBack } from './back'
import { createBars } from './bars'
import type { Bridge } from './bridge'
import { createBuiltInServices } from './builtInServices'
import { createDefinitions } from './definitions'
import { createDialogues } from './dialogues'
import { createFileSystem } from './files/fileSystem'
import { createKeptFiles, forgetKeptFiles } from './files/keptFiles'
import { createReadOnlyFiles } from './files/readOnlyFiles'
import { createFramework } from './framework'
import { convertInlineLengths } from './inlineStyles'
import { createSoftKeyboard, dismissOnTaps } from './keyboard'
import { createLifecycle, startUrl } from './lifecycle'
import type { LoadedApp } from './loadedApp'
import { createLoopWatch } from './loopWatch'
import { createModuleLoader } from './modules'
import { createPageContainers } from './pageContainers'
import { createPageStack } from './pageStack'
import { createPrivacy } from './privacy'
import { createProblemReports } from './problems'
import { applyScreen, followPageHeight } from './screen'
import { createSimulatorControl } from './simulatorControl'
import { startApp } from './startApp'
import { createStorage, forgetStoredValues } from './storage'
import { createStoredReport } from './storedReport'
import { watchTaps } from './taps'
import { createTheme } from './theme'
import { createUpdates } from './updates'
import { parseUrl } from './urls'
import { createVersions } from './versions'
import { createWechatCalls } from './wechatCalls'
import { createWx, type Api } from './wx'

/** How often it is noted that tasks end, in ms; see `loopWatch.ts`. */
const taskInterval = 250

/**
 * Starts the mini-program in its page: the phone, WeChat's framework, the pages, `wx`, and at last the
 * app itself; `post` reports to the workbench around the phone. Some parts call others that are made after them; nothing
 * does so before all are made.
 */
export function startRuntime(
  boot: Boot,
  app: LoadedApp,
  bridge: Bridge,
  post: (message: PhoneMessage) => void,
): void {
  const { platform, language, sdkVersion } = boot
  const problems = createProblemReports(bridge, (event, value) => lifecycle.tell(event, value))

  // The phone, and WeChat on it.
  applyScreen(platform)
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN'
  const versions = createVersions(sdkVersion)
  const theme = createTheme(app, boot.theme, boot)
  const dialogues = createDialogues(language, app.name?.text)
  const privacy = createPrivacy(app, boot, bridge, dialogues)
  if (boot.isCleared) {
    forgetStoredValues()
    forgetKeptFiles()
  }
  const reportStored = createStoredReport(() => storage.entries(), post)
  const owner = `${boot.appKey}:${boot.person}`
  const storage = createStorage(owner, boot.storage, reportStored)
  reportStored()
  const files = createFileSystem(createKeptFiles(owner), createReadOnlyFiles(boot.id), (path) =>
    bridge.tell({ type: 'file', path, base64: null }),
  )
  const keyboard = createSoftKeyboard(boot)
  dismissOnTaps(keyboard)
  const taps = watchTaps(platform)
  const wechat = createWechatCalls(bridge, dialogues, privacy, app)

  // The framework with the built-in components, and the constructors that the app calls.
  const callApi = (name: string, options: Record<string, unknown>) => {
    const api = wx[name]
    if (typeof api === 'function') api({ ...options, fail: problems.onError })
  }
  const pageContainers = createPageContainers()
  const services = createBuiltInServices({
    boot,
    files,
    privacy,
    wechat,
    keyboard,
    pageContainers,
    versions,
    navigate: callApi,
    changeBar(dom, change) {
      const page = pages.pages.find((one) => one.contains(dom))
      if (page) Object.assign(page, change)
      pages.refreshBars()
    },
    reportMissing: problems.onMissing,
    warn: problems.onMistake,
    share: (dataset) =>
      pages.top?.call('onShareAppMessage', { from: 'button', target: { dataset } }),
  })
  convertInlineLengths()
  const tick = createLoopWatch(
    () => performance.now(),
    (note) => window.setInterval(note, taskInterval),
  )
  const framework = createFramework(app, services, problems.onError, tick)
  const appGlobal = {}
  const modules = createModuleLoader(app.modules, appGlobal, app.config.resolveAlias, tick)
  const updates = createUpdates()
  const definitions = createDefinitions(framework, modules, app, updates, problems.onError)

  // The pages, the bars around them, and the app's life.
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
  const pages = createPageStack(app, framework, definitions, bars, theme, language, {
    onError: problems.onError,
    onShow: (route) => bridge.tell({ type: 'life', event: 'page', route }),
  })
  const url = startUrl(boot, app.pages)
  const target = parseUrl(url, undefined)
  const lifecycle = createLifecycle(
    target,
    boot.scene,
    definitions,
    () => pages,
    bridge,
    problems.onError,
  )
  bridge.onNetwork((isConnected) => {
    const networkType = isConnected ? 'wifi' : 'none'
    lifecycle.tell('NetworkStatusChange', { isConnected, networkType })
  })
  theme.onChange(() => {
    if (theme.reported) lifecycle.tell('ThemeChange', { theme: theme.reported })
  })

  // What the app and the driver call.
  const wx: Api = createWx({
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
    files,
    wechat,
    assetUrl: services.assetUrl,
    reportMissing: problems.onMissing,
    privacy,
    theme,
    taps,
    versions,
  })
  const back = createBack({ platform, dialogues, keyboard, pageContainers, pages, lifecycle })
  window.simulator = createSimulatorControl({
    bridge,
    keyboard,
    lifecycle,
    pages,
    storage,
    files,
    theme,
    updates,
    back,
    firstPage: app.pages[0] ?? '',
    callApi,
  })
  problems.watchWindow()
  const { App, Page, Component, Behavior } = definitions
  // uni-app's vendor.js reassigns Page and Component, so they must be real globals.
  Object.assign(window, {
    wx,
    App,
    Page,
    Component,
    Behavior,
    global: appGlobal,
    getApp: () => definitions.app,
    getCurrentPages: () => pages.pages.map(({ caller }) => caller),
  })
  followPageHeight()

  startApp({ app, url, language, modules, definitions, lifecycle, pages, problems })
  document.documentElement.dataset.started = 'true'
}
