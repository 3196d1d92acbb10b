import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as navigation from '../../../src/host/navigation'
import type * as onQueryModule from '../../../src/host/onQuery'
import type * as pageHooks from '../../support/pageHooks'
import { createHost } from './pageHost'

type Options = Record<string, string>

const home = '/pages/home/home'
const mine = '/pages/mine/mine'
const booking = '/pages/booking/booking'

let navigate: typeof navigation.navigate
let onQuery: typeof onQueryModule.onQuery
/** What uni-app calls back of the page that was opened last. */
let hooks: typeof pageHooks.page
/** What the pages were called back with, in order. */
let calls: [string, Options][]

async function start(platform = 'mp-weixin') {
  vi.resetModules()
  vi.stubEnv('UNI_PLATFORM', platform)
  ;({ navigate } = await import('../../../src/host/navigation'))
  ;({ onQuery } = await import('../../../src/host/onQuery'))
  ;({ page: hooks } = await import('../../support/pageHooks'))
}

const recordOf = (page: string) => (query: Readonly<Options>) =>
  void calls.push([page, { ...query }])

/** Runs a page's setup and loads it. */
function open(page: string, options: Options) {
  hooks.forget()
  onQuery(recordOf(page))
  hooks.run('onLoad', options)
}

function use(
  opened = [home],
  load: (page: string, options: Options) => void = open,
  kind?: 'wechat' | 'h5',
) {
  const host = createHost(opened, load, kind)
  vi.stubGlobal('uni', host.uni)
  vi.stubGlobal('getCurrentPages', host.getCurrentPages)
  return host
}

beforeEach(async () => {
  calls = []
  await start()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

const values = [['王 & 林'], ['100%'], ['%41'], ['50%25'], ['%2B'], ['a=b&c#d?e+f'], ['']]

describe('a page', () => {
  it.each(values)('gets %j as it was given to navigate, in WeChat', async (name) => {
    use()
    await navigate(booking, { query: { name } })
    expect(calls).toEqual([[booking, { name }]])
  })

  it.each(values)('gets %j as it was given in H5, and is known by it', async (name) => {
    await start('h5')
    const host = use([home], open, 'h5')
    await navigate(booking, { query: { name } })
    await navigate(booking, { query: { name } })
    expect(calls).toEqual([[booking, { name }]])
    expect(host.calls).toHaveLength(1)
  })

  it.each([
    ['王 & 林', 1],
    ['王 & 林', 2],
    ['/pages/one?a=b', 1],
    ['/pages/one?a=b', 2],
    ['50%', 1],
    ['50%', 2],
    ['%41', 1],
    ['%41', 2],
  ])('gets %j from an address in H5 that has it encoded %i times', async (name, times) => {
    await start('h5')
    // Twice: as navigation writes it, in an address that is shared then.
    let written = name
    for (let time = 0; time < times; time++) written = encodeURIComponent(written)
    use([`${booking}?name=${written}`], open, 'h5')
    open(booking, {})
    expect(calls).toEqual([[booking, { name }]])
  })

  it.each(['mp-weixin', 'h5'])('gets a plus sign of its url as it is, in %s', async (platform) => {
    await start(platform)
    use([home], open, platform === 'h5' ? 'h5' : 'wechat')
    await navigate(`${booking}?sum=1+1`, { query: { id: 7 } })
    await navigate(`${booking}?sum=2+2`)
    expect(calls).toEqual([
      [booking, { sum: '1+1', id: '7' }],
      [booking, { sum: '2+2' }],
    ])
  })

  it('gets in H5 what a url has encoded in another way than navigate does', async () => {
    await start('h5')
    use([home], open, 'h5')
    await navigate(`${booking}?back=%2fpages%2fhome`)
    expect(calls).toEqual([[booking, { back: '/pages/home' }]])
  })

  it.each([
    ['lacks the query, as in an app of one page', { fullPath: '/a' }],
    ['is not told', undefined],
  ])('gets what H5 passes where its url %s', async (_, $page) => {
    await start('h5')
    vi.stubGlobal('getCurrentPages', () => [{ route: 'a', $page }])
    open('/a', { scene: 'id=1' })
    expect(calls).toEqual([['/a', { scene: 'id=1' }]])
  })

  it('gets what is no encoding as it is, and without a query an empty one', () => {
    use([booking])
    open(booking, { scene: 'id%3D1', broken: '50%' })
    open(booking, {})
    expect(calls).toEqual([
      [booking, { scene: 'id=1', broken: '50%' }],
      [booking, {}],
    ])
  })
})

describe('a tab page', () => {
  it('gets its query when it is loaded for it', async () => {
    use()
    await navigate(mine, { query: { name: '王' } })
    expect(calls).toEqual([[mine, { name: '王' }]])
  })

  it('gets it when it is loaded only after the host has reported success', async () => {
    let load = () => {}
    use([home], (page, options) => void (load = () => open(page, options)))
    await navigate(mine, { query: { id: 1 } })
    expect(calls).toEqual([])
    load()
    expect(calls).toEqual([[mine, { id: '1' }]])
  })

  it('gets it each time, also when it is there already', async () => {
    const host = use()
    await navigate(mine, { query: { id: 1 } })
    await navigate(mine, { query: { id: 2 } })
    host.tapTab(home)
    await navigate(`${mine}?id=2`)
    expect(calls).toEqual([
      [mine, { id: '1' }],
      [mine, { id: '2' }],
      [mine, { id: '2' }],
    ])
  })

  it('gets it by replace and by root too', async () => {
    use([home, booking])
    await navigate(mine, { query: { id: 1 }, replace: true })
    await navigate(mine, { query: { id: 2 }, root: true })
    expect(calls).toEqual([
      [mine, { id: '1' }],
      [mine, { id: '2' }],
    ])
  })

  it('gets by root what a host drops from its url', async () => {
    use([home], (page) => open(page, {}))
    await navigate(mine, { query: { id: 1 }, root: true })
    expect(calls).toEqual([[mine, { id: '1' }]])
  })

  it('gets it although it was opened with the same one, if it has had another since', async () => {
    use()
    await navigate(mine, { query: { id: 1 }, root: true })
    await navigate(mine, { query: { id: 2 } })
    await navigate(mine, { query: { id: 1 } })
    expect(calls).toEqual([
      [mine, { id: '1' }],
      [mine, { id: '2' }],
      [mine, { id: '1' }],
    ])
  })

  it('does not get it again from the tab bar, or from a later navigation without one', async () => {
    const host = use()
    await navigate(mine, { query: { id: 1 } })
    host.tapTab(home)
    host.tapTab(mine)
    await navigate(home)
    await navigate(mine)
    expect(calls).toEqual([[mine, { id: '1' }]])
  })

  it('does not get what belonged to a navigation that failed or came too late', async () => {
    vi.useFakeTimers()
    const host = use()
    vi.stubGlobal('uni', { ...host.uni, switchTab: () => {} })
    const late = navigate(mine, { query: { id: 1 } }).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await late).toMatchObject({ code: 'navigation_timeout' })
    host.tapTab(mine)
    expect(calls).toEqual([[mine, {}]])
  })

  it('gets nothing that was for another page, or for itself before a later navigation', async () => {
    const host = use([booking], () => {})
    await navigate(home, { query: { id: 1 } })
    host.tapTab(mine)
    open(mine, {})
    await navigate(booking)
    host.tapTab(home)
    open(home, {})
    expect(calls).toEqual([
      [mine, {}],
      [home, {}],
    ])
  })

  it('that is closed gets nothing more', async () => {
    const host = use()
    host.tapTab(mine)
    hooks.run('onUnload')
    host.tapTab(home)
    await navigate(mine, { query: { id: 1 } })
    expect(host.stack()).toEqual([mine])
    expect(calls).toEqual([[mine, {}]])
  })

  it('that throws over its query does not make the navigation fail', async () => {
    const host = use([home, booking], () => {})
    const reported = new Promise((resolve) => process.once('unhandledRejection', resolve))
    host.tapTab(mine)
    hooks.forget()
    onQuery(({ id }) => {
      if (id) throw new Error('of the page')
    })
    hooks.run('onLoad', {})
    await navigate(mine, { query: { id: 1 } })
    expect(await reported).toEqual(new Error('of the page'))
  })
})
