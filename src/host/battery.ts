import { callHost } from '../uni/hostCall'

/** The battery, as the host reports it. A value is `undefined` if it does not, as in H5. */
export interface Battery {
  /** In percent, a whole number from 0 to 100. */
  level: number | undefined
  isCharging: boolean | undefined
}

/** ms; hosts have been seen never to call back. */
const limit = 2000

/**
 * Reads the battery from the host on each call (WeChat: wx.getBatteryInfo). WeChat may report the
 * level as text or with decimals; a level below 0 means that the phone does not know it.
 * @returns a promise that resolves within 2 s, and never rejects.
 * @example
 * import { getBattery } from 'watchword/host'
 *
 * const { level, isCharging } = await getBattery()
 * const isLow = level !== undefined && level <= 20 && !isCharging
 */
export async function getBattery(): Promise<Battery> {
  const reported = await callHost((callbacks) => uni.getBatteryInfo(callbacks), limit).catch(
    () => null,
  )
  const { level, isCharging } = { ...(reported as Record<keyof Battery, unknown> | null) }
  return {
    level: readLevel(level),
    isCharging: typeof isCharging === 'boolean' ? isCharging : undefined,
  }
}

function readLevel(reported: unknown): number | undefined {
  const isReported =
    typeof reported === 'number' || (typeof reported === 'string' && reported.trim() !== '')
  const level = isReported ? Number(reported) : NaN
  return level >= 0 ? Math.round(Math.min(level, 100)) : undefined
}
