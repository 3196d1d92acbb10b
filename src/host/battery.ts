import { callHost } from '../uni/hostCall'

/** The battery as the host tells it; undefined: not told, as in H5. */
export interface Battery {
  /** In per cent, a whole number from 0 to 100. */
  level: number | undefined
  isCharging: boolean | undefined
}

/** ms; hosts have been seen never to call back. */
const limit = 2000

/**
 * Asks the host anew (WeChat: wx.getBatteryInfo). Never rejects, and answers after 2 s at the
 * latest. A level may be a text or have decimals; below 0, iOS and Android do not know it.
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
