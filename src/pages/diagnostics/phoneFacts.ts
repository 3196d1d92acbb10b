import { getSystemInfo, type SystemInfo } from '../../index'
import { askHost } from './askHost'

/** Phone and host, as far as they tell. */
export interface PhoneFacts {
  system: SystemInfo
  /** Empty where it is not told. */
  wechatVersion: string
  /** `wifi`, `4g`, `none` …; empty where it is not told. */
  networkType: string
}

/** ms; some hosts never call back. */
const limit = 2_000

/** Asks the host anew. Never rejects. */
export async function readPhone(): Promise<PhoneFacts> {
  return {
    system: getSystemInfo(),
    wechatVersion: readVersion(),
    networkType: await readNetworkType(),
  }
}

function readVersion(): string {
  try {
    const { version } = uni.getAppBaseInfo() as { version?: unknown }
    return typeof version === 'string' ? version : ''
  } catch {
    return ''
  }
}

function readNetworkType(): Promise<string> {
  return askHost({
    ask: (end) =>
      uni.getNetworkType({
        success: ({ networkType }) => end(typeof networkType === 'string' ? networkType : ''),
        fail: () => end(''),
      }),
    without: () => '',
    limit,
  })
}
