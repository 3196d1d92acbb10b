import { isObject, jsonOf, memberOf, type Exchange } from './exchange'

/** The token state of an answer, as far as it can be read. */
export type FoundState =
  | { is: 'none' }
  | { is: 'state'; state: Record<string, unknown> }
  | { is: 'malformed'; detail: string }

/** In the body, or else in the header `Token-State`. */
export function findTokenState(exchange: Exchange): FoundState {
  const inBody = memberOf(jsonOf(exchange), 'tokenState')
  if (inBody !== undefined && inBody !== null) {
    if (isObject(inBody)) return { is: 'state', state: inBody }
    return { is: 'malformed', detail: 'the member tokenState is no object' }
  }
  const header = exchange.headers.get('Token-State')
  return header === null ? { is: 'none' } : readHeader(header)
}

function readHeader(header: string): FoundState {
  const malformed = { is: 'malformed', detail: 'Token-State is not JSON in base64url' } as const
  if (!/^[\w-]+$/.test(header)) return malformed
  try {
    const state: unknown = JSON.parse(Buffer.from(header, 'base64url').toString())
    return isObject(state) ? { is: 'state', state } : malformed
  } catch {
    return malformed
  }
}

/** Its members; an empty object where there is no token state that can be read. */
export function stateOf(exchange: Exchange): Record<string, unknown> {
  const found = findTokenState(exchange)
  return found.is === 'state' ? found.state : {}
}

/** The members that are not what the contract says; `null` counts as missing. */
export function faultsOfState(state: Record<string, unknown>): string[] {
  const { accessToken, expiresIn, hasUserInfo, hasPhoneNumber, uid, version } = state
  const isFlag = (value: unknown) => value == null || typeof value === 'boolean'
  return [
    typeof accessToken === 'string' && /^[\w\-.~+/=]+$/.test(accessToken)
      ? ''
      : 'accessToken is no text of letters, digits and -._~+/=',
    isNumber(expiresIn) && expiresIn > 0 ? '' : 'expiresIn is no number above 0',
    isFlag(hasUserInfo) ? '' : 'hasUserInfo is no boolean',
    isFlag(hasPhoneNumber) ? '' : 'hasPhoneNumber is no boolean',
    uid == null || typeof uid === 'string' ? '' : 'uid is no text',
    version == null || isNumber(version) ? '' : 'version is no number',
  ].filter(Boolean)
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
