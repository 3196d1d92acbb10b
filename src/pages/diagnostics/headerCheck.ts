import { readHeader } from '../../index'
import { askHost } from './askHost'
import { harmlessFailure, harmlessHeaderName, harmlessSchemes } from './harmless'

/** How a header arrived: the exact spelling of its name and what its value was. Never the value. */
export interface HeaderArrival {
  /** As the protocol's documents write it. */
  name: string
  /** Several, if the host gave it more than once; none: it is missing. */
  arrived: { spelling: string; form: 'string' | 'array' | 'other' }[]
}

/** What came of one request without credentials. */
export interface HeaderCheck {
  /** Missing if there was no answer. */
  status?: number
  /** What the host calls the HTTP version; hosts that do not tell leave it out. */
  protocol?: string
  /** ms */
  duration: number
  failure?: { errno?: number; words?: string }
  headers: HeaderArrival[]
  /** The schemes of `WWW-Authenticate` as the client reads them. */
  schemes: string[]
  /** Whether the body repeats the challenges, for where the header does not arrive. */
  hasCopy: boolean
  /** The names of all headers as they arrived. */
  names: string[]
}

interface Told {
  statusCode?: unknown
  header?: unknown
  data?: unknown
  profile?: { protocol?: unknown }
}

const ofInterest = ['WWW-Authenticate', 'Token-State', 'Retry-After', 'X-Request-Id']

/** ms; the host itself may stay silent for longer. */
const limit = 10_000

/**
 * Asks the backend for the token state without credentials, past the client: the answer is 401 with
 * `WWW-Authenticate`, and shows how this phone hands over headers. Never rejects.
 */
export async function checkHeaders(baseURL: string): Promise<HeaderCheck> {
  const began = Date.now()
  const { told, failure } = await askHost<{ told: Told; failure?: HeaderCheck['failure'] }>({
    ask: (end) =>
      uni.request({
        url: `${baseURL}/auth/token-state`,
        timeout: limit,
        success: (told) => end({ told: told as Told }),
        fail: (failure) => end({ told: {}, failure: harmlessFailure(failure) }),
      }),
    without: (failure) => ({
      told: {},
      failure: failure ? harmlessFailure(failure) : { words: 'timeout' },
    }),
    limit: limit + 1_000,
  })
  const duration = Math.max(0, Date.now() - began)
  return { ...readArrival(told), duration, ...(failure && { failure }) }
}

/** What is told of an answer, whatever the host made of it. */
export function readArrival({
  statusCode,
  header,
  data,
  profile,
}: Told): Omit<HeaderCheck, 'duration' | 'failure'> {
  const entries = Object.entries({ ...(header as Record<string, unknown> | null | undefined) })
  const { protocol } = profile ?? {}
  const isName = typeof protocol === 'string' && /^[\w./ -]{1,16}$/.test(protocol)
  return {
    ...(Number.isInteger(statusCode) && { status: statusCode as number }),
    ...(isName && { protocol }),
    headers: ofInterest.map((name) => ({
      name,
      arrived: entries
        .filter(([spelling]) => spelling.toLowerCase() === name.toLowerCase())
        .map(([spelling, value]) => ({ spelling, form: formOf(value) })),
    })),
    schemes: readHeader(header, 'WWW-Authenticate') ? harmlessSchemes(header, undefined) : [],
    hasCopy: harmlessSchemes({}, data).length > 0,
    names: entries.map(([spelling]) => harmlessHeaderName(spelling)),
  }
}

function formOf(value: unknown): 'string' | 'array' | 'other' {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'string' ? 'string' : 'other'
}
