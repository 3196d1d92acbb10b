import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Opens what WeChat hands a mini-program as `encryptedData` and `iv`: AES-128-CBC with PKCS#7
 * padding, all three in base64 (WeChat: 开放数据校验与解密). Undefined if the key does not fit or the
 * data was tampered with; nothing distinguishes the two.
 */
export function decryptOpenData(
  encryptedData: string,
  iv: string,
  sessionKey: string,
): unknown | undefined {
  try {
    const decipher = createDecipheriv(
      'aes-128-cbc',
      Buffer.from(sessionKey, 'base64'),
      Buffer.from(iv, 'base64'),
    )
    const plain = Buffer.concat([decipher.update(encryptedData, 'base64'), decipher.final()])
    return JSON.parse(plain.toString('utf8'))
  } catch {
    return undefined
  }
}

/** Whether `signature` is sha1(rawData + sessionKey) in hex (WeChat: 数据签名校验). */
export function isSignedRawData(rawData: string, signature: string, sessionKey: string): boolean {
  const expected = createHash('sha1').update(rawData).update(sessionKey).digest()
  const given = Buffer.from(signature, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/**
 * hmac_sha256(data, sessionKey) in hex, as checksession asks for it. The key is the base64 text
 * itself, undecoded (WeChat: 用户登录态签名).
 */
export function signWithSessionKey(data: string, sessionKey: string): string {
  return createHmac('sha256', sessionKey).update(data).digest('hex')
}
