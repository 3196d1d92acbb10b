import { isBytes } from './bytes'
import { collectHeaders, parseChallenges, wantsNewLogin } from './challenge'
import type { Credentials, Dialect, DialectAnswer, OwnCall, Reading } from './dialect'
import { decodeTokenState } from './tokenState'

/**
 * The dialect of docs/protocol.md. Use its members for what your backend does likewise.
 * @example
 * import { contract, createAuth, readHeader } from 'watchword'
 *
 * const auth = createAuth({
 *   baseURL: 'https://api.example.com',
 *   dialect: {
 *     ...contract,
 *     read(answer) {
 *       const accessToken = readHeader(answer.headers, 'X-Token')
 *       return { ...contract.read(answer), ...(accessToken && { tokenState: { accessToken } }) }
 *     },
 *   },
 * })
 */
export const contract = {
  header: () => ({}),
  authorize: ({ accessToken }) => ({ authorization: `Bearer ${accessToken}` }),
  read: (answer) => readContract(answer, collectHeaders(answer.headers, CONTRACT_HEADERS)),
  login: (credentials, replaced) => ({
    ...loginCall(credentials),
    ...(replaced && { header: { 'replaces-token': replaced.accessToken } }),
  }),
  refresh: () => null,
  tokenState: (maxAge?: number) => ({
    url: `/auth/token-state${maxAge === undefined ? '' : `?max_age=${maxAge}`}`,
    method: 'GET',
  }),
  userInfo: (data) => ({ url: '/auth/user-info', data }),
  avatar: () => ({ url: '/auth/avatar' }),
  phoneNumber: (data) => ({ url: '/auth/phone-number', data }),
  logout: () => ({ url: '/auth/logout' }),
  carriesLogin: true,
} satisfies Dialect

function loginCall(credentials: Credentials): OwnCall {
  if (!('newPassword' in credentials)) return { url: '/auth/login', data: credentials }
  const { newPassword: password, ...proof } = credentials
  return { url: '/auth/password', method: 'PUT', data: { ...proof, password } }
}

/** What the contract says in headers. */
export const CONTRACT_HEADERS = ['token-state', 'www-authenticate'] as const

/** @param found the headers that count */
export function readContract(
  { call, status, data }: DialectAnswer,
  found: Partial<Record<(typeof CONTRACT_HEADERS)[number], string>>,
): Reading {
  const fields = isRecord(data) ? data : {}
  const isSuccess = status >= 200 && status < 300
  const isOpened = isSuccess ? isEnvelope(fields) : isRecord(data)
  const tokenState = (isOpened ? fields.tokenState : undefined) ?? fromHeader(found['token-state'])
  if (isSuccess) {
    const content = isOpened ? fields.data : data
    return { kind: 'success', data: status === 204 ? undefined : content, tokenState }
  }
  // Uploads do not hand over headers: the problem repeats its challenges.
  const challenges = parseChallenges(found['www-authenticate'] ?? fields.challenges)
  if (status === 401 || (status === 403 && call === 'request' && wantsNewLogin(challenges)))
    return { kind: 'unauthorized', challenges, tokenState }
  return { kind: 'failure', data: isOpened ? withoutTokenState(fields) : data, tokenState }
}

function isEnvelope(body: Record<string, unknown>): boolean {
  const names = Object.keys(body)
  return names.length > 0 && names.every((name) => name === 'data' || name === 'tokenState')
}

function withoutTokenState(fields: Record<string, unknown>): unknown {
  const problem = { ...fields }
  delete problem.tokenState
  return problem
}

/** A header that cannot be read counts as a malformed token state. */
function fromHeader(header: string | undefined): unknown {
  try {
    return header === undefined ? undefined : decodeTokenState(header)
  } catch {
    return {}
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  const isObject = typeof value === 'object' && value !== null
  return isObject && !Array.isArray(value) && !isBytes(value)
}
