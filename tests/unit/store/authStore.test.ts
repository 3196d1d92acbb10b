import { createPinia, setActivePinia } from 'pinia'
import { createApp, effectScope, watchEffect } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  createAuthPlugin,
  useAuthStore,
  type AuthPluginOptions,
} from '../../../src/store/authStore'
import { promptGaps } from '../../../src/store/mistakes'
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

function install(options: AuthPluginOptions = {}) {
  const auth = createFakeAuth()
  const { app, pinia } = createAppWithPinia()
  app.use(createAuthPlugin(auth, options))
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
    store.ensure('login').abort()
    expect(auth.calls).toEqual([
      ['request', '/services'],
      ['abort'],
      ['ensure', 'login'],
      ['abort'],
    ])
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

  it('has all members of the client but subscribe', () => {
    const { auth, store } = install()
    const { calls: _calls, set: _set, subscribe: _subscribe, ...members } = auth
    for (const name of Object.keys(members)) expect(store).toHaveProperty(name)
    expect(store).not.toHaveProperty('subscribe')
  })

  it('can be asked for the store of another Pinia', () => {
    const first = install()
    install()
    expect(useAuthStore(first.pinia)).toBe(first.store)
  })

  it('belongs to its app: a second app has its own client', () => {
    const first = install()
    const second = install()
    first.auth.set({ signedOut: true })
    expect([first.store.signedOut, second.store.signedOut]).toEqual([true, false])
  })
})

describe('createAuthPlugin', () => {
  it.each([
    ['there is neither sheet nor promptPage', undefined, '', promptGaps.no_prompt_page],
    [
      'pages.json has no such page',
      '/pages/prompt/prompt',
      'navigateTo:fail page "pages/prompt/prompt" is not found',
      promptGaps.no_page_entry,
    ],
    [
      'ten pages are open',
      '/pages/prompt/prompt',
      'navigateTo:fail webview count limit exceed',
      promptGaps.not_opened,
    ],
  ])('ends a prompt with prompt_unavailable where %s', async (_, promptPage, errMsg, gap) => {
    vi.stubGlobal('uni', {
      navigateTo: ({ fail }: { fail(failure: object): void }) => fail({ errMsg }),
    })
    const { auth } = install(promptPage === undefined ? {} : { promptPage })
    auth.set({ prompt: phonePrompt })
    await vi.waitFor(() =>
      expect(auth.calls).toEqual([['cancelPrompt', 'prompt_unavailable', gap]]),
    )
  })
})
