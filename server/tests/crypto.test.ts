import { readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createVault } from '../src/vault'
import { decryptOpenData, isSignedRawData, signWithSessionKey } from '../src/wechat/crypto'
import { decryptPush, isSignedPush } from '../src/wechat/pushCrypto'

interface Signed {
  timestamp: string
  nonce: string
  signature: string
}

const vectors = JSON.parse(
  readFileSync(new URL('fixtures/wechat-crypto.json', import.meta.url), 'utf8'),
) as {
  decrypt: { sessionKey: string; iv: string; encryptedData: string; plain: unknown }
  signature: { rawData: string; sessionKey: string; signature: string }
  hmac: { data: string; sessionKey: string; signature: string }
  push: {
    token: string
    encodingAesKey: string
    appId: string
    check: Signed
    plain: Signed
    safe: Signed & { encrypted: string; message: string }
  }
}

describe("WeChat's published samples", () => {
  it('are decrypted', () => {
    const { encryptedData, iv, sessionKey, plain } = vectors.decrypt
    expect(decryptOpenData(encryptedData, iv, sessionKey)).toEqual(plain)
  })

  it('have a valid signature', () => {
    const { rawData, signature, sessionKey } = vectors.signature
    expect(isSignedRawData(rawData, signature, sessionKey)).toBe(true)
    expect(isSignedRawData(`${rawData} `, signature, sessionKey)).toBe(false)
    expect(isSignedRawData(rawData, signature.replace('7', '8'), sessionKey)).toBe(false)
    expect(isSignedRawData(rawData, 'no hex at all', sessionKey)).toBe(false)
  })

  it('are signed with the session key', () => {
    const { data, sessionKey, signature } = vectors.hmac
    expect(signWithSessionKey(data, sessionKey)).toBe(signature)
  })

  it('of the message push have valid signatures', () => {
    const { token, check, plain, safe } = vectors.push
    for (const { timestamp, nonce, signature } of [check, plain]) {
      expect(isSignedPush(signature, [token, timestamp, nonce])).toBe(true)
      expect(isSignedPush(signature, [token, nonce, `${timestamp}0`])).toBe(false)
      expect(isSignedPush(signature.slice(2), [token, timestamp, nonce])).toBe(false)
    }
    const { timestamp, nonce, signature, encrypted } = safe
    expect(isSignedPush(signature, [token, timestamp, nonce, encrypted])).toBe(true)
    expect(isSignedPush(signature, [token, timestamp, nonce])).toBe(false)
  })

  it('of the message push are decrypted', () => {
    const { encodingAesKey, appId, safe } = vectors.push
    const opened = decryptPush(safe.encrypted, Buffer.from(encodingAesKey, 'base64'))
    expect([opened?.message.toString(), opened?.appId]).toEqual([safe.message, appId])
    expect(decryptPush(safe.encrypted, randomBytes(32))).toBeUndefined()
  })
})

it.each([
  ['a key that is too short', { sessionKey: 'AAAA' }],
  ['an iv that is too short', { iv: 'AAAA' }],
  ['no data', { encryptedData: '' }],
  ['another key', { sessionKey: randomBytes(16).toString('base64') }],
])('%s opens nothing', (_, change) => {
  const { encryptedData, iv, sessionKey } = { ...vectors.decrypt, ...change }
  expect(decryptOpenData(encryptedData, iv, sessionKey)).toBeUndefined()
})

describe('the vault', () => {
  const secret = randomBytes(32)
  const vault = createVault([secret])
  const sealed = vault.seal('the session key', 'open-1')

  it('opens what it sealed, for the same owner', () => {
    expect(vault.open(sealed, 'open-1')).toBe('the session key')
    expect(vault.open(sealed, 'open-2')).toBeUndefined()
  })

  it('never seals the same twice alike', () => {
    expect(vault.seal('the session key', 'open-1')).not.toBe(sealed)
  })

  it('opens nothing that was tampered with or sealed with another secret', () => {
    const [id = '', text = ''] = sealed.split('.')
    const bytes = Buffer.from(text, 'base64')
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    expect(vault.open(`${id}.${bytes.toString('base64')}`, 'open-1')).toBeUndefined()
    expect(createVault([randomBytes(32)]).open(sealed, 'open-1')).toBeUndefined()
    expect(vault.open('', 'open-1')).toBeUndefined()
  })

  it('opens what a former secret sealed as long as that is in the list, and seals with the first', () => {
    const newest = randomBytes(32)
    const changed = createVault([newest, secret])
    expect(changed.open(sealed, 'open-1')).toBe('the session key')
    const anew = changed.seal('the session key', 'open-1')
    expect(createVault([newest]).open(anew, 'open-1')).toBe('the session key')
    expect(vault.open(anew, 'open-1')).toBeUndefined()
  })

  it('opens what was sealed before secrets had ids', () => {
    const [, withoutId = ''] = sealed.split('.')
    const changed = createVault([randomBytes(32), secret])
    expect(changed.open(withoutId, 'open-1')).toBe('the session key')
    expect(changed.open(withoutId, 'open-2')).toBeUndefined()
  })

  it('tries no other secret than the one a value names', () => {
    const [, withoutId = ''] = sealed.split('.')
    expect(vault.open(`somebody.${withoutId}`, 'open-1')).toBeUndefined()
  })
})
