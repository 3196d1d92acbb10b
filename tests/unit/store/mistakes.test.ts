import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import type * as authStore from '../../../src/store/authStore'
import { createFakeAuth } from './fakeAuth'

beforeEach(() => {
  setActivePinia(undefined)
  vi.stubGlobal('getCurrentPages', () => [])
  vi.stubGlobal('uni', {})
})

/** The package as an app bundles it; each call makes another copy. */
async function importCopy(): Promise<typeof authStore> {
  vi.resetModules()
  return import('../../../src/store/authStore')
}

it('the store needs an active Pinia', async () => {
  const { useAuthStore } = await importCopy()
  expect(() => useAuthStore()).toThrow(
    'no_pinia: no Pinia is active yet: call useAuthStore() where it runs after app.use(createPinia())',
  )
})

it('the store needs the plugin', async () => {
  const { useAuthStore } = await importCopy()
  createApp({}).use(createPinia())
  expect(() => useAuthStore()).toThrow(
    "no_plugin: watchword's plugin is not installed: " +
      'call app.use(createAuthPlugin(auth)) after app.use(createPinia())',
  )
})

it('the store needs the plugin in the app that its Pinia belongs to', async () => {
  const { createAuthPlugin, useAuthStore } = await importCopy()
  createApp({}).use(createPinia()).use(createAuthPlugin(createFakeAuth()))
  createApp({}).use(createPinia())
  expect(() => useAuthStore()).toThrow(
    "other_app: watchword's plugin is installed in another app: " +
      'call app.use(createAuthPlugin(auth)) in this one too, after its Pinia',
  )
})

it('a component needs the plugin, from the same copy of the package', async () => {
  const first = await importCopy()
  const second = await importCopy()
  const app = createApp({}).use(createPinia())
  expect(() => app.runWithContext(second.usePrivacyConsent)).toThrow(/^no_plugin: /)
  app.use(first.createAuthPlugin(createFakeAuth()))
  expect(app.runWithContext(first.usePrivacyConsent).isAsked).toBe(false)
  expect(() => app.runWithContext(second.usePrivacyConsent)).toThrow(
    'two_copies: the app has two copies of watchword: ' +
      'keep the npm package or the uni_modules plugin, let `npm ls watchword` show one at most, and name it in resolve.dedupe of vite.config.ts',
  )
})
