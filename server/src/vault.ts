import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Encrypts what must not be read from the database alone. */
export interface Vault {
  /** `owner` is bound to the ciphertext: what is sealed for one opens for nobody else. */
  seal(plain: string, owner: string): string
  /** Undefined when it was sealed with another secret or for another owner. */
  open(sealed: string, owner: string): string | undefined
}

const nonceLength = 12
const tagLength = 16

/** AES-256-GCM under a 32-byte secret; the result is base64 of nonce, tag and ciphertext. */
export function createVault(secret: Buffer): Vault {
  return {
    seal(plain, owner) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('aes-256-gcm', secret, nonce)
      cipher.setAAD(Buffer.from(owner))
      const ciphertext = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64')
    },
    open(sealed, owner) {
      try {
        const bytes = Buffer.from(sealed, 'base64')
        const nonce = bytes.subarray(0, nonceLength)
        const tag = bytes.subarray(nonceLength, nonceLength + tagLength)
        const decipher = createDecipheriv('aes-256-gcm', secret, nonce)
        decipher.setAAD(Buffer.from(owner)).setAuthTag(tag)
        const ciphertext = bytes.subarray(nonceLength + tagLength)
        return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}
