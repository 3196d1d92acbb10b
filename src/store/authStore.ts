import { defineStore } from 'pinia'
import {
  computed,
  getCurrentInstance,
  inject,
  shallowRef,
  triggerRef,
  type ComponentPublicInstance,
  type InjectionKey,
  type Plugin,
} from 'vue'
import type { Auth } from '../auth/types'
import { callHost } from '../uni/hostCall'
import { isMpWeixin } from '../uni/target'
import { timers } from '../uni/timers'
import { createPrivacyConsent, type PrivacyAnswer, type PrivacyConsent } from './privacyConsent'
import { createPromptHosts, type PromptHost, type PromptHosts } from './promptHosts'

export interface AuthPluginOptions {
  /**
   * Route of the page that shows `<PromptPage />`, e.g. `/pages/prompt/prompt`:
   * where a prompt is shown when the visible page has no sheet. Without it such a prompt ends
   * at once with `prompt_unavailable`, and the privacy terms count as refused there.
   */
  promptPage?: string
  /** The mini-program's name, told by the sheet as the one who asks; a function is asked anew. */
  appName?: string | (() => string)
}

/** For one navigation, ms. */
const moveLimit = 10_000

interface Installed {
  auth: Auth
  hosts: PromptHosts
  privacy: PrivacyConsent
  appName: () => string
}

const installedKey: InjectionKey<Installed> = Symbol('watchword')

/**
 * Makes `auth` the one that `useAuthStore()` and the components show:
 * `app.use(createPinia()).use(createAuthPlugin(auth, { promptPage }))`. In WeChat it also listens
 * to `wx.onNeedPrivacyAuthorization`, for the sheets to ask for the consent; an app that calls
 * that itself afterwards takes the question over.
 */
export function createAuthPlugin(
  auth: Auth,
  { promptPage, appName = '' }: AuthPluginOptions = {},
): Plugin {
  return {
    install(app) {
      const privacy = createPrivacyConsent(listenToPrivacy)
      const hosts = createPromptHosts({
        auth,
        privacy,
        pages: () => getCurrentPages(),
        isPromptPage: (page) => `/${(page as Page.PageInstance | undefined)?.route}` === promptPage,
        // Not navigate(): with ten pages open it would close the page that waits.
        openPromptPage: () =>
          promptPage
            ? callHost((callbacks) => uni.navigateTo({ url: promptPage, ...callbacks }), moveLimit)
            : Promise.reject(new Error('there is no promptPage')),
        leavePromptPage: () =>
          callHost((callbacks) => uni.navigateBack(callbacks), moveLimit).catch(() => undefined),
        after: timers.after,
      })
      const name = typeof appName === 'function' ? appName : () => appName
      app.provide(installedKey, { auth, hosts, privacy, appName: name })
    },
  }
}

/** Base libraries below 2.32.3 do not have it, and uni-app's types tell it wrongly. */
function listenToPrivacy(listener: (resolve: PrivacyAnswer) => void): void {
  const host = uni as unknown as { onNeedPrivacyAuthorization?(heard: typeof listener): void }
  if (isMpWeixin) host.onNeedPrivacyAuthorization?.(listener)
}

function injectInstalled(): Installed {
  const installed = inject(installedKey, null)
  if (installed) return installed
  throw new Error(
    'watchword: there is no Auth to show, because its plugin is not installed. ' +
      'In main.ts, call app.use(createAuthPlugin(createAuth({ baseURL }))) beside app.use(createPinia()).',
  )
}

/** The Auth of the plugin, for components that do without it. */
export function useInstalledAuth(): Auth | undefined {
  return inject(installedKey, undefined)?.auth
}

/** Makes the component a place where prompts are shown; for AuthSheet, in its setup. */
export function usePromptHost(): PromptHost {
  const sheet = getCurrentInstance()!.proxy
  return injectInstalled().hosts.add(() => pageOf(sheet))
}

/** The consent to the privacy terms, for AuthSheet. */
export const usePrivacyConsent = (): PrivacyConsent => injectInstalled().privacy

/** Who asks, for AuthSheet; empty: the app has not told its name. */
export const useAppName = (): (() => string) => injectInstalled().appName

/** The open page that a component stands on: uni-app gives each page its component as `$vm`. */
function pageOf(component: ComponentPublicInstance | null): unknown {
  const pages = getCurrentPages() as { $vm?: unknown }[]
  for (let one = component; one; one = one.$parent) {
    const page = pages.find(({ $vm }) => $vm === one)
    if (page) return page
  }
}

/**
 * The Auth of {@link createAuthPlugin}, reactive: `tokenState`, `signedOut` and `prompt` are read
 * from it, never copied, so that a plugin that persists Pinia's state does not see the token.
 * Works outside components too, once the plugin is installed.
 */
export const useAuthStore = defineStore('watchword', () => {
  const { auth } = injectInstalled()
  const latest = shallowRef(auth)
  auth.subscribe(() => triggerRef(latest))

  return {
    tokenState: computed(() => latest.value.tokenState),
    signedOut: computed(() => latest.value.signedOut),
    prompt: computed(() => latest.value.prompt),

    // Pinia answers an action with a promise of its own, which would lose `abort()`.
    // It leaves what it takes for getters alone.
    request: computed(() => auth.request),
    upload: computed(() => auth.upload),
    download: computed(() => auth.download),

    login: auth.login,
    logout: auth.logout,
    verify: auth.verify,
    preparePress: auth.preparePress,
    pressPrompt: auth.pressPrompt,
    releasePress: auth.releasePress,
    submitLogin: auth.submitLogin,
    submitUserInfo: auth.submitUserInfo,
    submitPhoneNumber: auth.submitPhoneNumber,
    cancelPrompt: auth.cancelPrompt,
  }
})
