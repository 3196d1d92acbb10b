import { afterEach, describe, expect, it, vi } from 'vitest'
import { phoneNumberOpenType, profileWay } from '../../../src/components/openType'

afterEach(() => void vi.unstubAllGlobals())

const on = (SDKVersion: string) =>
  vi.stubGlobal('uni', { getAppBaseInfo: () => ({ SDKVersion }), canIUse: () => false })

describe('the open type that gives the phone number', () => {
  it.each([
    ['3.8.0', false, 'getPhoneNumber|agreePrivacyAuthorization'],
    ['3.8.0', true, 'getRealtimePhoneNumber|agreePrivacyAuthorization'],
    ['2.32.2', true, 'getRealtimePhoneNumber'],
    ['2.24.4', true, 'getRealtimePhoneNumber'],
    ['2.24.3', true, 'getPhoneNumber'],
    ['', true, 'getRealtimePhoneNumber|agreePrivacyAuthorization'],
  ])('on base library "%s", wanted at this moment: %s, is %s', (version, realtime, openType) => {
    on(version)
    expect(phoneNumberOpenType(realtime)).toBe(openType)
  })
})

it('asks the older call where the newer one is there, but throws', () => {
  vi.stubGlobal('uni', {
    getAppBaseInfo: () => {
      throw new TypeError("Cannot read properties of undefined (reading 'apply')")
    },
    getSystemInfoSync: () => ({ SDKVersion: '2.20.0' }),
  })
  expect(phoneNumberOpenType(false)).toBe('getPhoneNumber')
})

describe('the way a profile is given', () => {
  it.each([
    ['3.8.0', 'form'],
    ['2.21.2', 'form'],
    ['2.21.1', 'getUserProfile'],
    ['2.10.4', 'getUserProfile'],
    ['2.10.3', 'getUserInfo'],
    ['1.9.94', 'getUserInfo'],
    ['', 'form'],
    ['unknown', 'form'],
  ])('on base library "%s" is %s', (version, way) => {
    on(version)
    expect(profileWay()).toBe(way)
  })
})
