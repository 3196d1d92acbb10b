import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

/** Open data as a mini-program gets it; both members are base64. */
export interface SealedData {
  encryptedData: string
  iv: string
}

/** AES-128-CBC with PKCS#7 padding under the session key (WeChat: 开放数据校验与解密). */
export function seal(plain: string, sessionKey: string, iv = randomBytes(16)): SealedData {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(sessionKey, 'base64'), iv)
  const bytes = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return { encryptedData: bytes.toString('base64'), iv: iv.toString('base64') }
}

/** The `signature` of `rawData`, in hex (WeChat: 数据签名校验). */
export function signRawData(rawData: string, sessionKey: string): string {
  return createHash('sha1')
    .update(rawData + sessionKey)
    .digest('hex')
}

/**
 * The proof of a session key, in hex (WeChat: 用户登录态签名). The key is its base64 text,
 * undecoded; checksession wants it over empty data.
 */
export function signWithSessionKey(data: string, sessionKey: string): string {
  return createHmac('sha256', sessionKey).update(data).digest('hex')
}
