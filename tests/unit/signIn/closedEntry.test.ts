import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TokenState } from '../../../src/auth/types'
import { navigate } from '../../../src/host/navigation'
import { closedEntry, type ClosedEntryOptions } from '../../../src/signIn/closedEntry'
import { createAuthPlugin, useEntry } from '../../../src/store/authStore'
import { createClock, flush } from '../../support/clock'
import { createHost } from '../host/pageHost'
import { createFakeAuth } from '../store/fakeAuth'

const HOME = '/pages/home/home'
const MINE = '/pages/mine/mine'
const SERVICE = '/pages/service/service'
/** The page to sign in; the fake host has it. */
const DOOR = '/pages/booking/booking'
const LINK = `${SERVICE}?id=7&from=%E7%A0%81%26`
const MEMBER: TokenState = { accessToken: 'a', uid: 'u1' }
const GUEST: TokenState = { accessToken: 'g' }

afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.resetModules()
})

interface Launch extends Partial<ClosedEntryOptions> {
  opened?: string[]
  host?: 'wechat' | 'h5'
  tokenState?: TokenState | null
  signedOut?: boolean
  /** What the silent login brings. */
  silent?: TokenState | 'nothing' | 'notYet'
}

/** Launches a closed app. */
async function launch({
  opened = [HOME],
  host = 'wechat',
  tokenState = null,
  signedOut = false,
  silent = 'nothing',
  ...options
}: Launch = {}) {
  const pages = createHost(opened, undefined, host)
  vi.stubGlobal('uni', pages.uni)
  vi.stubGlobal('getCurrentPages', pages.getCurrentPages)
  if (host === 'h5') {
    vi.stubEnv('UNI_PLATFORM', host)
    vi.resetModules()
  }
  const { closedEntry } = await import('../../../src/signIn/closedEntry')
  const { navigate } = await import('../../../src/host/navigation')
  const clock = createClock()
  const auth = createFakeAuth()
  auth.set({ tokenState, signedOut })
  let endSilently!: (state: TokenState | null) => void
  const { verify } = auth
  auth.verify = async () => {
    void verify()
    const state = await new Promise<TokenState | null>((resolve) => (endSilently = resolve))
    if (!state) throw new Error('no silent login')
    auth.set({ tokenState: state })
    return state
  }
  const listeners: (() => void)[] = []
  const entry = closedEntry(
    { page: DOOR, home: HOME, reason: '仅限本校师生使用', ...options },
    {
      pages: pages.getCurrentPages,
      reLaunch: (url) => navigate(url, { root: true }),
      onShow: (listener) => void listeners.push(listener),
      after: clock.after,
    },
  )
  const app = createApp({}).use(createPinia())
  app.use(createAuthPlugin(auth, { entry, promptPage: MINE }))
  await flush()
  if (silent !== 'notYet') endSilently?.(silent === 'nothing' ? null : silent)
  /** Lets what is under way happen. */
  const settle = async () => {
    await flush()
    await clock.advance(200)
    await flush()
  }
  await settle()
  const show = async () => {
    for (const listener of listeners) listener()
    await settle()
  }
  return {
    app,
    auth,
    clock,
    pages,
    settle,
    show,
    endSilently: (state: TokenState | null) => endSilently(state),
  }
}

const doorFor = (wanted: string) => `${DOOR}?wanted=${encodeURIComponent(wanted)}`

describe('a closed app', () => {
  it('leads to the sign-in page at launch, and says why', async () => {
    const { app, pages } = await launch()
    expect(pages.stack()).toEqual([DOOR])
    expect(app.runWithContext(() => useEntry()?.reason())).toBe('仅限本校师生使用')
  })

  it.each(['wechat', 'h5'] as const)(
    'lets go to where a link led, query and all: %s',
    async (host) => {
      const { auth, pages, settle } = await launch({ opened: [LINK], host })
      expect(pages.stack()).toEqual([doorFor(LINK)])
      auth.set({ tokenState: MEMBER })
      await settle()
      expect(pages.stack()).toEqual([LINK])
    },
  )

  it('is open at once to whom a stored session or the silent login knows', async () => {
    const stored = await launch({ opened: [LINK], tokenState: MEMBER })
    expect(stored.auth.calls).toEqual([])
    expect(stored.pages.calls).toEqual([])
    const silent = await launch({ opened: [LINK], silent: MEMBER })
    expect(silent.auth.calls).toEqual([['verify']])
    expect(silent.pages.calls).toEqual([])
  })

  it('waits for the silent login before it leads anywhere', async () => {
    const { auth, endSilently, pages, settle } = await launch({ silent: 'notYet' })
    auth.set({ tokenState: null })
    await settle()
    expect(pages.calls).toEqual([])
    endSilently(GUEST)
    await settle()
    expect(pages.stack()).toEqual([DOOR])
  })

  it('tries again where the host fails to open the sign-in page', async () => {
    const { endSilently, pages, settle } = await launch({ silent: 'notYet' })
    const { reLaunch } = pages.uni
    pages.uni.reLaunch = ({ fail }) => {
      pages.uni.reLaunch = reLaunch
      fail({ errMsg: 'reLaunch:fail' })
    }
    endSilently(null)
    await settle()
    expect(pages.stack()).toEqual([DOOR])
  })

  it('starts where the host refuses to say when the app is shown', () => {
    const { uni, getCurrentPages } = createHost()
    const onAppShow = () => {
      throw new TypeError('not supported')
    }
    vi.stubGlobal('uni', { ...uni, onAppShow })
    vi.stubGlobal('getCurrentPages', getCurrentPages)
    // Without an end: nobody is led anywhere after the test.
    const verify = vi.fn(() => new Promise<never>(() => {}))
    const auth = Object.assign(createFakeAuth(), { verify })
    const entry = closedEntry({ page: DOOR, home: HOME })
    createApp({}).use(createPinia()).use(createAuthPlugin(auth, { entry }))
    expect(verify).toHaveBeenCalledOnce()
  })

  it('is closed to a session without a uid, or to what the app says', async () => {
    expect((await launch({ tokenState: GUEST, silent: GUEST })).pages.stack()).toEqual([DOOR])
    const isSignedIn = ({ role }: TokenState) => role === 'staff'
    const pupil = await launch({ tokenState: { ...MEMBER, role: 'pupil' }, isSignedIn })
    expect(pupil.pages.stack()).toEqual([DOOR])
    const staff = await launch({ tokenState: { ...MEMBER, role: 'staff' }, isSignedIn })
    expect(staff.pages.stack()).toEqual([HOME])
  })

  it('is led back to after signing out, and then to its home', async () => {
    const { auth, pages, settle } = await launch({ opened: [HOME, LINK], tokenState: MEMBER })
    auth.set({ tokenState: null, signedOut: true })
    // Apps go home after signing out, which must not be a way in: they come too late for it.
    navigate(HOME).catch(() => undefined)
    await settle()
    expect(pages.stack()).toEqual([DOOR])
    expect(auth.calls).toEqual([])
    auth.set({ tokenState: MEMBER, signedOut: false })
    await settle()
    expect(pages.stack()).toEqual([HOME])
  })

  it('comes back to the page on which the session died, not to the page for prompts', async () => {
    const { auth, pages, settle } = await launch({ opened: [HOME, LINK, MINE], tokenState: MEMBER })
    auth.set({ tokenState: null })
    await settle()
    expect(pages.stack()).toEqual([doorFor(LINK)])
  })

  it('does not ask for a silent login again after signing out', async () => {
    const { auth, pages } = await launch({ signedOut: true })
    expect(auth.calls).toEqual([])
    expect(pages.stack()).toEqual([DOOR])
  })

  it('leads again when a running app is opened by a code, also where the page comes late', async () => {
    const { auth, clock, pages, settle, show } = await launch()
    await clock.advance(20_000)
    await show()
    await clock.advance(3000)
    pages.uni.reLaunch({ url: LINK, success() {}, fail() {} })
    await settle()
    expect(pages.stack()).toEqual([doorFor(LINK)])
    auth.set({ tokenState: MEMBER })
    await settle()
    expect(pages.stack()).toEqual([LINK])
  })

  it('leaves alone the sign-in page and what was opened from there', async () => {
    const { auth, pages, show, settle } = await launch()
    pages.uni.navigateTo({ url: SERVICE, success() {}, fail() {} })
    await settle()
    auth.set({ tokenState: GUEST })
    await show()
    expect(pages.stack()).toEqual([DOOR, SERVICE])
  })

  it.each(['https://evil.example', '//evil.example/a', `${DOOR}?wanted=x`, '/a/../b#c'])(
    'goes home where the address names no page of the app: %s',
    async (wanted) => {
      const { auth, pages, settle } = await launch({ opened: [doorFor(wanted)] })
      auth.set({ tokenState: MEMBER })
      await settle()
      expect(pages.stack()).toEqual([HOME])
    },
  )

  it('is not left by who signs in while it is being closed', async () => {
    const { auth, endSilently, pages, settle } = await launch({ opened: [LINK], silent: 'notYet' })
    endSilently(null)
    await Promise.resolve()
    auth.set({ tokenState: MEMBER })
    await settle()
    expect(pages.stack()).toEqual([LINK])
  })
})

it('an open app asks nobody at launch, and goes nowhere', async () => {
  const pages = createHost()
  vi.stubGlobal('uni', { ...pages.uni, onAppShow: (listener: () => void) => listener() })
  vi.stubGlobal('getCurrentPages', pages.getCurrentPages)
  const auth = createFakeAuth()
  const app = createApp({}).use(createPinia())
  app.use(createAuthPlugin(auth, { promptPage: DOOR, home: HOME }))
  await flush()
  auth.set({ signedOut: true })
  await flush()
  expect(auth.calls).toEqual([])
  expect(pages.calls).toEqual([])
  expect(app.runWithContext(useEntry)).toBeUndefined()
})
