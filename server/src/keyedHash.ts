import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { idOf, type SessionKeySecrets } from './vault'

/** Hashes what has so few values that a plain hash could be guessed back: codes and phone numbers. */
export interface KeyedHash {
  /** The same for the same text, until there is a newer secret. */
  of(text: string): string
  /** Whether the text has this hash under any of the secrets. */
  matches(text: string, hash: string): boolean
}

/**
 * HMAC-SHA-256 under a key derived from the first of the secrets (RFC 5869), with the id of the
 * secret in front of it. `use` keeps the hashes of different uses apart.
 */
export function createKeyedHash(secrets: SessionKeySecrets, use: string): KeyedHash {
  const [newest, ...older] = secrets.map((secret) => {
    const key = Buffer.from(hkdfSync('sha256', secret, '', use, 32))
    const id = idOf(secret)
    return { id, of: (text: string) => createHmac('sha256', key).update(text).digest('base64url') }
  })
  if (!newest) throw new RangeError('a keyed hash needs a secret')
  const known = [newest, ...older]

  return {
    of: (text) => `${newest.id}.${newest.of(text)}`,
    matches(text, hash) {
      const [id, rest = ''] = hash.split('.')
      const secret = known.find((one) => one.id === id)
      if (!secret) return false
      const [one, other] = [Buffer.from(secret.of(text)), Buffer.from(rest)]
      return one.length === other.length && timingSafeEqual(one, other)
    },
  }
}
