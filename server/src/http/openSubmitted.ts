import type { z } from 'zod'
import type { People } from '../people/people'
import type { Session } from '../sessions'
import type { ReportUnopened } from '../wechat/keyCheck'
import { openData, type EncryptedData, type Watermark } from '../wechat/openData'
import { Problem } from './problem'
import type { CheckWatermark, OpenDataKind } from './watermark'

/** What opening works with. */
export interface OpeningOptions {
  people: People
  checkWatermark: CheckWatermark
  reportUnopened: ReportUnopened
}

/** Opens what a user submits with the session keys of their identity. */
export type OpenSubmitted = <T extends { watermark: Watermark }>(
  session: Session,
  data: EncryptedData,
  kind: OpenDataKind,
  content: z.ZodType<T>,
) => Promise<T>

/**
 * Its promises reject with Problem: 409 for any data that cannot be opened, without the reason, and
 * as `CheckWatermark` throws.
 */
export function createOpenSubmitted(options: OpeningOptions): OpenSubmitted {
  const { people, checkWatermark, reportUnopened } = options
  return async (session, data, kind, content) => {
    const keys = await people.sessionKeys(session.identityId)
    const opened = openData(data, keys, content)
    if (!opened) {
      reportUnopened(session, keys[0])
      throw new Problem('session-key-expired')
    }
    checkWatermark(kind, session.appId, opened.watermark)
    return opened
  }
}
