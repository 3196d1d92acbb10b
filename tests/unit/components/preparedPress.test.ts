// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import PhoneNumberButton from '../../../src/components/PhoneNumberButton.vue'
import ProfileForm from '../../../src/components/ProfileForm.vue'
import { createAuthPlugin } from '../../../src/store/authStore'
import { page } from '../../support/pageHooks'
import { createFakeAuth, phonePrompt } from '../store/fakeAuth'

beforeEach(() => {
  page.forget()
  vi.stubGlobal('uni', { getLocale: () => 'zh-Hans', onLocaleChange() {} })
  vi.stubGlobal('getCurrentPages', () => [{ route: 'pages/profile/profile' }])
})
afterEach(() => void vi.unstubAllGlobals())

function install(component: Component, prompt: typeof phonePrompt | null = null) {
  const auth = createFakeAuth()
  auth.set({ prompt })
  const plugins = [createPinia(), createAuthPlugin(auth)]
  const mounted = mount(component, { global: { plugins } })
  const prepared = () => auth.calls.filter(([name]) => name === 'preparePress')
  return { auth, mounted, prepared }
}

describe.each([
  ['PhoneNumberButton', PhoneNumberButton, 'getPhoneNumber'],
  ['ProfileForm', ProfileForm, 'getUserInfo'],
] as const)('%s on a page', (_name, component, kind) => {
  it('makes sure of the session key when it comes, and when its page is shown again', async () => {
    const { prepared } = install(component)
    expect(prepared()).toEqual([['preparePress', kind]])
    // The page is shown for the first time: that check is still under way.
    page.run('onShow')
    await flushPromises()
    expect(prepared()).toHaveLength(1)
    page.run('onShow')
    expect(prepared()).toHaveLength(2)
  })

  it('does not once it is gone, though its page goes on notifying it', async () => {
    const { mounted, prepared } = install(component)
    await flushPromises()
    mounted.unmount()
    page.run('onShow')
    expect(prepared()).toHaveLength(1)
  })

  it('leaves it to the prompt it sits in', () => {
    const { prepared } = install(component, phonePrompt)
    expect(prepared()).toEqual([])
  })
})

it('the form goes without the plugin, too', () => {
  expect(() => mount(ProfileForm)).not.toThrow()
})

it('a press says of which button it is', async () => {
  const { auth, mounted } = install(PhoneNumberButton)
  await mounted.trigger('tap')
  expect(auth.calls).toContainEqual(['pressPrompt', 'getPhoneNumber'])
})
