import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { vi } from 'vitest'
import { defineComponent, h, type Component } from 'vue'
import { openClient } from '../../support/client'
import { createHost } from '../../support/host'

export const phone = '13800138000'

/** The backend's words for all that it refuses of what a user typed. */
export const refused = { 'WWW-Authenticate': 'Bearer error="invalid_credentials"' }
const bearer = (methods: string) => `Bearer realm="watchword", methods="${methods}"`
export const challenge = (methods: string) => ({ 'WWW-Authenticate': bearer(methods) })
/** The body of the same answer, which repeats it. */
export const challengeProblem = (methods: string) => ({ challenges: bearer(methods) })

/** As compiled for a host: the components take another shape, so each host has modules of its own. */
async function load(hostName: HostName) {
  vi.stubEnv('UNI_PLATFORM', hostName)
  vi.resetModules()
  const { page } = await import('../../support/pageHooks')
  const { createAuthPlugin } = await import('../../../src/store/authStore')
  const loaded = await Promise.all(
    Object.entries(components).map(async ([name, find]) => [name, (await find()).default] as const),
  )
  return { page, createAuthPlugin, components: new Map(loaded) }
}
const byHost = new Map<HostName, ReturnType<typeof load>>()

const components: Record<string, () => Promise<{ default: Component }>> = {
  SignInForm: () => import('../../../src/components/SignInForm.vue'),
  async AuthSheet() {
    const { default: sheet } = await import('../../../src/components/AuthSheet.vue')
    const { default: form } = await import('../../../src/components/SignInForm.vue')
    return { default: () => h(sheet, null, { signIn: () => h(form) }) }
  },
  SignInPage: () => import('../../../src/pages/SignInPage.vue'),
  PasswordPage: () => import('../../../src/pages/PasswordPage.vue'),
  ScanPage: () => import('../../../src/pages/ScanPage.vue'),
  ScanCode: () => import('../../../src/components/ScanCode.vue'),
}

/** Of uni-app, whose names HTML does not know. */
const built = defineComponent(
  (_, { slots }) =>
    () =>
      h('div', slots.default?.()),
)
const stubs = { navigator: built, ScrollView: built, PageContainer: built }

const unmounts: (() => void)[] = []

/**
 * After each test: what is mounted would count down to the next text code while other files run, whose
 * document is another, or none.
 */
export function unmountAll(): void {
  vi.useRealTimers()
  for (const unmount of unmounts.splice(0)) unmount()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  document.body.innerHTML = ''
}

export type HostName = 'h5' | 'mp-weixin'

interface MountOptions {
  props?: object
  /** How many pages are open. */
  pages?: number
  token?: string
  /** Of a closed app. */
  entry?: { reason(): string; begin(): void }
  /** The tab pages, with a leading slash. */
  tabs?: string[]
  /** With what the page was opened. */
  query?: Record<string, string>
}

/** A component in an app on this host, without a session unless one is given; the test drives its backend. */
export async function mountOn(
  hostName: HostName,
  name: string,
  { props = {}, pages = 1, token, entry, tabs = [], query = {} }: MountOptions = {},
) {
  const moves: unknown[][] = []
  const move =
    (way: string) =>
    ({ url }: { url?: string } = {}) =>
      void moves.push(url === undefined ? [way] : [way, url])
  const stack = Array.from({ length: pages }, () => ({ route: 'pages/one', $vm: {} as unknown }))
  vi.stubGlobal('getCurrentPages', () => stack)
  vi.stubGlobal('uni', {
    getLocale: () => 'zh-Hans',
    onLocaleChange() {},
    hideKeyboard() {},
    setNavigationBarTitle() {},
    navigateTo: move('navigateTo'),
    navigateBack: move('navigateBack'),
    reLaunch: move('reLaunch'),
    switchTab({ url, fail }: { url: string; fail(failure: object): void }) {
      if (tabs.includes(url)) moves.push(['switchTab', url])
      else fail({ errMsg: 'switchTab:fail can not switch to no-tabBar page' })
    },
  })
  const loading = byHost.get(hostName) ?? load(hostName)
  byHost.set(hostName, loading)
  const { page, createAuthPlugin, components } = await loading
  page.forget()
  const client = openClient({
    host: createHost(hostName === 'h5' ? { without: ['login'] } : {}),
    ...(token !== undefined && { token }),
  })
  const pinia = createPinia()
  const plugins = [
    pinia,
    createAuthPlugin(client.auth, { appName: '易搬家', ...(entry && { entry }) }),
  ]
  const global = { plugins, stubs }
  const mounted = mount(components.get(name)!, { props, global, attachTo: document.body })
  unmounts.push(() => mounted.unmount())
  // uni-app knows a page by its component.
  stack[stack.length - 1]!.$vm = mounted.vm.$root
  page.run('onLoad', query)
  page.run('onShow')
  await flushPromises()
  const isH5 = hostName === 'h5'
  const press = (selector: string) => mounted.find(selector).trigger(isH5 ? 'click' : 'tap')

  async function fill(values: Record<string, string>): Promise<void> {
    for (const [id, value] of Object.entries(values)) {
      const field = mounted.find(`#${id}`)
      await (isH5 ? field.setValue(value) : field.trigger('input', { detail: { value } }))
    }
  }

  return {
    ...client,
    mounted,
    moves,
    press,
    fill,
    /** Enter in H5, the button in a mini-program. */
    submit: () => (isH5 ? mounted.find('form').trigger('submit') : press('.sign-in__submit')),
    errors: () => mounted.findAll('.sign-in__error').map((error) => error.text()),
    valueOf: (id: string) => (mounted.find(`#${id}`).element as HTMLInputElement).value,
    runHook: page.run,
    has: (selector: string) => mounted.find(selector).exists(),
    /** What the last answer causes has happened. */
    settled: flushPromises,
    /** Everything that is kept anywhere but in the fields. */
    kept: () => JSON.stringify([[...client.host.storage], client.warnings, pinia.state.value]),
  }
}
