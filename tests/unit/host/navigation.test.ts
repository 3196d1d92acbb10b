import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  navigate,
  NavigationError,
  type NavigateOptions,
  type NavigationErrorCode,
} from '../../../src/host/navigation'
import { createHost, type Call } from './pageHost'

function use(opened?: string[]) {
  const host = createHost(opened)
  vi.stubGlobal('uni', host.uni)
  vi.stubGlobal('getCurrentPages', host.getCurrentPages)
  return host
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('navigate', () => {
  it('opens a page', async () => {
    const host = use()
    await navigate('/pages/booking/booking?service=2')
    expect(host.stack()).toEqual(['/pages/home/home', '/pages/booking/booking?service=2'])
  })

  it.each([
    [
      '/pages/booking/booking',
      { name: '王 & 林', id: 7, gift: false },
      'name=%E7%8E%8B%20%26%20%E6%9E%97&id=7&gift=false',
    ],
    ['/pages/booking/booking?from=qr', { 'a=b': '1+1=2' }, 'from=qr&a%3Db=1%2B1%3D2'],
    ['/pages/booking/booking?', { rate: 0.5, empty: '' }, '&rate=0.5&empty='],
    ['/pages/booking/booking', { literal: '%41' }, 'literal=%2541'],
  ])('opens %s with the query %o', async (page, query, encoded) => {
    const host = use()
    await navigate(page, { query })
    expect(host.calls).toEqual([`navigateTo /pages/booking/booking?${encoded}`])
    await navigate(page, { query })
    expect(host.calls).toHaveLength(1)
  })

  it('switches to a tab page, whose url has no query then', async () => {
    const host = use()
    await navigate('/pages/mine/mine?from=home')
    expect(host.calls).toEqual([
      'navigateTo /pages/mine/mine?from=home',
      'switchTab /pages/mine/mine',
    ])
    expect(host.stack()).toEqual(['/pages/mine/mine'])
  })

  it('replaces the current page', async () => {
    const host = use(['/pages/home/home', '/pages/booking/booking'])
    await navigate('/pages/service/service', { replace: true })
    expect(host.stack()).toEqual(['/pages/home/home', '/pages/service/service'])
  })

  it('switches to a tab page that was to replace the current one', async () => {
    const host = use(['/pages/home/home', '/pages/booking/booking'])
    await navigate('/pages/mine/mine', { replace: true })
    expect(host.stack()).toEqual(['/pages/mine/mine'])
  })

  it('closes all other pages for a root', async () => {
    const host = use(['/pages/home/home', '/pages/booking/booking'])
    await navigate('/pages/booking/booking', { root: true })
    expect(host.stack()).toEqual(['/pages/booking/booking'])
  })

  it('goes back to a page that is open already', async () => {
    const host = use(['/pages/home/home', '/pages/service/service?id=1', '/pages/booking/booking'])
    await navigate('/pages/home/home')
    expect(host.calls).toEqual(['navigateBack 2'])
  })

  it('has arrived where the user goes back to that page meanwhile', async () => {
    const host = use(['/pages/home/home', '/pages/booking/booking'])
    const { navigateBack } = host.uni
    vi.spyOn(host.uni, 'navigateBack').mockImplementation((call) => {
      host.goBack()
      navigateBack(call)
    })
    await navigate('/pages/home/home')
    expect(host.stack()).toEqual(['/pages/home/home'])
  })

  it('goes back to the nearest of two', async () => {
    const host = use(['/pages/service/service', '/pages/service/service', '/pages/booking/booking'])
    await navigate('/pages/service/service')
    expect(host.calls).toEqual(['navigateBack 1'])
  })

  it('takes pages with another query for other pages', async () => {
    const host = use(['/pages/home/home', '/pages/service/service?id=1', '/pages/booking/booking'])
    await navigate('/pages/service/service?id=2')
    expect(host.calls).toEqual(['navigateTo /pages/service/service?id=2'])
  })

  it.each([
    ['in another order', '?to=2&from=1', { from: '1', to: '2' }],
    ['that the host has decoded', '?name=%E7%8E%8B%20%25', { name: '王 %' }],
    ['that the host has left encoded', '?name=%E7%8E%8B', { name: '%E7%8E%8B' }],
    ['without values', '?new', { new: '' }],
    ['that holds equals signs', '?sum=1=1', { sum: '1=1' }],
  ])('knows an open page by a query %s', async (_how, query, options) => {
    const host = use(['/pages/service/service', '/pages/booking/booking'])
    vi.stubGlobal('getCurrentPages', () =>
      [{ route: 'pages/service/service', options }, { route: 'pages/booking/booking' }].slice(
        0,
        host.stack().length,
      ),
    )
    await navigate(`/pages/service/service${query}`)
    expect(host.calls).toEqual(['navigateBack 1'])
  })

  it('takes null for no options', async () => {
    const host = use()
    await navigate('/pages/booking/booking', null!)
    expect(host.stack()).toHaveLength(2)
  })

  it('does nothing when the page is there already', async () => {
    const host = use(['/pages/home/home', '/pages/booking/booking'])
    await navigate('/pages/booking/booking')
    expect(host.calls).toEqual([])
  })

  it("takes the current page's place when ten are open", async () => {
    const ten = Array.from({ length: 10 }, (_, id) => `/pages/service/service?id=${id}`)
    const host = use(ten)
    await navigate('/pages/booking/booking')
    expect(host.stack()).toEqual([...ten.slice(0, 9), '/pages/booking/booking'])
  })

  it('opens one page for a double tap', async () => {
    const host = use()
    await Promise.all([navigate('/pages/booking/booking'), navigate('/pages/booking/booking')])
    await navigate('/pages/booking/booking')
    expect(host.calls).toEqual(['navigateTo /pages/booking/booking'])
  })

  it('opens one page for a double tap also while it finishes what was tapped before', async () => {
    const host = use()
    const calls: Call[] = []
    vi.stubGlobal('uni', { ...host.uni, navigateTo: (call: Call) => void calls.push(call) })
    const first = navigate('/pages/service/service')
    const second = navigate('/pages/booking/booking')
    await new Promise(setImmediate)
    host.uni.navigateTo(calls[0]!)
    await first
    const third = navigate('/pages/booking/booking')
    await new Promise(setImmediate)
    expect(calls.map(({ url }) => url)).toEqual([
      '/pages/service/service',
      '/pages/booking/booking',
    ])
    host.uni.navigateTo(calls[1]!)
    await Promise.all([second, third])
  })

  it('does nothing when the tab page is there already', async () => {
    const host = use()
    await navigate('/pages/mine/mine')
    host.calls.length = 0
    await navigate('/pages/mine/mine')
    expect(host.calls).toEqual([])
  })

  it('goes to one page after the other', async () => {
    const host = use()
    await Promise.all([navigate('/pages/booking/booking'), navigate('/pages/mine/mine')])
    expect(host.stack()).toEqual(['/pages/mine/mine'])
  })

  it('goes on after a navigation that failed', async () => {
    const host = use()
    const results = await Promise.allSettled([
      navigate('/pages/nowhere/nowhere'),
      navigate('/pages/booking/booking'),
    ])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(host.stack()).toHaveLength(2)
  })

  it('can be tried again after a failure', async () => {
    use()
    await expect(navigate('/pages/nowhere/nowhere')).rejects.toThrow()
    const host = use()
    await expect(navigate('/pages/nowhere/nowhere')).rejects.toThrow()
    expect(host.calls).toHaveLength(1)
  })

  it('waits until the host counts the page among the open ones', async () => {
    vi.useFakeTimers()
    const host = use()
    let late = true
    vi.stubGlobal('getCurrentPages', () =>
      late ? host.getCurrentPages().slice(0, 1) : host.getCurrentPages(),
    )
    const arrived = vi.fn()
    const arrival = navigate('/pages/booking/booking').then(arrived)
    await vi.advanceTimersByTimeAsync(100)
    expect(arrived).not.toHaveBeenCalled()
    const second = navigate('/pages/booking/booking')
    late = false
    await vi.advanceTimersByTimeAsync(20)
    await Promise.all([arrival, second])
    expect(host.calls).toEqual(['navigateTo /pages/booking/booking'])
  })

  it('waits for the new page where the one before is the same with another query', async () => {
    vi.useFakeTimers()
    const host = use(['/pages/service/service?id=1'])
    let late = true
    vi.stubGlobal('getCurrentPages', () =>
      late ? host.getCurrentPages().slice(0, 1) : host.getCurrentPages(),
    )
    const arrived = vi.fn()
    const arrival = navigate('/pages/service/service?id=2').then(arrived)
    await vi.advanceTimersByTimeAsync(100)
    expect(arrived).not.toHaveBeenCalled()
    late = false
    await vi.advanceTimersByTimeAsync(20)
    await arrival
  })

  // A page that is opened by a link, a scene code or as the root keeps that query.
  it.each([
    ['that was opened with a query', ['/pages/mine/mine?from=share'], '/pages/mine/mine', {}],
    ['that shows another query', ['/pages/mine/mine?id=1'], '/pages/mine/mine?id=2', {}],
    ['that the host opens without its query', [], '/pages/mine/mine?id=1', { root: true }],
  ])('waits for no query of a tab page %s', async (_how, opened, url, options) => {
    vi.useFakeTimers()
    const host = use(['/pages/booking/booking'])
    if (opened[0]) await navigate(opened[0], { root: true })
    const { reLaunch } = host.uni
    vi.stubGlobal('uni', {
      ...host.uni,
      reLaunch: (call: Call) => reLaunch({ ...call, url: call.url?.split('?')[0] ?? '' }),
    })
    await navigate(url, options)
    await navigate('/pages/booking/booking')
    expect(host.stack()).toHaveLength(2)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('waits for the new page where the root was open with another query', async () => {
    vi.useFakeTimers()
    const host = use(['/pages/booking/booking?id=1'])
    const before = host.getCurrentPages()
    let late = true
    vi.stubGlobal('getCurrentPages', () => (late ? [...before] : host.getCurrentPages()))
    const arrived = vi.fn()
    void navigate('/pages/booking/booking?id=2', { root: true }).then(arrived)
    await vi.advanceTimersByTimeAsync(100)
    expect(arrived).not.toHaveBeenCalled()
    late = false
    await vi.advanceTimersByTimeAsync(20)
    expect(arrived).toHaveBeenCalled()
  })

  it('waits a second at most on a host that does not say which pages are open', async () => {
    vi.useFakeTimers()
    const host = use()
    vi.stubGlobal('getCurrentPages', () => undefined)
    const arrival = navigate('/pages/booking/booking')
    await vi.advanceTimersByTimeAsync(1000)
    await arrival
    expect(host.calls).toEqual(['navigateTo /pages/booking/booking'])
  })
})

describe('a navigation that fails', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })

  it('says why and where, but not the query; in production the code stands for the text', () => {
    const codes = ['invalid_url', 'page_not_found', 'navigation_failed', 'navigation_timeout']
    const texts = codes.map((code) => {
      const { message } = new NavigationError(code as NavigationErrorCode, '/a?b=c')
      expect(message).toMatch(new RegExp(`^${code}: .*\\w \\w.* \\('/a'\\)$`))
      return message.slice(code.length)
    })
    expect(new Set(texts).size).toBe(codes.length)
    vi.stubEnv('NODE_ENV', 'production')
    const error = new NavigationError('page_not_found', '/a?b=c')
    vi.unstubAllEnvs()
    expect(error.message).toBe("page_not_found ('/a')")
    expect(error.name).toBe('NavigationError')
    expect('cause' in error).toBe(false)
  })

  it.each<[string, Record<string, unknown>]>([
    ['/pages/booking/booking?id=1', { id: 1 }],
    ['/pages/booking/booking?%E7%8E%8B=1', { 王: '1' }],
    ['/pages/booking/booking', { '': 'nameless' }],
    ['/pages/booking/booking', { id: Number.NaN }],
    ['/pages/booking/booking', { id: undefined }],
    ['/pages/booking/booking', { ids: [1, 2] }],
    ['/pages/booking/booking', { half: '\ud800' }],
    ['/pages/booking/booking#top', { id: 1 }],
  ])('refuses %s with the query %o as invalid_url', async (page, query) => {
    const host = use()
    const values = query as NavigateOptions['query']
    await expect(navigate(page, { query: values! })).rejects.toMatchObject({ code: 'invalid_url' })
    expect(host.calls).toEqual([])
  })

  it.each(['', 'pages/home/home', '../mine/mine', '//example.com/', 'https://example.com/', '/'])(
    'refuses %j as invalid_url',
    async (url) => {
      const host = use()
      await expect(navigate(url)).rejects.toMatchObject({ code: 'invalid_url' })
      expect(host.calls).toEqual([])
    },
  )

  it.each([
    [
      'page_not_found',
      'finds no page',
      ({ fail }: Call) => fail({ errMsg: 'navigateTo:fail page "/pages/a/a" is not found' }),
    ],
    ['navigation_failed', 'refuses', ({ fail }: Call) => fail({ errMsg: 'navigateTo:fail' })],
    ['navigation_failed', 'fails with no reason', ({ fail }: Call) => fail(undefined)],
    ['navigation_failed', 'fails with a text', ({ fail }: Call) => fail('no')],
    [
      'navigation_failed',
      'throws',
      () => {
        throw new Error('broken')
      },
    ],
    ['navigation_failed', 'has no such call', undefined],
    ['navigation_timeout', 'never calls back', () => {}],
  ])('rejects with %s when the host %s', async (code, _what, navigateTo) => {
    const host = use()
    vi.stubGlobal('uni', { ...host.uni, navigateTo })
    const failed = navigate('/pages/a/a?name=secret').catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(10_000)
    const error = await failed
    expect(error).toBeInstanceOf(NavigationError)
    expect(error).toMatchObject({ code, cause: expect.anything() })
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('secret')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('rejects when the tab page cannot be switched to either', async () => {
    const host = use()
    vi.stubGlobal('uni', {
      ...host.uni,
      switchTab: ({ fail }: Call) => fail({ errMsg: 'switchTab:fail' }),
    })
    await expect(navigate('/pages/mine/mine')).rejects.toMatchObject({ code: 'navigation_failed' })
  })
})
