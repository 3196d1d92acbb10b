// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { dayFromNow } from '../../../example/booking/fields'
import { AuthError, HttpError, type RequestError } from '../../../src/auth/errors'
import { createAuthPlugin } from '../../../src/store/authStore'
import { page } from '../../support/pageHooks'
import { createFakeAuth } from '../store/fakeAuth'

const draft = {
  ...{ name: '林小舟', phone: '15400001234', address: '梧桐路 8 号', note: '' },
  date: dayFromNow(7),
}

// The app's client reads what is stored as soon as it is there.
vi.stubGlobal('uni', {
  getStorageSync: (key: string) => (key.startsWith('draft:') ? draft : ''),
  setStorage() {},
  setNavigationBarTitle() {},
})
vi.stubGlobal('getCurrentPages', () => [{ route: 'example/booking/booking' }])
const { auth } = await import('../../../example/auth')
const { zhHans } = await import('../../../example/booking/texts')
const { default: Booking } = await import('../../../example/booking/booking.vue')

beforeEach(() => page.forget())

/** What the page says after a press to which this comes. */
async function toldOf(error: RequestError): Promise<string> {
  vi.spyOn(auth, 'request').mockImplementation(() => Promise.reject(error) as never)
  const booking = mount(Booking, {
    global: {
      plugins: [createPinia(), createAuthPlugin(createFakeAuth())],
      stubs: { AskSheet: true, BookingHeading: true, KeyboardBar: true, picker: true },
    },
  })
  page.run('onLoad', { service: 'family' })
  await flushPromises()
  await booking.find('#submit').trigger('tap')
  await flushPromises()
  return booking.find('.failure').text()
}

it.each([
  ['an answer that was lost', new AuthError('network')],
  ['an answer that did not come', new AuthError('timeout')],
  ['an answer that is none', new AuthError('protocol')],
  ['a gateway that has none', new HttpError(504)],
])('after %s the user reads that it may be booked', async (_, error) => {
  expect(await toldOf(error)).toBe(zhHans.undecided)
})

it('after a refusal the user does not read that it may be booked', async () => {
  expect(await toldOf(new HttpError(429))).not.toBe(zhHans.undecided)
})
