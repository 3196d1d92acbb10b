import { AuthError } from './errors'

/** Checks `baseURL` and takes its trailing slashes off. */
export function checkBaseURL(baseURL: string): string {
  if (!/^(https?:\/\/[^/?#\s\\@]+(\/|$)|\/(?!\/))[^?#\s\\]*$/i.test(baseURL)) {
    throw new AuthError('protocol', { hint: 'baseURL' })
  }
  return baseURL.replace(/\/+$/, '')
}

// What a URL parser would rewrite into another place.
/** Control characters, the space and the backslash. */
const UNSAFE = /[^!-[\]-~\u0080-\uffff]/
/** Dot segments in the path. */
const DOTS = /^[^?#]*\/(\.|%2e){1,2}([/?#]|$)/i

/**
 * The full address of a path or of an address under `baseURL`. Mini-programs have no `URL`,
 * so whatever a URL parser would rewrite into another place is refused.
 * @param isFinal `url` is an address, even if it is relative
 * @throws AuthError `protocol`: credentials would leave `baseURL`.
 */
export function resolveURL(baseURL: string, url: unknown, isFinal = false): string {
  if (typeof url !== 'string') throw refused()
  const isAbsolute = isFinal || /^([a-z][a-z\d+.-]*:|\/\/)/i.test(url)
  const full = isAbsolute ? url : `${baseURL}${/^[/?#]/.test(url) || !url ? '' : '/'}${url}`
  const rest = full.slice(baseURL.length)
  const isUnder = full.startsWith(baseURL) && !full.startsWith('//') && /^([/?#]|$)/.test(rest)
  if (!isUnder || UNSAFE.test(full) || DOTS.test(rest)) throw refused()
  return full
}

function refused(): AuthError {
  return new AuthError('protocol', { hint: 'address' })
}
