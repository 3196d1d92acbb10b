import type { WeChatPushConfig } from '../config'
import { decryptPush, isSignedPush } from './pushCrypto'
import { readPushMessage, type PushMessage } from './pushMessage'

/** How far the time of a signature may be from this machine's, in ms: what is older is a replay. */
const window = 10 * 60_000

/** The parameters of a request of WeChat's, as they came. */
export type PushQuery = Record<string, string>

/** Why a request is not taken for WeChat's; for the log alone. */
export type PushFault = 'signature' | 'timestamp' | 'encryption' | 'app' | 'form'

/** What WeChat has sent, for which of the apps, or why it is not WeChat that has sent it. */
export type ReadPush =
  { kind: 'message'; message: PushMessage; appId: string } | { kind: 'refused'; fault: PushFault }

/** Tells WeChat's requests from others'. */
export interface PushReader {
  /** The fault of the request by which WeChat's console checks the address. */
  faultOfCheck(query: PushQuery): PushFault | undefined
  read(query: PushQuery, body: Uint8Array): ReadPush
}

/**
 * With a key it takes encrypted messages alone, those of the safe and of the compatible mode: the
 * signature of a plain one says nothing of its body. A plain message that does not name its app is
 * for the first of `appIds`. `now` is in ms since 1970.
 */
export function createPushReader(
  appIds: readonly [string, ...string[]],
  { token, aesKey }: WeChatPushConfig,
  now: () => number,
): PushReader {
  function faultOf(
    { timestamp = '', nonce = '' }: PushQuery,
    signature: string | undefined,
    ...encrypted: string[]
  ): PushFault | undefined {
    if (!isSignedPush(signature ?? '', [token, timestamp, nonce, ...encrypted])) return 'signature'
    const distance = Math.abs(now() - Number(timestamp) * 1000)
    return /^\d+$/.test(timestamp) && distance <= window ? undefined : 'timestamp'
  }

  function readPlain(query: PushQuery, body: Uint8Array): ReadPush {
    const fault = faultOf(query, query.signature)
    return fault ? { kind: 'refused', fault } : readMessage(body)
  }

  function readEncrypted(query: PushQuery, body: Uint8Array, key: Buffer): ReadPush {
    const encrypted = readPushMessage(body)?.Encrypt
    if (encrypted === undefined) return { kind: 'refused', fault: 'encryption' }
    const fault = faultOf(query, query.msg_signature, encrypted)
    if (fault) return { kind: 'refused', fault }
    const opened = decryptPush(encrypted, key)
    if (!opened) return { kind: 'refused', fault: 'encryption' }
    return readMessage(opened.message, opened.appId)
  }

  function readMessage(bytes: Uint8Array, sealedFor?: string): ReadPush {
    const message = readPushMessage(bytes)
    if (!message) return { kind: 'refused', fault: 'form' }
    const appId = sealedFor ?? message.AppID ?? appIds[0]
    const isKnown = appIds.includes(appId) && (message.AppID ?? appId) === appId
    return isKnown ? { kind: 'message', message, appId } : { kind: 'refused', fault: 'app' }
  }

  return {
    faultOfCheck: (query) => faultOf(query, query.signature),
    read: (query, body) => (aesKey ? readEncrypted(query, body, aesKey) : readPlain(query, body)),
  }
}
