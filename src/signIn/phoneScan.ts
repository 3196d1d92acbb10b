import type { Auth } from '../auth/auth'

/** The browser that asks to be signed in, as its backend sees it. */
export interface ScanAsker {
  /** Its browser and system, e.g. `Edge, Windows`. Missing: unknown. */
  system?: string
  /** Where it seems to be. Missing: unknown. */
  place?: string
  /** When it asked, as an ISO 8601 time. */
  at: string
}

/** A code on another screen, seen from the phone that has scanned it. */
export interface PhoneScan {
  /**
   * Reports the scan, and returns who asks. Show it before the user confirms.
   * @throws AuthError, HttpError like `request`: 404 or 410 if the code has expired or was never one.
   */
  look(): Promise<ScanAsker>
  /** Signs the other screen in as this user. */
  confirm(): Promise<void>
  decline(): Promise<void>
}

/** 128 bits in base64url. */
const ID = /^[\w-]{22}$/

/**
 * The id of the code with which the mini-program was opened. WeChat leaves the scene percent-encoded
 * (WeChat: getUnlimitedQRCode).
 * @param options of `onLoad`, `onLaunch` or `onShow`
 * @returns `undefined`: it was opened in another way.
 * @example
 * import { onLoad } from '@dcloudio/uni-app'
 * import { readScanScene, scanOf } from 'watchword/sign-in'
 *
 * onLoad(async (query) => {
 *   const id = readScanScene(query)
 *   const asker = id && (await scanOf(auth, id).look())
 * })
 */
export function readScanScene(options: unknown): string | undefined {
  const { scene, query } = Object(options) as { scene?: unknown; query?: unknown }
  // Launch options have a scene of their own, a number: how the app was opened.
  const given = typeof scene === 'string' ? scene : (Object(query) as { scene?: unknown }).scene
  if (typeof given !== 'string') return undefined
  try {
    const id = decodeURIComponent(given)
    return ID.test(id) ? id : undefined
  } catch {
    return undefined
  }
}

/**
 * The phone's side of a code on another screen. Its calls need a session, and ask the user for one.
 * @param id of {@link readScanScene}
 * @example
 * import { scanOf } from 'watchword/sign-in'
 *
 * async function onConfirm(id: string) {
 *   await scanOf(auth, id).confirm()
 *   uni.showToast({ title: '已登录' })
 * }
 */
export function scanOf(auth: Pick<Auth, 'request'>, id: string): PhoneScan {
  const post = <T>(what: string) =>
    auth.request<T>({ url: `/auth/scans/${encodeURIComponent(id)}/${what}`, method: 'POST' })
  return {
    look: async () => (await post<{ browser: ScanAsker }>('scanned')).browser,
    confirm: () => post<void>('confirm'),
    decline: () => post<void>('decline'),
  }
}
