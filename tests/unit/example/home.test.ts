// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import type { Service } from '../../../example/api'
import BookingHeading from '../../../example/booking/BookingHeading.vue'
import Home from '../../../example/home/home.vue'
import { zhHans } from '../../../example/texts/zhHans'

vi.mock('@dcloudio/uni-app', () => ({
  onLoad: (hook: () => void) => hook(),
  onShow() {},
  onHide() {},
  onUnload() {},
  onPullDownRefresh() {},
}))

/** What may be offered on the App for Android, the one host that shows a virtual good. */
const services: Service[] = [
  { id: 'van', name: '小面搬家', description: '', price: 19_900, isVirtual: false },
  { id: 'course', name: '线上整理课', description: '', price: 9900, isVirtual: true },
]
vi.mock('../../../example/api', () => ({
  fetchServices: () => Promise.resolve(services),
  yuan: String,
}))

afterEach(() => vi.unstubAllGlobals())

it('a virtual good that may be shown leads to no booking: it says that it is not sold here', async () => {
  vi.stubGlobal('uni', {})
  const home = mount(Home, { global: { stubs: { AuthSheet: true } } })
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
  const heading = mount(BookingHeading, { props: { serviceId } })
  await flushPromises()
  expect(heading.find(shown).exists()).toBe(true)
})
