// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UseFocusChainReturn } from '../../src/forms/index'
import { page } from '../support/pageHooks'
import { readDocument } from './documents'
import { exampleWith, run, runAsync } from './run'

interface Call {
  success(result: unknown): void
  fail(failure: unknown): void
}

/** What the example had the host do: `showToast 请打开手机的定位` … */
let did: string[]

function useHost(answers: Record<string, unknown>) {
  const recorded = (name: string) => (options?: Record<string, unknown>) =>
    void did.push([name, options?.title ?? options?.url].filter(Boolean).join(' '))
  vi.stubGlobal('uni', {
    hideKeyboard: recorded('hideKeyboard'),
    showToast: recorded('showToast'),
    setNavigationBarTitle: recorded('setNavigationBarTitle'),
    ...answers,
  })
}

const succeed = (result: unknown) => (call: Call) => call.success(result)
const fail = (errMsg: string) => (call: Call) => call.fail({ errMsg })

beforeEach(() => void (did = []))
afterEach(() => vi.unstubAllGlobals())

describe('the examples of forms', () => {
  it('go on by the confirm key of a field that is bound as the template says', async () => {
    useHost({})
    const [template] = /<input\n {2}id="name"[^>]*\/>/.exec(readDocument('client.md'))!
    const names = ['chain', 'fields']
    let given: Record<string, unknown> = {}
    const form = mount({
      setup: () => (given = run(exampleWith("(['name', 'phone', 'note']"), names)),
      template,
    })
    const chain = given.chain as UseFocusChainReturn
    const input = form.find('input')
    expect(input.attributes()).toMatchObject({ 'confirm-type': 'next', 'confirm-hold': 'true' })
    await input.trigger('focus')
    expect(chain.current).toBe('name')
    await input.trigger('confirm')
    expect(chain.current).toBe('phone')
    chain.next()
    chain.next()
    expect(did).toEqual(['showToast 已填完'])
  })

  it('go on from the picker, to the first field that is missing, and follow a form that grows', async () => {
    useHost({})
    const names = ['order', 'form', 'isCompany', 'pick', 'showMissing']
    let given: Record<string, unknown> = {}
    mount({ setup: () => (given = run(exampleWith('isCompany'), names)), template: '<i />' })
    const { order, form, isCompany, pick, showMissing } = given as {
      order: UseFocusChainReturn
      form: Record<string, string>
      isCompany: { value: boolean }
      pick(event: object): void
      showMissing(): void
    }
    showMissing()
    expect(order.current).toBe('date')
    pick({ detail: { value: '2026-12-01' } })
    expect(form.date).toBe('2026-12-01')
    expect(order.current).toBe('phone')

    form.phone = '15400001234'
    order.next()
    expect(order.current).toBe('note')
    isCompany.value = true
    showMissing()
    expect(order.current).toBe('company')
  })
})

describe('the examples of the host', () => {
  it('open a page with its query, which the page reads', async () => {
    const urls: string[] = []
    useHost({
      redirectTo: ({ url, success }: Call & { url: string }) => (urls.push(url), success({})),
    })
    const pages = [{ route: 'pages/home/home' }]
    vi.stubGlobal('getCurrentPages', () =>
      urls.length === 0
        ? pages
        : [
            {
              route: 'pages/booking/booking',
              options: { service: '%E5%B0%8F%E9%9D%A2%E6%90%AC%E5%AE%B6' },
            },
          ],
    )
    await runAsync(exampleWith("'/pages/booking/booking', {"))
    expect(urls).toEqual(['/pages/booking/booking?service=%E5%B0%8F%E9%9D%A2%E6%90%AC%E5%AE%B6'])
    page.run('onLoad', { service: '%E5%B0%8F%E9%9D%A2%E6%90%AC%E5%AE%B6' })
    expect(did).toEqual(['setNavigationBarTitle 小面搬家'])
  })

  it.each<[sentence: string, answers: Record<string, unknown>, address: string, calls: string[]]>([
    [
      'fill in the address once the location is granted',
      {
        getSetting: succeed({ authSetting: { 'scope.userLocation': true } }),
        chooseLocation: succeed({ name: '梧桐公园', address: '梧桐路 8 号' }),
      },
      '梧桐路 8 号 梧桐公园',
      [],
    ],
    [
      'say that it was refused',
      {
        getSetting: succeed({ authSetting: {} }),
        authorize: fail('authorize:fail auth deny'),
      },
      '',
      ['showToast 没有允许，请直接填写地址'],
    ],
  ])('%s', async (_sentence, answers, address, calls) => {
    useHost(answers)
    const { form } = await runAsync(exampleWith('ensurePermission('), ['form'])
    expect(form).toEqual({ address })
    expect(did).toEqual(calls)
  })

  it('ask the user to turn location on, where the phone reports it off', () => {
    useHost({ getSystemSetting: () => ({ locationEnabled: false }) })
    run(exampleWith('getSystemInfo()'))
    useHost({})
    run(exampleWith('getSystemInfo()'))
    expect(did).toEqual(['showToast 请打开手机的定位'])
  })

  it.each([
    [{ level: '20', isCharging: false }, true],
    [{ level: 20, isCharging: true }, false],
    [{ level: 80.4, isCharging: false }, false],
    [{}, false],
  ])('take a battery of %o for low: %s', async (battery, isLow) => {
    useHost({ getBatteryInfo: succeed(battery) })
    expect(await runAsync(exampleWith('getBattery()'), ['isLow'])).toEqual({ isLow })
  })
})
