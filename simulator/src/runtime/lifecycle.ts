import type { Boot } from '../wire'
import type { Bridge } from './bridge'
import type { Definitions } from './definitions'
import type { PageStack } from './pageStack'
import type { Target } from './urls'

/** What an app receives when it starts or comes back. */
export interface EnterOptions {
  path: string
  query: Record<string, string>
  scene: number
  referrerInfo: Record<string, unknown>
  shareTicket: undefined
}

/** Events of the app's life that `wx.on…` listens to. */
export type AppEvent =
  | 'AppShow'
  | 'AppHide'
  | 'Error'
  | 'UnhandledRejection'
  | 'PageNotFound'
  | 'ThemeChange'
  | 'NetworkStatusChange'

/** The app's way from start to background and back. */
export interface Lifecycle {
  readonly launchOptions: EnterOptions
  /** With what the app was last entered: at launch, or when it came back. */
  readonly enterOptions: EnterOptions
  on(event: AppEvent, listener: (value: unknown) => void): void
  off(event: AppEvent, listener?: (value: unknown) => void): void
  /** Reports an event to the app: to its own function first, then to the listeners. */
  tell(event: AppEvent, value: unknown): void
  /** Runs `onLaunch` and `onShow`. */
  launch(): void
  hide(): void
  show(): void
  /** Somebody who has left the app opens it again in another way, at a page of its own. */
  enter(target: Target, scene: number): void
}

/** The app's own functions for them; there is none for the network. */
const handlers: Partial<Record<AppEvent, string>> = {
  AppShow: 'onShow',
  AppHide: 'onHide',
  Error: 'onError',
  UnhandledRejection: 'onUnhandledRejection',
  PageNotFound: 'onPageNotFound',
  ThemeChange: 'onThemeChange',
}

/** `target` is the page the app starts with, `scene` the way in which it was opened. */
export function createLifecycle(
  target: Target,
  scene: number,
  definitions: Definitions,
  pages: () => PageStack,
  bridge: Bridge,
  onError: (error: unknown) => void,
): Lifecycle {
  const listeners = new Map<AppEvent, ((value: unknown) => void)[]>()
  const launchOptions: EnterOptions = {
    path: target.route,
    query: target.query,
    scene,
    referrerInfo: {},
    shareTicket: undefined,
  }
  let enterOptions = launchOptions
  let visible = true
  const attempt = (run: () => void, event?: AppEvent) => {
    try {
      run()
    } catch (error) {
      // An error handler that throws must not be called for its own error for ever.
      if (event === 'Error') console.error(error)
      else onError(error)
    }
  }
  const callApp = (name: string, value: unknown, event?: AppEvent) => {
    const { app } = definitions
    const handler = app?.[name]
    if (typeof handler === 'function') attempt(() => void handler.call(app, value), event)
  }
  const tell = (event: AppEvent, value: unknown) => {
    const handler = handlers[event]
    if (handler !== undefined) callApp(handler, value, event)
    for (const listener of listeners.get(event) ?? []) attempt(() => listener(value), event)
  }
  const hide = () => {
    if (!visible) return
    visible = false
    bridge.setVisible(false)
    bridge.tell({ type: 'life', event: 'hide', route: pages().top?.route ?? '' })
    pages().top?.call('onHide')
    tell('AppHide', { reason: 0 })
  }
  const comeBack = (options: EnterOptions) => {
    visible = true
    enterOptions = options
    bridge.setVisible(true)
    bridge.tell({ type: 'life', event: 'show', route: options.path })
    tell('AppShow', options)
  }
  return {
    launchOptions,
    get enterOptions() {
      return enterOptions
    },
    on: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    off: (event, listener) =>
      void listeners.set(
        event,
        listener ? (listeners.get(event) ?? []).filter((other) => other !== listener) : [],
      ),
    tell,
    launch() {
      bridge.tell({ type: 'life', event: 'launch', route: target.route })
      callApp('onLaunch', launchOptions)
      tell('AppShow', launchOptions)
    },
    hide,
    show() {
      if (visible) return
      const top = pages().top
      comeBack({ ...launchOptions, path: top?.route ?? '', query: top?.query ?? {} })
      top?.call('onShow')
    },
    enter({ route, query }, scene) {
      hide()
      comeBack({ ...launchOptions, path: route, query, scene })
    },
  }
}

/** Where the app starts: the boot's address, or its first page. */
export const startUrl = ({ url }: Boot, pages: readonly string[]) =>
  `/${(url || pages[0]!).replace(/^\//, '')}`
