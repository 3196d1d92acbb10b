import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrivenPage, Simulator } from '../src'
import { writeApp } from './support/appFiles'
import { callWx } from './support/fixture'
import { writeKnownApis } from './support/typings'
import { startSimulator } from './support/simulator'

type Wx = Record<string, (...args: unknown[]) => unknown>

const app = writeApp(['pages/a/a', 'pages/map/map'], {
  'pages/a/a.js': 'Page({})',
  'pages/a/a.wxml': '<view class="well">好的</view>',
  'pages/map/map.js': 'Page({ data: { places: [1, 2] } })',
  'pages/map/map.wxml':
    '<camera class="map" wx:for="{{places}}" wx:key="*this"/><grid-view><view class="inner">里面</view></grid-view>',
})

let simulator: Simulator

beforeAll(async () => void (simulator = await startSimulator({ dist: app.dist })))
afterAll(async () => {
  await simulator.close()
  app.remove()
})

/** What `wx[name](argument)` throws or returns. */
const tryWx = (driven: DrivenPage, name: string, argument?: unknown) =>
  driven.page.evaluate(
    async ([name, argument]) => {
      const { wx } = window as unknown as { wx: Wx }
      if (typeof wx[name] !== 'function') return 'absent'
      try {
        return (await wx[name](argument)) ?? 'nothing'
      } catch (error) {
        return (error as { errMsg?: string }).errMsg ?? String(error)
      }
    },
    [name, argument] as const,
  )

/** What an app that shows an advertisement in its onLaunch does, and what it gets in the end. */
const useInterstitialAd = (driven: DrivenPage) =>
  driven.page.evaluate(async () => {
    interface Ad {
      onLoad(listener: () => void): void
      show(): Promise<void>
    }
    const { wx } = window as unknown as { wx: { createInterstitialAd(options: object): Ad } }
    const ad = wx.createInterstitialAd({ adUnitId: 'x' })
    ad.onLoad(() => {})
    return ad.show().then(
      () => 'shown',
      ({ errMsg }: { errMsg: string }) => errMsg,
    )
  })

const reason = 'is not modelled by the simulator'

it('the functions of wx are those of the installed typings', async () => {
  await expect(writeKnownApis()).toMatchFileSnapshot('../src/runtime/wx/knownApis.ts')
})

describe('a function of wx that is not modelled', () => {
  it('fails if it is asynchronous, with callbacks or as a Promise', async () => {
    const driven = await simulator.launch('', { unanswered: ['connectWifi'] })
    const failed = { ok: false, result: { errMsg: `connectWifi:fail ${reason}` } }
    expect(await callWx(driven, 'connectWifi')).toEqual(failed)
    expect(await tryWx(driven, 'connectWifi', { SSID: 'x' })).toBe(`connectWifi:fail ${reason}`)
    await driven.close()
    expect(driven.unanswered).toEqual(['connectWifi'])
  })

  it('never throws: it returns nothing, or an object that does nothing, and never calls a listener', async () => {
    const unanswered = [
      'getBatteryInfoSync',
      'createInterstitialAd',
      'revokeBufferURL',
      'onCompassChange',
    ]
    const driven = await simulator.launch('', { unanswered })
    expect(await tryWx(driven, 'getBatteryInfoSync')).toBe('nothing')
    expect(await useInterstitialAd(driven)).toBe(`createInterstitialAd.show:fail ${reason}`)
    expect(await tryWx(driven, 'revokeBufferURL', 'x')).toBe('nothing')
    expect(await tryWx(driven, 'onCompassChange')).toBe('nothing')
    expect(await tryWx(driven, 'offCompassChange')).toBe('nothing')
    await driven.close()
    expect(driven.unanswered).toEqual(unanswered)
    expect(driven.errors).toEqual([])
  })

  it('fails the test that does not expect it, by its name', async () => {
    const driven = await simulator.launch()
    await callWx(driven, 'connectWifi')
    await expect(driven.close()).rejects.toThrow(/did not run cleanly[\s\S]*for connectWifi$/)
  })

  it('is no use to canIUse, and absent where the base library is older or WeChat has none', async () => {
    const driven = await simulator.launch('', { sdkVersion: '2.20.0' })
    expect(await tryWx(driven, 'canIUse', 'connectWifi')).toBe(false)
    expect(await tryWx(driven, 'getRendererUserAgent')).toBe('absent')
    expect(await tryWx(driven, 'preloadAssets')).toBe('absent')
    expect(await tryWx(driven, 'scanEverything')).toBe('absent')
    await driven.close()
    expect(driven.unanswered).toEqual([])
  })
})

describe('a component that is not modelled', () => {
  it('is a box with its name, or shows what is inside, and is reported once', async () => {
    const driven = await simulator.launch('pages/map/map')
    expect(await driven.count('.map')).toBe(2)
    const label = await driven
      .locate('.map')
      .first()
      .evaluate((box) => getComputedStyle(box, '::before').content)
    expect(label).toContain('<camera>')
    expect(await driven.text('.inner')).toBe('里面')
    await expect(driven.close()).rejects.toThrow(/for <camera>\n.*for <grid-view>/)
    expect(driven.unanswered).toEqual(['<camera>', '<grid-view>'])
  })
})
