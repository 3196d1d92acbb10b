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

/** The signature of a request of the message push, in hex (WeChat: 消息推送). */
export function signPush(...parts: string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')
}

/**
 * Encrypts a message of the message push: AES-256-CBC, padded to 32 bytes, over random bytes, the
 * length, the message and the AppID (WeChat: 消息推送).
 */
export function sealPush(
  message: string,
  appId: string,
  encodingAesKey: string,
  random = randomBytes(16),
): string {
  const key = Buffer.from(encodingAesKey, 'base64')
  const bytes = Buffer.from(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  const content = Buffer.concat([random, length, bytes, Buffer.from(appId)])
  const padding = 32 - (content.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([content, Buffer.alloc(padding, padding)])
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}
