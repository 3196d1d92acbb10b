// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { defineComponent, h } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { onShow } from '@dcloudio/uni-app'
import { createAuthPlugin, usePromptHost } from '../../../src/store/authStore'
import { useRequiredAuth, type RequiredAuth } from '../../../src/store/useRequiredAuth'
import { challenge, givePhone } from '../../support/challenged'
import { flush } from '../../support/clock'
import { openClient, stateOf } from '../../support/client'
import { page } from '../../support/pageHooks'
import { createHost } from '../host/pageHost'

const HOME = '/pages/home/home'
const MINE = '/pages/mine/mine'
const ORDERS = '/pages/booking/booking?id=7&from=%E7%A0%81'
const PROMPTS = '/pages/service/service'
const STATE = 'GET /auth/token-state'
const reason = '用于查找您的订单'

beforeEach(() => page.forget())
afterEach(() => void vi.unstubAllGlobals())

/** An app with these pages open, the last of which needs the phone number, and shows. */
async function open(opened: string[], { hasSheet = true, isKnown = false, home = HOME } = {}) {
  const pages = createHost(opened)
  vi.stubGlobal('uni', pages.uni)
  vi.stubGlobal('getCurrentPages', pages.getCurrentPages)
  const client = openClient({ token: 't', state: { hasPhoneNumber: isKnown } })
  let required!: RequiredAuth
  const Page = defineComponent(() => {
    if (hasSheet) onShow(usePromptHost().shown)
    required = useRequiredAuth('getPhoneNumber', { reason: () => reason })
    return () => h('view')
  })
  const plugin = createAuthPlugin(client.auth, { promptPage: PROMPTS, home })
  const mounted = mount(Page, { global: { plugins: [createPinia(), plugin] } })
  Object.assign(pages.getCurrentPages().pop()!, { $vm: mounted.vm })
  const first = [required.isGranted.value, required.isChecking.value]
  page.run('onShow')
  await flush()
  return { ...client, pages, required, mounted, first }
}

type App = Awaited<ReturnType<typeof open>>

/** The backend does not have the number. */
async function answerLacking({ host }: App) {
  await (await host.take(STATE)).answer(200, { tokenState: stateOf('t') })
}

async function decline({ auth }: App) {
  auth.cancelPrompt()
  await flush()
}

describe('useRequiredAuth', () => {
  it('asks nobody who has given it', async () => {
    const { host, required, first } = await open([ORDERS], { isKnown: true })
    expect(first).toEqual([true, false])
    expect(host.sent).toEqual([])
    await required.ask()
    expect(host.sent).toEqual([])
  })

  it('asks whoever lacks it, and leaves them on the page with its query', async () => {
    const app = await open([ORDERS])
    const { auth, pages, required, first } = app
    expect(first).toEqual([false, true])
    expect(required.isChecking.value).toBe(true)
    await answerLacking(app)
    expect(auth.prompt).toMatchObject({ kind: 'getPhoneNumber', reason })
    expect(required.isChecking.value).toBe(false)
    await givePhone(app)
    expect(required.isGranted.value).toBe(true)
    expect(pages.stack()).toEqual([ORDERS])
    expect(pages.calls).toEqual([])
  })

  it('shares the prompt with a request of the page', async () => {
    const app = await open([ORDERS])
    const outcome = await challenge(app, '/orders', 'getPhoneNumber')
    await answerLacking(app)
    expect(app.auth.prompt).toMatchObject({ kind: 'getPhoneNumber', reason })
    await givePhone(app)
    expect(app.auth.prompt).toBe(null)
    await (await app.host.take('GET /orders')).answer(200, { data: [] })
    expect(outcome.is).toBe('resolved')
    expect(app.required.isGranted.value).toBe(true)
  })

  it('takes back who declines', async () => {
    const app = await open([HOME, ORDERS])
    await answerLacking(app)
    await decline(app)
    expect(app.pages.calls).toEqual(['navigateBack 1'])
    expect(app.pages.stack()).toEqual([HOME])
  })

  it.each([
    ['a tab', HOME, ['switchTab /pages/home/home']],
    ['no tab', PROMPTS, ['switchTab /pages/service/service', 'reLaunch /pages/service/service']],
  ])(
    'takes home who declines where there is no way back, if that is %s',
    async (_, home, calls) => {
      const app = await open([ORDERS], { home })
      await answerLacking(app)
      await decline(app)
      expect(app.pages.calls).toEqual(calls)
      expect(app.pages.stack()).toEqual([home])
    },
  )

  it.each([
    ['is the home page', HOME],
    ['has no home to go to', ''],
  ])('stays where the page %s, and asks again only by its button', async (_, home) => {
    const app = await open([HOME], { home })
    await answerLacking(app)
    await decline(app)
    expect(app.pages.calls).toEqual([])
    expect([app.required.isGranted.value, app.required.isChecking.value]).toEqual([false, false])
    expect(app.required.failure.value).toBe(undefined)
    page.run('onHide')
    page.run('onShow')
    await flush()
    app.host.assertIdle()

    void app.required.ask()
    void app.required.ask()
    await answerLacking(app)
    app.host.assertIdle()
    await givePhone(app)
    expect(app.required.isGranted.value).toBe(true)
  })

  it('asks again when the user comes again to the tab that they declined on', async () => {
    const app = await open([MINE])
    await answerLacking(app)
    await decline(app)
    expect(app.pages.stack()).toEqual([HOME])
    page.run('onHide')
    app.pages.tapTab(MINE)
    page.run('onShow')
    await answerLacking(app)
    expect(app.auth.prompt?.kind).toBe('getPhoneNumber')
  })

  it('leaves only after the page for prompts where it has no sheet of its own', async () => {
    const app = await open([HOME, ORDERS], { hasSheet: false })
    await answerLacking(app)
    page.run('onHide')
    expect(app.pages.stack()).toEqual([HOME, ORDERS, PROMPTS])
    await decline(app)
    expect(app.pages.stack()).toEqual([HOME, ORDERS])
    page.run('onShow')
    await flush()
    expect(app.pages.stack()).toEqual([HOME])
    app.host.assertIdle()
  })

  it('says what failed, and tries again when the page shows again', async () => {
    const app = await open([HOME, ORDERS])
    await (await app.host.take(STATE)).fail('network')
    expect(app.required.failure.value).toMatchObject({ code: 'network' })
    expect(app.required.isChecking.value).toBe(false)
    expect(app.pages.calls).toEqual([])
    page.run('onHide')
    page.run('onShow')
    await answerLacking(app)
    expect(app.required.failure.value).toBe(undefined)
    expect(app.auth.prompt?.kind).toBe('getPhoneNumber')
  })

  it('is not granted any more after signing out', async () => {
    const app = await open([ORDERS], { isKnown: true })
    void app.auth.logout()
    expect(app.required.isGranted.value).toBe(false)
  })

  it('closes its prompt with its page, and goes nowhere then', async () => {
    const app = await open([HOME, ORDERS])
    await answerLacking(app)
    app.pages.uni.navigateBack({ success() {}, fail() {} })
    page.run('onUnload')
    app.mounted.unmount()
    await flush()
    expect(app.auth.prompt).toBe(null)
    expect(app.pages.calls).toEqual(['navigateBack 1'])
  })
})
