// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Service } from '../../../example/api'
import { zhHans } from '../../../example/texts/zhHans'

/** What may be offered on the App for Android, the one host that shows a virtual good. */
const services: Service[] = [
  { id: 'van', name: '小面搬家', description: '', price: 19_900, isVirtual: false },
  { id: 'course', name: '线上整理课', description: '', price: 9900, isVirtual: true },
]

beforeEach(() => {
  vi.resetModules()
  vi.doMock('../../../example/api', () => ({
    fetchServices: () => Promise.resolve(services),
    yuan: String,
  }))
})
afterEach(() => {
  vi.doUnmock('../../../example/api')
  vi.resetModules()
  vi.unstubAllGlobals()
})

it('a virtual good that may be shown leads to no booking: it says that it is not sold here', async () => {
  vi.stubGlobal('uni', {})
  const { default: Home } = await import('../../../example/home/home.vue')
  const { page } = await import('../../support/pageHooks')
  const home = mount(Home, { global: { stubs: { AuthSheet: true } } })
  page.run('onLoad')
  await flushPromises()
  const [van, course] = home.findAll('.service')
  expect(van?.find('button').text()).toBe(zhHans.home.book)
  expect(course?.text()).toContain('线上整理课')
  expect(course?.find('button').exists()).toBe(false)
  expect(course?.text()).toContain(zhHans.home.notSold)
})

it.each([
  ['van', '.heading__name'],
  ['course', '.heading__unknown'],
])('the booking page, opened by a link for %s, shows %s', async (serviceId, shown) => {
  const { default: BookingHeading } = await import('../../../example/booking/BookingHeading.vue')
  const heading = mount(BookingHeading, { props: { serviceId } })
  await flushPromises()
  expect(heading.find(shown).exists()).toBe(true)
})
