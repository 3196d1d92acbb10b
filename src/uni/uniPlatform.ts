import { isBaseLibrary } from './baseLibrary'
import { readFailure, watch } from './hostCall'
import { onInterference } from './interference'
import type { Platform } from '../auth/platform'
import { openPages } from './openPages'
import { send } from './send'
import { isH5, isMpWeixin } from './target'
import { timers } from './timers'

/** What is used of `uni`: its own types leave out what not every host has. */
interface UniHost {
  login(options: object): unknown
  checkSession(options: object): unknown
  getStorageSync(key: string): unknown
  setStorageSync(key: string, value: unknown): void
  removeStorageSync(key: string): void
  onAppShow?(listener: () => void): void
  onAppHide?(listener: () => void): void
}

// The project's types know no DOM: this is what is used of it.
declare const window: {
  addEventListener(type: 'storage', listener: (event?: { key: string | null }) => void): void
}

// For H5 uni-app bundles only the APIs it sees called as `uni.name`.
declare const uni: UniHost

let shared: Platform | undefined

/**
 * uni-app as a {@link Platform}. The client looks up each method when it calls it, so you can replace
 * one, e.g. in a test.
 * @returns the same object for each call.
 * @example
 * import { createAuth, uniPlatform } from 'watchword'
 *
 * const platform = { ...uniPlatform(), now: () => Date.parse('2026-12-01') }
 * const auth = createAuth({ baseURL: 'https://api.example.com', platform })
 */
export function uniPlatform(): Platform {
  return (shared ??= createUniPlatform())
}

function createUniPlatform(): Platform {
  return {
    ...timers,
    send,
    getItem: (key) => uni.getStorageSync(key),
    setItem: (key, value) => uni.setStorageSync(key, value),
    removeItem: (key) => uni.removeStorageSync(key),
    onHide: (listener) => uni.onAppHide?.(listener),
    onShow: (listener) => uni.onAppShow?.(listener),
    pages: openPages,
    onInterference,
    ...(isH5 ? { onStored } : {}),
    // WeChat: wx.request, ten at once.
    ...(isMpWeixin ? { places: 10, login, checkSession, encrypts } : {}),
  }
}

/** uni-h5 keeps what is stored in localStorage, under the same key (setStorageSync() in its uni-h5.es.js). */
function onStored(listener: (key: string | null) => void): void {
  // uni-app can render pages for H5 on a server, too, which has no tabs.
  if (typeof window === 'undefined') return
  window.addEventListener('storage', (event) => event && listener(event.key))
}

/** WeChat: wx.login has no Promise form, and has been seen never to call back. */
function login(): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (failure: unknown) => reject(readFailure(failure))
    const success = (result?: { code: string }) => resolve(result?.code as string)
    watch(uni.login({ success, fail }), fail)
  })
}

/** WeChat: wx.checkSession speaks of the newest code's session key only. */
function checkSession(): Promise<boolean> {
  return new Promise((resolve) => {
    const fail = () => resolve(false)
    watch(uni.checkSession({ success: () => resolve(true), fail }), fail)
  })
}

/** WeChat: 手机号快速验证组件 yields a code from 2.21.2 on, encrypted data below. */
function encrypts(kind: 'getUserInfo' | 'getPhoneNumber'): boolean {
  return kind === 'getUserInfo' || isBaseLibrary('2.21.2') !== true
}
