import { describe, expect, it } from 'vitest'
import { startOAuth, takeOAuthReturn } from '../../../src/signIn'

/** A tab of a browser that records where it is led. */
function openTab(href: string) {
  const stored = new Map<string, string>()
  const tab = {
    stored,
    /** What Back would not find any more. */
    left: [] as string[],
    location: {
      href,
      origin: new URL(href).origin,
      replace(url: string) {
        tab.left.push(tab.location.href)
        tab.location.href = url
      },
    },
    history: {
      state: { position: 3 },
      replaceState(_state: unknown, _title: string, url: string) {
        tab.location.href = url
      },
    },
    sessionStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    },
    crypto: { getRandomValues: (bytes: Uint8Array) => bytes.fill(0xa7) },
  }
  return tab
}

/** Leaves for WeChat, and is where WeChat leads the user back to, with a code. */
function goThere(href: string, options: Partial<Parameters<typeof startOAuth>[0]> = {}) {
  const tab = openTab(href)
  startOAuth({ appId: 'wx1', ...options }, tab)
  const asked = new URL(tab.location.href)
  return { tab, asked, back: new URL(asked.searchParams.get('redirect_uri')!) }
}

const app = 'https://app.example.com'

describe('signing in by WeChat in a browser', () => {
  it('asks WeChat with its parameters in their order, in place of this page', () => {
    const { tab, asked } = goThere(`${app}/?from=ad#/pages/me/me`)
    expect(asked.origin + asked.pathname).toBe(
      'https://open.weixin.qq.com/connect/oauth2/authorize',
    )
    expect([...asked.searchParams.keys()]).toEqual([
      'appid',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ])
    expect(asked.searchParams.get('scope')).toBe('snsapi_userinfo')
    expect(asked.searchParams.get('state')).toMatch(/^[\da-z]{32}$/i)
    expect(asked.hash).toBe('#wechat_redirect')
    expect(tab.left).toEqual([`${app}/?from=ad#/pages/me/me`])
  })

  it('asks for a website by the page with the code', () => {
    const { asked } = goThere(`${app}/`, { provider: 'wechat-web' })
    expect(asked.pathname).toBe('/connect/qrconnect')
    expect(asked.searchParams.get('scope')).toBe('snsapi_login')
  })

  it.each([
    ['/', ''],
    ['/?from=ad', ''],
    ['/', '#/pages/me/me'],
    ['/', '#/pages/me/me?tab=2'],
    ['/base/pages/me/me', ''],
    ['/base/pages/me/me?tab=2', ''],
  ])('comes back to %s%s, and nothing stays in the address', (path, hash) => {
    const { tab, asked, back } = goThere(app + path + hash, { page: '/pages/me/me?tab=2' })
    back.searchParams.set('code', 'c0de')
    back.searchParams.set('state', asked.searchParams.get('state')!)
    tab.location.href = back.href
    expect(takeOAuthReturn(tab)).toEqual({
      credentials: { provider: 'wechat-official', code: 'c0de' },
      page: '/pages/me/me?tab=2',
    })
    expect(tab.location.href).toBe(app + path + hash)
    expect(tab.stored.size).toBe(0)
    // A reload.
    expect(takeOAuthReturn(tab)).toBe(undefined)
  })

  it('takes the code from behind the fragment, too', () => {
    const { tab, asked } = goThere(`${app}/#/pages/me/me?tab=2`)
    const state = asked.searchParams.get('state')!
    tab.location.href = `${app}/#/pages/me/me?tab=2&code=c0de&state=${state}`
    expect(takeOAuthReturn(tab)?.credentials).toEqual({ provider: 'wechat-official', code: 'c0de' })
    expect(tab.location.href).toBe(`${app}/#/pages/me/me?tab=2`)
  })

  it.each([
    ['of another tab', (tab: ReturnType<typeof openTab>) => tab.stored.clear()],
    [
      'that is not the one that was stored',
      (tab: ReturnType<typeof openTab>) => {
        for (const key of tab.stored.keys()) tab.stored.set(key, '{"state":"x","provider":"p"}')
      },
    ],
    [
      'where the storage is damaged',
      (tab: ReturnType<typeof openTab>) => {
        for (const key of tab.stored.keys()) tab.stored.set(key, '{')
      },
    ],
  ])('drops a code with a state %s', (_name, spoil) => {
    const { tab, asked } = goThere(`${app}/`)
    spoil(tab)
    tab.location.href = `${app}/?code=c0de&state=${asked.searchParams.get('state')}`
    expect(takeOAuthReturn(tab)).toBe(undefined)
    expect(tab.location.href).toBe(`${app}/`)
    expect(tab.stored.size).toBe(0)
  })

  describe('in a browser that stores nothing', () => {
    function refuseStorage(tab: ReturnType<typeof openTab>) {
      return Object.defineProperty(tab, 'sessionStorage', {
        get() {
          throw new Error('SecurityError')
        },
      })
    }

    it('does not leave, as no answer could be trusted', () => {
      const tab = refuseStorage(openTab(`${app}/`))
      expect(() => startOAuth({ appId: 'wx1' }, tab)).toThrow(/^login_failed/)
      expect(tab.left).toEqual([])
    })

    it('drops a code, and takes it out of the address', () => {
      const tab = refuseStorage(openTab(`${app}/?code=c0de&state=7`))
      expect(takeOAuthReturn(tab)).toBe(undefined)
      expect(tab.location.href).toBe(`${app}/`)
    })
  })

  it('is nothing where the user refused, and the address is clean', () => {
    const { tab, asked } = goThere(`${app}/`)
    tab.location.href = `${app}/?state=${asked.searchParams.get('state')}`
    expect(takeOAuthReturn(tab)).toBe(undefined)
    expect(tab.location.href).toBe(`${app}/`)
  })

  it.each(['/?code=promo', '/?state=open', '/#/pages/me/me?state=open'])(
    'leaves the app’s own parameters alone: %s',
    (path) => {
      const tab = openTab(app + path)
      expect(takeOAuthReturn(tab)).toBe(undefined)
      expect(tab.location.href).toBe(app + path)
    },
  )

  it.each([
    'https://evil.example.com/pages/me/me',
    '//evil.example.com/me',
    '/\\evil.example.com',
    '/%2f/evil.example.com',
    'javascript:alert(1)',
    '/pages/../me',
  ])('does not lead to %s', (page) => {
    const { tab, asked, back } = goThere(`${app}/`, { page })
    back.searchParams.set('code', 'c0de')
    back.searchParams.set('state', asked.searchParams.get('state')!)
    tab.location.href = back.href
    expect(takeOAuthReturn(tab)).not.toHaveProperty('page')
  })
})
