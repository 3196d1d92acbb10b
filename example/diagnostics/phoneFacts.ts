import { getSystemInfo, type SystemInfo } from 'watchword/host'
import { askHost } from './askHost'

/** Phone and host, as far as they report it. */
export interface PhoneFacts {
  system: SystemInfo
  /** Empty where it is not reported. */
  wechatVersion: string
  /** `wifi`, `4g`, `none` …; empty where it is not reported. */
  networkType: string
}

/** ms; some hosts never call back. */
const limit = 2_000

/** Asks the host anew. Never rejects. */
export async function readPhone(): Promise<PhoneFacts> {
  const read = async (ask: () => unknown, name: string) => {
    try {
      const reported = ((await ask()) as Record<string, unknown>)[name]
      return typeof reported === 'string' ? reported : ''
    } catch {
      return ''
    }
  }
  return {
    system: getSystemInfo(),
    wechatVersion: await read(() => uni.getAppBaseInfo(), 'version'),
    networkType: await read(() => askHost((one) => uni.getNetworkType(one), limit), 'networkType'),
  }
}
