import { afterEach, beforeEach, expect, vi } from 'vitest'
import {
  ensurePermission,
  type PermissionOptions,
  type PermissionScope,
} from '../../../src/host/permissions'

export const scope = 'scope.userLocation'

/** What an API was called with. */
export interface Call {
  scope?: string
  content?: string
  confirmText?: string
  cancelText?: string
  success(result: unknown): void
  fail(failure: unknown): void
}

/** Undefined: this host has no such function. */
export type Answer = ((call: Call) => void) | undefined

export type HostApi = 'getSetting' | 'authorize' | 'showModal' | 'openSetting'
export type Host = Partial<Record<HostApi | 'getLocale', unknown>>

export const tell = (result: unknown) => (call: Call) => call.success(result)
export const refuse = (failure: unknown) => (call: Call) => call.fail(failure)
export const silence = () => {}
export const crash = () => {
  throw new Error('broken')
}

export const notAsked = tell({ authSetting: {} })
export const deniedBefore = tell({ authSetting: { [scope]: false } })
export const agree = tell({ errMsg: 'authorize:ok' })
export const confirm = tell({ confirm: true, cancel: false })

/** Stands in for `uni`; what is not given is missing. Gives the calls made, in order. */
export function use({ getLocale = () => 'zh-Hans', ...apis }: Host) {
  const calls: { api: string; call: Call }[] = []
  const recorded = Object.entries(apis as Partial<Record<HostApi, Answer>>).map(
    ([api, answer]) =>
      [api, answer && ((call: Call) => (calls.push({ api, call }), answer(call)))] as const,
  )
  vi.stubGlobal('uni', { getLocale, ...Object.fromEntries(recorded) })
  return {
    calls,
    /** The names of the calls made, in order. */
    names: () => calls.map(({ api }) => api),
  }
}

/** Asks, and lets all limits pass. */
export async function ensure(options?: PermissionOptions, asked: PermissionScope = scope) {
  const permission = ensurePermission(asked, options)
  await vi.advanceTimersByTimeAsync(366_000)
  return permission
}

/** For the top of a test file: the clock is the test's, and no timer is left behind. */
export function useFakeClock(): void {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    const left = vi.getTimerCount()
    vi.useRealTimers()
    vi.unstubAllGlobals()
    expect(left).toBe(0)
  })
}
