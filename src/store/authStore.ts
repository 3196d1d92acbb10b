import { defineStore, getActivePinia, type Pinia } from 'pinia'
import {
  computed,
  getCurrentInstance,
  inject,
  shallowRef,
  triggerRef,
  type ComponentInternalInstance,
  type ComponentPublicInstance,
  type InjectionKey,
  type Plugin,
} from 'vue'
import type { Auth } from '../auth/auth'
import { ask } from '../auth/wire'
import { callHost, type HostFailure } from '../uni/hostCall'
import { openPages, type OpenPage } from '../uni/openPages'
import { isMpWeixin } from '../uni/target'
import { timers } from '../uni/timers'
import { goBack } from './leavePage'
import { setupError } from './mistakes'
import { createPrivacyConsent, type PrivacyAnswer, type PrivacyConsent } from './privacyConsent'
import { createPromptHosts, type PromptHost, type PromptHosts } from './promptHosts'

/** Where the app shows prompts that no sheet shows, and its name; for {@link createAuthPlugin}. */
export interface AuthPluginOptions {
  /**
   * Route of the page that holds `<PromptPage />`, e.g. `/pages/prompt/prompt`. If the visible page
   * has no sheet, the prompt opens there. Without a `promptPage` such a prompt ends at once with
   * `prompt_unavailable`, and the privacy terms count as refused.
   */
  promptPage?: string
  /** Your mini-program's name, which the sheet shows. A function is called each time it is needed. */
  appName?: string | (() => string)
  /**
   * The page where your app begins, e.g. `/pages/home/home`. Who declines what a page needs
   * (`useRequiredAuth`) is taken there if there is no page to go back to. Default: they stay.
   */
  home?: string
  /** Only for apps that nobody may use without signing in: `closedEntry()` of `watchword/sign-in`. */
  entry?: AppEntry
}

/** What stands before an app that is not open to all. */
export interface AppEntry {
  /** Why users have to sign in; empty: the app does not say. */
  reason(): string
  /** Called once, before the app is launched. */
  begin(auth: Auth, promptPage: string | undefined): void
}

/** For one navigation, ms. */
const moveLimit = 10_000

interface Installed {
  auth: Auth
  hosts: PromptHosts
  privacy: PrivacyConsent
  appName: () => string
  home: string | undefined
  entry: AppEntry | undefined
}

const installedKey: InjectionKey<Installed> = Symbol('watchword')
/** The same in every copy of this package: where it is known and `installedKey` is not, two are in use. */
const anyCopyKey = Symbol.for('watchword')

/** Pinia 2.0 runs the setup of a store outside of its app, where nothing can be injected. */
const installedBeside = new WeakMap<Pinia, Installed>()
let isInstalled = false

/**
 * Creates the Vue plugin that connects `useAuthStore()` and the components to `auth`. Your app needs
 * Pinia too. In WeChat the plugin also listens to `wx.onNeedPrivacyAuthorization`, so that the sheets
 * ask for the user's consent. WeChat keeps the last listener only: if your app calls it later, your
 * app asks instead.
 * @returns the plugin, for `app.use`.
 * @example
 * import { createPinia } from 'pinia'
 * import { createSSRApp, type Component } from 'vue'
 * import { createAuthPlugin } from 'watchword'
 *
 * function createApp(App: Component) {
 *   const app = createSSRApp(App)
 *   app.use(createPinia())
 *   app.use(createAuthPlugin(auth, { promptPage: '/pages/prompt/prompt' }))
 *   return { app }
 * }
 */
export function createAuthPlugin(
  auth: Auth,
  { promptPage, appName = '', home, entry }: AuthPluginOptions = {},
): Plugin {
  return {
    install(app) {
      const privacy = createPrivacyConsent(listenToPrivacy)
      const hosts = createPromptHosts({
        auth,
        privacy,
        pages: openPages,
        isPromptPage: (page) => `/${(page as OpenPage | undefined)?.route}` === promptPage,
        // Not navigate(): with ten pages open it would close the page that waits.
        async openPromptPage() {
          if (!promptPage) return 'no_prompt_page'
          try {
            await callHost(
              (callbacks) => uni.navigateTo({ url: promptPage, ...callbacks }),
              moveLimit,
            )
          } catch (failure) {
            return /not found/i.test((failure as HostFailure).errMsg)
              ? 'no_page_entry'
              : 'not_opened'
          }
        },
        leavePromptPage: goBack,
        after: timers.after,
      })
      const name = typeof appName === 'function' ? appName : () => appName
      const installed: Installed = { auth, hosts, privacy, appName: name, home, entry }
      isInstalled = true
      entry?.begin(auth, promptPage)
      app.provide(installedKey, installed)
      app.provide(anyCopyKey, true)
      const pinia = app.config.globalProperties.$pinia as Pinia | undefined
      if (pinia) installedBeside.set(pinia, installed)
    },
  }
}

/** Base libraries below 2.32.3 do not have it, and uni-app types it wrongly. */
function listenToPrivacy(listener: (resolve: PrivacyAnswer) => void): void {
  const host = uni as unknown as { onNeedPrivacyAuthorization?(heard: typeof listener): void }
  // Where that throws, as where it is missing, WeChat asks by a dialogue of its own.
  if (isMpWeixin) ask(() => host.onNeedPrivacyAuthorization?.(listener))
}

function injectInstalled(): Installed {
  const installed = inject(installedKey, null)
  if (installed) return installed
  throw setupError(
    inject(anyCopyKey, null) ? 'two_copies' : isInstalled ? 'other_app' : 'no_plugin',
  )
}

/** The plugin's Auth, for components that also work without it. */
export function useInstalledAuth(): Auth | undefined {
  return inject(installedKey, undefined)?.auth
}

/** Registers the component as a place that shows prompts. For the setup of AuthSheet. */
export function usePromptHost(): PromptHost {
  const sheet = getCurrentInstance()
  return injectInstalled().hosts.add(() => pageOf(sheet))
}

/** The consent to the privacy terms, for AuthSheet. */
export const usePrivacyConsent = (): PrivacyConsent => injectInstalled().privacy

/** The app's name, for AuthSheet. Empty if the app has not set one. */
export const useAppName = (): (() => string) => injectInstalled().appName

/** The plugin's `home`. */
export const useHome = (): string | undefined => injectInstalled().home

/** Who leads users of a closed app, for SignInPage. Open apps have none. */
export const useEntry = (): AppEntry | undefined => injectInstalled().entry

/**
 * The open page that holds a component: uni-app keeps each page's component in `$vm`. Compiled for development a
 * component has two faces, what it exposes and its proxy: only the instance behind them is one.
 */
function pageOf(component: ComponentInternalInstance | null): unknown {
  const pages = openPages()
  for (let one = component; one; one = one.parent) {
    const page = pages.find(({ $vm }) => ($vm as ComponentPublicInstance | undefined)?.$ === one)
    if (page) return page
  }
}

const useStore = defineStore('watchword', () => {
  const { auth } = installedBeside.get(getActivePinia()!) ?? injectInstalled()
  const latest = shallowRef(auth)
  const { subscribe, ...members } = auth
  subscribe(() => triggerRef(latest))

  return {
    ...members,
    tokenState: computed(() => latest.value.tokenState),
    signedOut: computed(() => latest.value.signedOut),
    prompt: computed(() => latest.value.prompt),

    // Pinia answers an action with a promise of its own, which would lose `abort()`.
    // It leaves what it takes for getters alone.
    request: computed(() => auth.request),
    upload: computed(() => auth.upload),
    download: computed(() => auth.download),
    ensure: computed(() => auth.ensure),
  }
})

/**
 * The Auth of {@link createAuthPlugin} as a Pinia store. `tokenState`, `signedOut` and `prompt` are
 * reactive. The store never copies them, so a plugin that persists Pinia's state does not see the
 * token. Works outside of components too, once the plugin is installed.
 * @param pinia where the store lives. Default: the app's.
 * @returns the store: the members of `Auth` without `subscribe`.
 * @throws Error if Pinia or the plugin is missing; `docs/errors.md#setup` lists the causes.
 * @example
 * import { computed } from 'vue'
 * import { useAuthStore } from 'watchword'
 *
 * const store = useAuthStore()
 * const isKnown = computed(() => store.tokenState?.hasPhoneNumber === true)
 */
export const useAuthStore: typeof useStore = Object.assign((pinia?: Pinia | null) => {
  try {
    return useStore(pinia)
  } catch (error) {
    throw getActivePinia() ? error : setupError('no_pinia')
  }
}, useStore)
