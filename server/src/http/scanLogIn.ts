import type { Context } from 'hono'
import type { EventLog } from '../eventLog'
import type { Scans } from '../scans/scans'
import type { Session } from '../sessions'
import type { AppEnv } from './answer'
import { invalidCredentials } from './authenticate'
import type { Limits } from './limits'
import { originOf } from './origin'

/**
 * Signs in with a scan that a phone has confirmed. Rejects with 401 for any other, or another secret,
 * and with 429 above the limit.
 */
export type ScanLogIn = (
  c: Context<AppEnv>,
  scan: { id: string; secret: string },
) => Promise<Session>

/** What such a login needs. */
export interface ScanLogInOptions {
  scans: Scans
  limits: Limits
  eventLog: EventLog
}

export function createScanLogIn({ scans, limits, eventLog }: ScanLogInOptions): ScanLogIn {
  return async (c, { id, secret }) => {
    const origin = originOf(c)
    const { address } = origin
    await limits.countLogin(address)
    const replacedToken = c.req.header('Replaces-Token')
    const session = await scans.logIn(id, secret, { origin, replacedToken })
    if (!session) {
      await eventLog.recordDenial({ kind: 'refused', about: 'scan', address }, undefined)
      throw invalidCredentials()
    }
    c.set('session', session)
    return session
  }
}
