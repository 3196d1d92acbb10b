import { z } from 'zod'
import { decryptOpenData, isSignedRawData } from './crypto'

/** What a mini-program submits for its user; user info comes with `rawData` and `signature`. */
export interface EncryptedData {
  encryptedData: string
  iv: string
  rawData?: string | undefined
  signature?: string | undefined
}

/** For which app data was made, and when, in s since 1970 (WeChat: 开放数据校验与解密). */
export type Watermark = z.infer<typeof watermark>

export const watermark = z.object({ appid: z.string(), timestamp: z.coerce.number() })

/** The members used here of what the getUserInfo button encrypts. */
export const userInfo = z.object({
  openId: z.string(),
  unionId: z.string().min(1).optional(),
  /** The real one on old base libraries only; an odd one must not make the data unreadable. */
  nickName: z.string().optional().catch(undefined),
  watermark,
})

/**
 * Opens the data with the first key that fits and, where there is `rawData`, also made its
 * signature. Undefined when none does: an old key and tampered data look the same.
 */
export function openData<T>(
  { encryptedData, iv, rawData, signature }: EncryptedData,
  sessionKeys: string[],
  content: z.ZodType<T>,
): T | undefined {
  for (const key of sessionKeys) {
    if (rawData !== undefined && !isSignedRawData(rawData, signature ?? '', key)) continue
    const opened = content.safeParse(decryptOpenData(encryptedData, iv, key))
    if (opened.success) return opened.data
  }
  return undefined
}
