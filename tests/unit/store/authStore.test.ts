import { createPinia, setActivePinia } from 'pinia'
import { createApp, effectScope, watchEffect } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createAuthPlugin, useAuthStore } from '../../../src/store/authStore'
import { createFakeAuth, phonePrompt } from './fakeAuth'

beforeEach(() => {
  setActivePinia(undefined)
  vi.stubGlobal('getCurrentPages', () => [{ route: 'pages/home' }])
  vi.stubGlobal('uni', {})
})

function createAppWithPinia() {
  const pinia = createPinia()
  return { app: createApp({}).use(pinia), pinia }
}

function install() {
  const auth = createFakeAuth()
  const { app, pinia } = createAppWithPinia()
  app.use(createAuthPlugin(auth))
  return { auth, pinia, store: useAuthStore() }
}

describe('useAuthStore', () => {
  it('is read outside components once the plugin is installed', () => {
    const { auth, store } = install()
    auth.set({ tokenState: { accessToken: 'a', expiresIn: 7200, uid: 'u1' } })
    expect(store.tokenState?.uid).toBe('u1')
  })

  it('is reactive: who watches it sees each change', () => {
    const { auth, store } = install()
    const seen: unknown[] = []
    const scope = effectScope()
    scope.run(() =>
      watchEffect(() => seen.push([store.signedOut, store.prompt?.kind]), { flush: 'sync' }),
    )
    auth.set({ prompt: phonePrompt })
    auth.set({ prompt: null, signedOut: true })
    scope.stop()
    expect(seen).toEqual([
      [false, undefined],
      [false, 'getPhoneNumber'],
      [true, undefined],
    ])
  })

  it('holds no state of its own, so that nothing can persist the token', () => {
    const { auth, pinia, store } = install()
    auth.set({ tokenState: { accessToken: 'a', expiresIn: 7200 } })
    expect(store.tokenState).toBe(auth.tokenState)
    expect(JSON.stringify(pinia.state.value)).toBe('{"watchword":{}}')
  })

  it('hands out requests that can be aborted', async () => {
    const { auth, store } = install()
    const task = store.request('/services')
    task.abort()
    expect(await task).toBe('answer')
    expect(auth.calls).toEqual([['request', '/services'], ['abort']])
  })

  it('passes what the user does on to the client', async () => {
    const { auth, store } = install()
    store.pressPrompt()
    await store.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'c' })
    await store.submitUserInfo({ nickname: '小易' })
    await store.submitLogin()
    await store.login()
    await store.verify()
    await store.logout()
    store.cancelPrompt()
    expect(auth.calls).toEqual([
      ['pressPrompt'],
      ['submitPhoneNumber', { errMsg: 'getPhoneNumber:ok', code: 'c' }],
      ['submitUserInfo', { nickname: '小易' }],
      ['submitLogin'],
      ['login'],
      ['verify'],
      ['logout'],
      ['cancelPrompt'],
    ])
  })

  it('belongs to its app: a second app has its own client', () => {
    const first = install()
    const second = install()
    first.auth.set({ signedOut: true })
    expect([first.store.signedOut, second.store.signedOut]).toEqual([true, false])
  })

  it('says what to do where the plugin is not installed', () => {
    createAppWithPinia()
    expect(() => useAuthStore()).toThrow(
      'watchword: createAuthPlugin is not installed. In main.ts, call ' +
        'app.use(createAuthPlugin(auth)) after app.use(createPinia()).',
    )
  })
})

describe('createAuthPlugin', () => {
  it('ends a prompt with prompt_unavailable where there is neither sheet nor promptPage', async () => {
    const { auth } = install()
    auth.set({ prompt: phonePrompt })
    await vi.waitFor(() => expect(auth.calls).toEqual([['cancelPrompt', 'prompt_unavailable']]))
  })
})
