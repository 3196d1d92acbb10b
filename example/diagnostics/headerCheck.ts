import { readHeader } from 'watchword'
import { askHost } from './askHost'
import { harmlessFailure, harmlessHeaderName, harmlessSchemes } from './harmless'

/** What came of one request without credentials. */
export interface HeaderCheck {
  /** Missing if there was no answer. */
  status?: number
  /** What the host calls the HTTP version; hosts that do not report it leave it out. */
  protocol?: string
  failure?: { errno?: number; words?: string }
  /**
   * How `WWW-Authenticate` arrived: the exact spelling of its name and what its value was, never the
   * value. Several, if the host gave it more than once; none: it is missing.
   */
  arrived: { spelling: string; form: 'string' | 'array' | 'otherForm' }[]
  /** The schemes as the client reads them. */
  schemes: string[]
  /** Whether the body repeats the challenges, for where the header does not arrive. */
  hasCopy: boolean
  /** The names of all headers as they arrived. */
  names: string[]
}

interface Reported {
  statusCode?: unknown
  header?: unknown
  data?: unknown
  profile?: { protocol?: unknown }
}

/** ms; the host itself may stay silent for longer. */
const limit = 10_000

/**
 * Asks the backend for the token state without credentials, past the client: the answer is 401 with
 * `WWW-Authenticate`, and shows how this phone reports headers. Never rejects.
 */
export function checkHeaders(baseURL: string): Promise<HeaderCheck> {
  const options = { url: `${baseURL}/auth/token-state`, timeout: limit }
  return askHost((callbacks) => uni.request({ ...options, ...callbacks }), limit + 1_000).then(
    (reported) => readArrival(reported as Reported),
    (failure: unknown) => ({
      ...readArrival({}),
      failure: harmlessFailure(failure),
    }),
  )
}

/** What is reported of an answer, whatever the host made of it. */
export function readArrival({ statusCode, header, data, profile }: Reported): HeaderCheck {
  const entries = Object.entries({ ...(header as Record<string, unknown> | null | undefined) })
  const { protocol } = profile ?? {}
  const isName = typeof protocol === 'string' && /^[\w./ -]{1,16}$/.test(protocol)
  return {
    ...(Number.isInteger(statusCode) && { status: statusCode as number }),
    ...(isName && { protocol }),
    arrived: entries
      .filter(([spelling]) => spelling.toLowerCase() === 'www-authenticate')
      .map(([spelling, value]) => ({ spelling, form: formOf(value) })),
    schemes: readHeader(header, 'WWW-Authenticate') ? harmlessSchemes(header, undefined) : [],
    hasCopy: harmlessSchemes({}, data).length > 0,
    names: entries.map(([spelling]) => harmlessHeaderName(spelling)),
  }
}

function formOf(value: unknown): 'string' | 'array' | 'otherForm' {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'string' ? 'string' : 'otherForm'
}
