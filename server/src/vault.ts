import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Encrypts what must not be read from the database alone. */
export interface Vault {
  /** `owner` is bound to the ciphertext: what is sealed for one opens for nobody else. */
  seal(plain: string, owner: string): string
  /** Undefined when it was sealed with a secret that is not known any more, or for another owner. */
  open(sealed: string, owner: string): string | undefined
}

/** The newest first. */
export type SessionKeySecrets = readonly [Buffer, ...Buffer[]]

const nonceLength = 12
const tagLength = 16

/**
 * AES-256-GCM under the first of the 32-byte secrets; all of them open. The result is the id of the
 * secret, a dot, and base64 of nonce, tag and ciphertext. Values without an id are from before there
 * were several secrets: any of them may open these.
 */
export function createVault([newest, ...older]: SessionKeySecrets): Vault {
  const secrets = [newest, ...older].map((secret) => ({ id: idOf(secret), secret }))
  const newestId = idOf(newest)

  return {
    seal: (plain, owner) => `${newestId}.${encrypt(plain, owner, newest)}`,

    open(sealed, owner) {
      const [, id, text = ''] = /^(?:([\w-]+)\.)?(.*)$/.exec(sealed) ?? []
      for (const known of secrets) {
        if (id !== undefined && id !== known.id) continue
        const plain = decrypt(Buffer.from(text, 'base64'), owner, known.secret)
        if (plain !== undefined) return plain
      }
      return undefined
    },
  }
}

/** A part of its hash: it says which secret it is, and nothing of the secret. */
export function idOf(secret: Buffer): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, 8)
}

function encrypt(plain: string, owner: string, secret: Buffer): string {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce)
  cipher.setAAD(Buffer.from(owner))
  const ciphertext = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64')
}

function decrypt(bytes: Buffer, owner: string, secret: Buffer): string | undefined {
  try {
    const nonce = bytes.subarray(0, nonceLength)
    const tag = bytes.subarray(nonceLength, nonceLength + tagLength)
    const decipher = createDecipheriv('aes-256-gcm', secret, nonce)
    decipher.setAAD(Buffer.from(owner)).setAuthTag(tag)
    const ciphertext = bytes.subarray(nonceLength + tagLength)
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
