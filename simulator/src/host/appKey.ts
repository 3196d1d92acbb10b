import { createHash } from 'node:crypto'
import fs from 'node:fs'
import type { PackedApp } from '../pack/packedApp'

/**
 * What tells an app from others that run at the same address of the simulator: WeChat goes by the AppID, but
 * many here have none, or the tourist's, so the folder tells as well.
 */
export function appKeyOf({ appId, host }: Pick<PackedApp, 'appId' | 'host'>): string {
  const hash = createHash('sha256').update(`${appId}\n${fs.realpathSync(host.root)}`)
  return hash.digest('hex').slice(0, 16)
}
