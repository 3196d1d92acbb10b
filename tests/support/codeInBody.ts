import { parseChallenges, readHeader } from '../../src/auth/challenge'
import type { Dialect } from '../../src/auth/dialect'
import type { Platform, WireAnswer, WireCall, WireStream } from '../../src/auth/platform'
import type { TokenState } from '../../src/auth/types'

/**
 * How many backends in China speak: HTTP 200 for everything they have looked at, and the meaning in
 * `code`. The token goes in a header of its own.
 */
interface Body {
  code: number
  msg?: string
  data?: unknown
  session?: unknown
  /** What is missing, with 401: as the contract words it in a header. */
  missing?: string | undefined
}

const OK = 0
const UNAUTHORIZED = 401

export const codeInBody: Dialect = {
  header: () => ({ clientid: 'mini' }),
  authorize: ({ accessToken }) => ({ 'X-Token': accessToken }),
  read({ status, data }) {
    if (status !== 200 || typeof data !== 'object' || data === null) return undefined
    const { code, msg, data: content, session, missing } = data as Body
    if (code === OK) return { kind: 'success', data: content, tokenState: session }
    if (code === UNAUTHORIZED) {
      return { kind: 'unauthorized', challenges: parseChallenges(missing), tokenState: session }
    }
    return { kind: 'failure', code, message: msg ?? '' }
  },
  login: (credentials, replaced) => ({
    url: '/wx/login',
    data: { credentials, replaces: replaced?.accessToken },
  }),
  refresh: ({ refreshToken }) =>
    typeof refreshToken === 'string' ? { url: '/wx/refresh', data: { refreshToken } } : null,
  tokenState: () => ({ url: '/wx/session', method: 'GET' }),
  userInfo: (given) => ({ url: '/wx/profile', method: 'PUT', data: given }),
  avatar: () => ({ url: '/wx/picture', name: 'picture' }),
  phoneNumber: (given) => ({ url: '/wx/phone', data: given }),
  logout: () => ({ url: '/wx/logout', method: 'DELETE' }),
  carriesLogin: true,
}

/** What the same calls are in the contract. */
const calls: Record<string, { method?: 'POST' | 'GET'; url: string }> = {
  '/wx/login': { method: 'POST', url: '/auth/login' },
  '/wx/session': { method: 'GET', url: '/auth/token-state' },
  '/wx/profile': { method: 'POST', url: '/auth/user-info' },
  '/wx/picture': { url: '/auth/avatar' },
  '/wx/phone': { method: 'POST', url: '/auth/phone-number' },
  '/wx/logout': { method: 'POST', url: '/auth/logout' },
}

/**
 * Has a backend of the contract speak this way behind the host: a test goes on reading and answering
 * the contract's calls.
 */
export function speakInCodes(platform: Platform, base: string): void {
  if (speaking.has(platform)) return
  speaking.add(platform)
  const { send } = platform
  platform.send = (call) => {
    const { answer, abort } = send(inContract(call, base))
    const speak = call.type === 'download' ? inFile : inCodes
    return { abort, answer: answer.then(speak) }
  }
}

/** The head of a refusal is that of a success too. */
function streamInCodes({ onHead, onChunk }: WireStream): WireStream {
  return {
    onHead: ({ status, headers }) => onHead({ status: status === 401 ? 200 : status, headers }),
    onChunk,
  }
}

const speaking = new WeakSet<Platform>()

function inContract(call: WireCall, base: string): WireCall {
  const { 'x-token': token, clientid, ...header } = call.header
  if (clientid !== 'mini') throw new Error(`a call without the header of all calls: ${call.url}`)
  if (token !== undefined) header.authorization = `Bearer ${token}`
  const known = calls[call.url.slice(base.length)]
  const url = known ? base + known.url : call.url
  if (call.type !== 'request') {
    return call.type === 'upload' && known
      ? { ...call, header, url, name: 'file' }
      : { ...call, header, url }
  }
  if (!known?.method) {
    return { ...call, header, url, ...(call.stream && { stream: streamInCodes(call.stream) }) }
  }
  if (known.url !== '/auth/login') return { ...call, header, url, method: known.method }
  const { credentials, replaces } = JSON.parse(String(call.data)) as {
    credentials: unknown
    replaces?: string
  }
  if (replaces !== undefined) header['replaces-token'] = replaces
  return { ...call, header, url, data: JSON.stringify(credentials) }
}

/** What refuses a file is in its place. */
function inFile(answer: WireAnswer): WireAnswer {
  if (answer.status !== 401) return answer
  const { data, ...said } = inCodes(answer)
  return {
    ...said,
    data: { tempFilePath: 'wxfile://refusal' },
    text: typeof data === 'string' ? data : JSON.stringify(data),
  }
}

/** 5xx, 429 and what else no controller has seen stay what they are. */
function inCodes({ status, headers, data }: WireAnswer): WireAnswer {
  if (data instanceof ArrayBuffer) return { status, headers, data }
  const isText = typeof data === 'string' && /^\s*[{[]/.test(data)
  const body: unknown = isText ? JSON.parse(data) : data
  const fields = (typeof body === 'object' && body !== null ? body : {}) as {
    data?: unknown
    tokenState?: Partial<TokenState>
    challenges?: unknown
  }
  const say = (said: Body): WireAnswer => ({
    status: 200,
    headers,
    data: isText ? JSON.stringify(said) : said,
  })
  if (status >= 200 && status < 300) {
    const isEnvelope =
      Object.keys(fields).length > 0 &&
      Object.keys(fields).every((name) => ['data', 'tokenState'].includes(name))
    const content = status === 204 ? undefined : isEnvelope ? fields.data : body
    return say({ code: OK, data: content, session: fields.tokenState })
  }
  if (status !== 401) return { status, headers, data }
  const missing = readHeader(headers, 'www-authenticate') ?? (fields.challenges as string)
  return say({ code: UNAUTHORIZED, missing, session: fields.tokenState })
}
