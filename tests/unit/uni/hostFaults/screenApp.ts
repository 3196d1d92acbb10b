import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { defineComponent, h, type Component } from 'vue'
import type { Auth } from '../../../../src/auth/auth'
import type { useFocusChain } from '../../../../src/forms'
import type { page } from '../../../support/pageHooks'
import type { App, Target, World } from './drivers'
import { soon } from './faults'
import { loadApp } from './runFaults'

/** The package with its components. */
export interface ScreenApp extends App {
  components: Readonly<Record<ComponentName, Component>>
  useFocusChain: typeof useFocusChain
  page: typeof page
}

type ComponentName = keyof typeof components

const components = {
  AuthSheet: () => import('../../../../src/components/AuthSheet.vue'),
  KeyboardBar: () => import('../../../../src/forms/KeyboardBar.vue'),
  PrivacyNote: () => import('../../../../src/components/PrivacyNote.vue'),
  ProfileForm: () => import('../../../../src/components/ProfileForm.vue'),
  PromptPage: () => import('../../../../src/pages/PromptPage.vue'),
  SignInForm: () => import('../../../../src/components/SignInForm.vue'),
  SignInPage: () => import('../../../../src/pages/SignInPage.vue'),
}

export async function loadScreens(target: Target): Promise<ScreenApp> {
  const app = await loadApp(target)
  const { page } = await import('../../../support/pageHooks')
  const { useFocusChain } = await import('../../../../src/forms')
  const loaded: Partial<Record<ComponentName, Component>> = {}
  for (const [name, find] of Object.entries(components)) {
    loaded[name as ComponentName] = (await find()).default
  }
  return { ...app, page, useFocusChain, components: loaded as ScreenApp['components'] }
}

/** Of uni-app, whose names HTML does not know. */
const built = defineComponent(
  (_, { slots }) =>
    () =>
      h('div', slots.default?.()),
)
const stubs = { navigator: built, ScrollView: built, PageContainer: built }

const unmounts: (() => void)[] = []

export function unmountAll(): void {
  for (const unmount of unmounts.splice(0)) unmount()
  document.body.innerHTML = ''
}

/** Time for what a broken host and Vue do next. */
export const moment = (ms = 20) => new Promise<void>((resolve) => soon(resolve, ms))

/** A component on the visible page of an app that has a session. */
export async function show(
  { app, host, open, thrown }: World<ScreenApp>,
  component: Component,
  propsOf: (auth: Auth) => object = () => ({}),
) {
  host.storeSession()
  const auth = open()
  /** The host reports what its hooks and handlers throw, and nobody hears it. */
  const guard = (work: () => void) => {
    try {
      work()
    } catch (error) {
      thrown.push(error)
    }
  }
  app.page.forget()
  const mounted = mount(component, {
    props: propsOf(auth),
    attachTo: document.body,
    global: {
      plugins: [createPinia(), app.createAuthPlugin(auth, { appName: '易搬家' })],
      stubs,
      config: { errorHandler: (error) => void thrown.push(error) },
    },
  })
  const unmount = () => guard(() => mounted.unmount())
  unmounts.push(unmount)
  // uni-app knows a page by its component.
  host.pages.at(-1)!.$vm = mounted.vm.$root
  guard(() => app.page.run('onLoad', {}))
  guard(() => app.page.run('onShow'))
  await moment()

  return {
    auth,
    unmount,
    text: () => mounted.text(),
    has: (selector: string) => mounted.find(selector).exists(),
    styleOf: (selector: string) => mounted.find(selector).attributes('style'),
    async fire(selector: string, event = 'tap') {
      await mounted.find(selector).trigger(event)
      await moment()
    },
  }
}
