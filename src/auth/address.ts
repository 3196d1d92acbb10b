import { AuthError } from './errors'

/** Checks `baseURL` and takes its trailing slashes off. */
export function checkBaseURL(baseURL: string): string {
  if (!/^(https?:\/\/[^/?#\s\\@]+(\/|$)|\/(?!\/))[^?#\s\\]*$/i.test(baseURL)) {
    throw new AuthError('protocol', { hint: 'baseURL' })
  }
  return baseURL.replace(/\/+$/, '')
}

/**
 * The full address of a path or of an address under `baseURL`. Mini-programs have no `URL`,
 * so whatever a URL parser would rewrite into another place (dot segments, backslashes,
 * control characters) is refused.
 * @throws AuthError `protocol`: credentials would leave `baseURL`.
 */
export function resolveURL(baseURL: string, url: unknown): string {
  if (typeof url !== 'string') throw refused()
  const isAbsolute = /^([a-z][a-z\d+.-]*:|\/\/)/i.test(url)
  const full = isAbsolute ? url : `${baseURL}${/^[/?#]/.test(url) || !url ? '' : '/'}${url}`
  const rest = full.slice(baseURL.length)
  const path = rest.replace(/[?#].*$/, '')
  const isOtherHost = full.startsWith('//')
  const hasControl = [...full].some((char) => char <= ' ' || char === '\\' || char === '\u007f')
  const hasDots = /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path)
  if (!full.startsWith(baseURL) || !/^([/?#]|$)/.test(rest)) throw refused()
  if (isOtherHost || hasControl || hasDots) throw refused()
  return full
}

function refused(): AuthError {
  return new AuthError('protocol', { hint: 'address' })
}
