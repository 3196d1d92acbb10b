// The signatures and the encryption of WeChat's message push (WeChat: 消息推送).
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'

const randomLength = 16
const sizeLength = 4
/** WeChat pads to the length of the key, not to that of AES's blocks. */
const paddedTo = 32

/**
 * Whether `signature` is the sha1, in hex, of the parts in lexical order: token, timestamp, nonce
 * and, where the message is encrypted, its ciphertext.
 */
export function isSignedPush(signature: string, parts: string[]): boolean {
  const expected = createHash('sha1')
    .update([...parts].sort().join(''))
    .digest()
  const given = Buffer.from(signature, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/**
 * Opens base64 of AES-256-CBC over 16 random bytes, the message's length, the message, and the
 * AppID it is for; the first half of the key is the iv. Undefined for what is not of that form.
 */
export function decryptPush(
  encrypted: string,
  aesKey: Buffer,
): { message: Buffer; appId: string } | undefined {
  const plain = decrypt(encrypted, aesKey)
  const padding = plain?.at(-1)
  if (!plain || !padding || padding > paddedTo) return undefined
  const content = plain.subarray(0, -padding)
  if (!plain.subarray(-padding).every((byte) => byte === padding)) return undefined
  const start = randomLength + sizeLength
  if (content.length < start) return undefined
  const end = start + content.readUInt32BE(randomLength)
  if (end > content.length) return undefined
  return { message: content.subarray(start, end), appId: content.toString('utf8', end) }
}

function decrypt(encrypted: string, aesKey: Buffer): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, 16))
  decipher.setAutoPadding(false)
  try {
    return Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
  } catch {
    // Not whole blocks.
    return undefined
  }
}
