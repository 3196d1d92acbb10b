import { isBaseLibrary } from '../uni/baseLibrary'
import { tryHost } from '../uni/hostCall'
import { isMpWeixin } from '../uni/target'

// A base library that does not tell its version is taken for a new one.

/**
 * The `open-type` of a button that asks for this and, with the same press, for the agreement to the
 * privacy terms. Base libraries below 2.32.3 know neither the agreement nor joined open types, and
 * are given the plain one (WeChat: 小程序隐私协议开发指南).
 */
export function withPrivacyAgreement(
  openType: 'getPhoneNumber' | 'getRealtimePhoneNumber' | 'getUserInfo',
): string {
  return knowsPrivacyTerms() ? `${openType}|agreePrivacyAuthorization` : openType
}

/**
 * The `open-type` that yields the phone number: with `realtime`, from base library 2.24.4 on, one
 * that was proved at this moment (WeChat: 手机号实时验证组件, ¥0.04 instead of ¥0.03).
 */
export function phoneNumberOpenType(realtime: boolean): string {
  const isKnown = realtime && isBaseLibrary('2.24.4') !== false
  return withPrivacyAgreement(isKnown ? 'getRealtimePhoneNumber' : 'getPhoneNumber')
}

/** Whether there are privacy terms to be shown and agreed to. */
export function knowsPrivacyTerms(): boolean {
  return isMpWeixin && isBaseLibrary('2.32.3') !== false
}

interface PrivacyHost {
  openPrivacyContract(options: object): void
}

/** Shows the privacy terms as the operator has given them to WeChat (wx.openPrivacyContract). */
export function openPrivacyTerms(): void {
  void tryHost((callbacks) => (uni as unknown as PrivacyHost).openPrivacyContract(callbacks))
}

/**
 * How WeChat yields a real picture and nickname: by the form from base library 2.21.2 on, before by
 * `wx.getUserProfile` (2.10.4), before by the getUserInfo button. Elsewhere there is the form only.
 */
export function profileWay(): 'form' | 'getUserProfile' | 'getUserInfo' {
  if (!isMpWeixin || isBaseLibrary('2.21.2') !== false) return 'form'
  return isBaseLibrary('2.10.4') ? 'getUserProfile' : 'getUserInfo'
}
