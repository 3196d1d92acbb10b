import { afterEach, expect, it, vi } from 'vitest'
import { addressOf, useAddressOnMap } from '../../../example/booking/useAddressOnMap'
import { page } from '../../support/pageHooks'

afterEach(() => {
  page.forget()
  vi.unstubAllGlobals()
})

it.each([
  ['湖滨市梧桐路 8 号 梧桐公园', { address: '湖滨市梧桐路 8 号', name: '梧桐公园' }],
  ['湖滨市梧桐路 8 号', { address: '湖滨市梧桐路 8 号', name: '' }],
  ['梧桐公园', { address: '', name: ' 梧桐公园 ' }],
  ['湖滨市梧桐公园', { address: '湖滨市梧桐公园', name: '梧桐公园' }],
  ['湖滨市梧桐公园东门', { address: '湖滨市梧桐公园', name: '湖滨市梧桐公园东门' }],
  ['', { address: ' ', name: '' }],
  ['', { address: 8, name: null }],
  ['', null],
  ['', 'chooseLocation:ok'],
])('an address is %s for %o', (address, place) => {
  expect(addressOf(place)).toBe(address)
})

it('an address is cut to what the field holds, between two characters', () => {
  expect(addressOf({ address: '路'.repeat(300), name: '公园' })).toBe('路'.repeat(200))
  expect(addressOf({ address: `${'路'.repeat(199)}🌳`, name: '' })).toBe('路'.repeat(199))
})

interface Call {
  success(result: unknown): void
  fail(failure: unknown): void
}

const thrown = () => {
  throw undefined
}

/** Opens the map on a phone that answers like this; gives what was filled in, and what is said. */
async function openOn(chooseLocation: unknown) {
  vi.stubGlobal('uni', {
    getSetting: ({ success }: Call) => success({ authSetting: { 'scope.userLocation': true } }),
    chooseLocation,
  })
  const filled: string[] = []
  const { failure, open } = useAddressOnMap((address) => filled.push(address))
  await open()
  return { filled, failure, open }
}

it.each([
  ['is missing', undefined],
  ['throws', () => expect.fail('broken')],
  ['throws nothing to read', thrown],
  ['fails', ({ fail }: Call) => fail({ errMsg: 'chooseLocation:fail no network' })],
  ['fails with nothing', ({ fail }: Call) => fail(undefined)],
  ['gives nothing', ({ success }: Call) => success(undefined)],
  ['gives a place without name', ({ success }: Call) => success({ name: '', address: '' })],
])('a map that %s is reported, and can be tried again', async (_how, chooseLocation) => {
  const { filled, failure, open } = await openOn(chooseLocation)
  expect(failure.value).toBe('failed')
  expect(filled).toEqual([])
  vi.stubGlobal('uni', {
    ...(globalThis as unknown as { uni: object }).uni,
    chooseLocation: ({ success }: Call) => success({ name: '梧桐公园', address: '梧桐路 8 号' }),
  })
  await open()
  expect(failure.value).toBe('')
  expect(filled).toEqual(['梧桐路 8 号 梧桐公园'])
})

it.each([
  ['cannot be asked for', 'authorize:fail scope is not declared'],
  ['the phone keeps from WeChat', 'authorize:fail:system permission denied'],
  ['the host does not know', 'authorize:fail invalid scope'],
])('a map that needs no permission opens where it is one that %s', async (_how, errMsg) => {
  vi.stubGlobal('uni', {
    getSetting: ({ success }: Call) => success({ authSetting: {} }),
    authorize: ({ fail }: Call) => fail({ errMsg }),
    chooseLocation: ({ success }: Call) => success({ name: '梧桐公园', address: '' }),
  })
  const filled: string[] = []
  await useAddressOnMap((address) => filled.push(address)).open()
  expect(filled).toEqual(['梧桐公园'])
})

it('leaving the map changes nothing and says nothing', async () => {
  const { filled, failure } = await openOn(({ fail }: Call) =>
    fail({ errMsg: 'chooseLocation:fail cancel' }),
  )
  expect([filled, failure.value]).toEqual([[], ''])
})

it('no map follows on a refusal', async () => {
  const chooseLocation = vi.fn()
  vi.stubGlobal('uni', {
    getSetting: ({ success }: Call) => success({ authSetting: {} }),
    authorize: ({ fail }: Call) => fail({ errMsg: 'authorize:fail auth deny' }),
    chooseLocation,
  })
  const { failure, open } = useAddressOnMap(() => {})
  await open()
  expect(failure.value).toBe('denied')
  expect(chooseLocation).not.toHaveBeenCalled()
})

it('a map that never calls back can be opened again once the page is seen again', async () => {
  const calls: Call[] = []
  const chooseLocation = vi.fn((call: Call) => calls.push(call))
  vi.stubGlobal('uni', {
    getSetting: ({ success }: Call) => success({ authSetting: { 'scope.userLocation': true } }),
    chooseLocation,
  })
  const filled: string[] = []
  const { failure, open } = useAddressOnMap((address) => filled.push(address))
  void open()
  await vi.waitFor(() => expect(calls).toHaveLength(1))
  await open()
  expect(calls).toHaveLength(1)
  page.run('onShow')
  const second = open()
  await vi.waitFor(() => expect(calls).toHaveLength(2))

  // What the first one says now is nobody's wish, and does not end the second one's turn.
  calls[0]?.fail({ errMsg: 'chooseLocation:fail' })
  await open()
  expect(calls).toHaveLength(2)
  expect(failure.value).toBe('')
  calls[1]?.success({ name: '梧桐公园', address: '' })
  await second
  expect(filled).toEqual(['梧桐公园'])
})

it('coming back from the settings does not end the question', async () => {
  const maps = vi.fn(({ success }: Call) => success({ name: '梧桐公园', address: '' }))
  const authorize = vi.fn<(call: Call) => void>()
  vi.stubGlobal('uni', {
    getSetting: ({ success }: Call) => success({ authSetting: {} }),
    authorize,
    chooseLocation: maps,
  })
  const { open } = useAddressOnMap(() => {})
  const first = open()
  page.run('onShow')
  const second = open()
  await vi.waitFor(() => expect(authorize).toHaveBeenCalled())
  authorize.mock.calls[0]?.[0].success({})
  await Promise.all([first, second])
  expect(maps).toHaveBeenCalledTimes(1)
})

it('a second tap does not open a second map', async () => {
  let maps = 0
  const opened = openOn(({ success }: Call) => {
    maps += 1
    setTimeout(() => success({ name: '梧桐公园', address: '' }))
  })
  const { open } = await opened
  await Promise.all([open(), open()])
  expect(maps).toBe(2)
})
