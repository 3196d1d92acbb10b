import { parseChallenges, readHeader } from 'watchword'

/** A word of a route: lower-case, not long, no digits but a version's. */
const routeWord = /^(v\d{1,2}|[a-z]{1,24}([-_.][a-z]{1,24}){0,3})$/

/**
 * The path of an address, without origin and query. Segments that may be somebody's number or name
 * stand as `…`.
 */
export function harmlessPath(url: string): string {
  const path = url.replace(/[?#].*$/s, '').replace(/^\w+:\/\/[^/]*/, '')
  const segments = path.split('/').filter(Boolean)
  return '/' + segments.map((one) => (routeWord.test(one) ? one : '…')).join('/')
}

const scheme = /^[A-Za-z]{2,24}$/

/** The schemes of `WWW-Authenticate`, or of the copy in a 401's body; never their parameters. */
export function harmlessSchemes(headers: unknown, data: unknown): string[] {
  const found = parseChallenges(readHeader(headers, 'WWW-Authenticate') ?? challengesIn(data))
  return found.map((one) => (scheme.test(one.scheme) ? one.scheme : '…'))
}

function challengesIn(data: unknown): unknown {
  try {
    const body: unknown = typeof data === 'string' ? JSON.parse(data) : data
    return { ...(body as { challenges?: unknown } | null) }.challenges
  } catch {
    return undefined
  }
}

/** What hosts are known to say; the rest of their texts may hold addresses and more. */
const knownWords =
  /net::ERR_[A-Z_]{3,40}|url not in domain list|time(d )?[ -]?out|interrupted|abort(ed)?|ssl[ a-z]{0,24}error|connection (refused|reset|closed|abort)|network is (down|unreachable)|unable to resolve host|socket is null|no permission|privacy permission is not authorized|api scope is not declared|access denied|auth den(y|ied)|user den(y|ied)|cancel|system error|too (many|frequent)[ a-z]{0,12}|exceed/gi

/** Number and known phrases of what a host's call failed with. */
export function harmlessFailure(failure: unknown): { errno?: number; words?: string } {
  const { errno, errMsg, message } = { ...(failure as Record<string, unknown> | null | undefined) }
  const text = [errMsg, message ?? (failure instanceof Error && failure.message)].join(' ')
  const words = [...new Set(text.match(knownWords) ?? [])].join(', ')
  const isErrno = Number.isInteger(errno) && Math.abs(errno as number) < 10_000_000
  return { ...(isErrno && { errno: errno as number }), ...(words && { words }) }
}

/** A header's name, unless it is none that anybody would give a header. */
export function harmlessHeaderName(name: string): string {
  return /^[A-Za-z]{1,16}\d?(-[A-Za-z]{1,16}\d?)*$/.test(name) ? name : '…'
}
