import type { z } from 'zod'
import type { People } from '../people/people'
import type { Session } from '../sessions'
import type { ReportUnopened } from '../wechat/keyCheck'
import { openData, type EncryptedData } from '../wechat/openData'
import { Problem } from './problem'

/** `appId` is the app whose data is taken. */
export interface OpeningOptions {
  appId: string
  people: People
  reportUnopened: ReportUnopened
}

/** Opens what a user submits with the session keys of their identity. */
export type OpenSubmitted = <T extends { watermark: { appid: string } }>(
  session: Session,
  data: EncryptedData,
  content: z.ZodType<T>,
) => Promise<T>

/**
 * Its promises reject with Problem: 409 for any data that cannot be opened, without the reason, and
 * 422 for the watermark of another app.
 */
export function createOpenSubmitted(options: OpeningOptions): OpenSubmitted {
  const { appId, people, reportUnopened } = options
  return async (session, data, content) => {
    const keys = await people.sessionKeys(session.identityId)
    const opened = openData(data, keys, content)
    if (!opened) {
      reportUnopened(session, keys[0])
      throw new Problem('session-key-expired')
    }
    if (opened.watermark.appid !== appId) throw new Problem('foreign-watermark')
    return opened
  }
}
