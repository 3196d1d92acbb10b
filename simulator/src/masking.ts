// Makes what is recorded fit to be shown: on the screen, in a screenshot, in a test's failure.
import type { HeaderValue } from './wire'

/** Members that hold a secret or name a person, in lower case without `_` and `-`. */
const secretMembers: ReadonlySet<string> = new Set([
  'accesstoken',
  'appsecret',
  'code',
  'encrypteddata',
  'iv',
  'jscode',
  'mobile',
  'openid',
  'password',
  'phonenumber',
  'purephonenumber',
  'rawdata',
  'secret',
  'sessionkey',
  'signature',
  'token',
  'unionid',
])

const secretHeaders = new Set([
  'authorization',
  'cookie',
  'replaces-token',
  'set-cookie',
  'token-state',
])

const isSecretMember = (name: string) => {
  const plain = name.toLowerCase().replace(/[_-]/g, '')
  return secretMembers.has(plain) || /(token|secret|password|code)$/.test(plain)
}

/**
 * Distinguishes two secrets without showing either: a 32-bit FNV-1a hash. It can be had from many
 * texts, so a token of 256 bits is not to be found by it; never used for what has few values.
 */
function fingerprint(secret: string): string {
  let hash = 0x811c9dc5
  for (const char of secret) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193)
  return `<${(hash >>> 0).toString(16).padStart(8, '0')}>`
}

const phoneNumber = /(?<!\d)((?:86)?1\d{2})\d{4}(\d{4})(?!\d)/g
const credential = /\b(Bearer|WxLogin) +[\w.~+/=-]+/gi

/** A long run without a space is taken for a credential, whatever its name; UUIDs are names. */
const looksSecret = (text: string) =>
  /^[\w+/=.-]{32,}$/.test(text) && !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)

/** The mark that is recorded in place of a long secret, wherever it appears. */
export const markOf = (secret: unknown): string | undefined =>
  typeof secret === 'string' && looksSecret(secret) ? fingerprint(secret) : undefined

/** What somebody has masked already stays readable, and of a phone number the ends do. */
const maskSecret = (secret: string): string => {
  if (/^\+?\d{0,6}\*+\d{0,4}$/.test(secret)) return secret
  if (secret.replace(phoneNumber, '') === '') return maskText(secret)
  // What has few values could be found by trying them all.
  return secret.length < 16 || /^[+\d\s-]*$/.test(secret) ? '<…>' : fingerprint(secret)
}

/** A text in which phone numbers become `154****1234`, and credentials a mark. */
export const maskText = (text: string): string =>
  text
    .replace(phoneNumber, '$1****$2')
    .replace(credential, (all, scheme: string) => `${scheme} ${fingerprint(all)}`)

const parseJson = (text: string): unknown => {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** A copy of any JSON value; strings that hold JSON themselves, as stored values do, included. */
export function maskValue(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, name))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, maskValue(member, key)]),
    )
  }
  if (isSecretMember(name) && (typeof value === 'string' || typeof value === 'number')) {
    return value === '' ? value : maskSecret(String(value))
  }
  if (typeof value === 'number' && String(value).match(phoneNumber)) return maskText(String(value))
  return typeof value === 'string' ? maskBody(value) : value
}

/** A body or stored text: JSON and forms member by member, all else as plain text. */
export function maskBody(text: string): string {
  const json = parseJson(text)
  if (json !== undefined) return JSON.stringify(maskValue(json))
  if (looksSecret(text)) return fingerprint(text)
  return /^[\w.%-]+=[^\s]*$/.test(text) ? maskForm(text) : maskText(text)
}

/** A query or a form body. */
function maskForm(text: string): string {
  return text
    .split('&')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=')
      const value = rest.join('=')
      if (value !== '' && isSecretMember(name)) return `${name}=${maskSecret(value)}`
      return looksSecret(value) ? `${name}=${fingerprint(value)}` : maskText(pair)
    })
    .join('&')
}

/** An address: its query's secrets are masked, its path stays. */
export function maskUrl(url: string): string {
  const mark = url.indexOf('?')
  return mark < 0
    ? maskText(url)
    : `${maskText(url.slice(0, mark))}?${maskForm(url.slice(mark + 1))}`
}

/** `Location` and the like hold addresses. */
const maskHeader = (text: string) => {
  if (/^(https?:\/)?\//.test(text)) return maskUrl(text)
  return looksSecret(text) ? fingerprint(text) : maskText(text)
}

/** Headers with lower-case names; secrets become `Scheme <fingerprint>`. */
export function maskHeaders(headers: Record<string, HeaderValue>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = Array.isArray(value) ? value.join(',') : value
      if (!secretHeaders.has(name.toLowerCase())) return [name.toLowerCase(), maskHeader(text)]
      const [, scheme = '', secret = ''] = /^(?:(\S+) )?([\s\S]*)$/.exec(text) ?? []
      return [name.toLowerCase(), `${scheme} ${fingerprint(secret)}`.trim()]
    }),
  )
}
