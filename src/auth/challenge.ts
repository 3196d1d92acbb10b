/** One challenge of a `WWW-Authenticate` header (RFC 9110 §11.6.1). */
export interface Challenge {
  /** As the backend sent it. Compare it without regard to case. */
  scheme: string
  /** By name in lower case. `name*` (RFC 8187) is decoded, and listed as `name`. */
  params: Readonly<Record<string, string>>
  /** For the schemes that have one (RFC 9110 §11.2). */
  token68?: string
}

/** Characters: several times what servers send (Node, nginx) and browsers take. */
export const LONGEST_HEADER = 65_536
const TOKEN = /[!#$%&'*+\-.^_`|~\dA-Za-z]*/y
/** It fills its list member; anything else that begins like one is a parameter. */
const TOKEN68 = /([\dA-Za-z\-._~+/]+=*)[ \t]*(?=[,;\r\n]|$)/y
const UNQUOTED = /[^"\\]*/y
const BLANK = /[ \t]*/y
/** What may stand before a member, and what after one: see {@link parseChallenges}. */
const BEFORE = /[, \t\r\n]*/y
const AFTER = /[; \t\r\n]*/y
const RUBBISH = /[^,\r\n]*/y

/**
 * Parses `WWW-Authenticate` (RFC 9110 §11.6.1): bare schemes, parameters, quoted strings,
 * token68, RFC 8187 `name*` parameters, empty list members, several challenges in one value.
 * A `;` or a line break after a member counts as a comma, because some phones join headers with these;
 * outside of quotes neither is part of the grammar. Takes linear time.
 * @param value a string or an array of strings; anything else holds no challenge, nor does what goes
 * beyond 65,536 characters.
 * @returns the challenges in order, without those that are malformed. Never throws.
 * @example
 * import { parseChallenges } from 'watchword'
 *
 * const [challenge] = parseChallenges('getPhoneNumber reason="delivery"')
 * const reason = challenge?.params.reason // 'delivery'
 */
export function parseChallenges(value: unknown): Challenge[] {
  const values: unknown[] = Array.isArray(value) ? value : [value]
  let left = LONGEST_HEADER
  return values.flatMap((one) =>
    typeof one === 'string' && (left -= one.length) >= 0 ? parseOne(one) : [],
  )
}

function parseOne(text: string): Challenge[] {
  const found: Challenge[] = []
  let at = 0

  /** What stands here, if only nothing; of a pattern with a group that group. */
  const read = (what: RegExp) => {
    what.lastIndex = at
    const found = what.exec(text)
    if (!found) return ''
    at += found[0].length
    return found[1] ?? found[0]
  }
  const quoted = () => {
    let content = ''
    at++
    while (at < text.length) {
      content += read(UNQUOTED)
      if (text[at++] === '"') return content
      content += text[at++] ?? ''
    }
    return undefined
  }

  for (;;) {
    read(BEFORE)
    if (at >= text.length) return found
    const name = read(TOKEN)
    const blank = read(BLANK)
    const current = found[found.length - 1]
    if (name && text[at] === '=') {
      at++
      read(BLANK)
      const content = text[at] === '"' ? quoted() : read(TOKEN) || undefined
      if (current && content !== undefined) setParam(current, name.toLowerCase(), content)
    } else if (name) {
      const challenge: Challenge = { scheme: name, params: {} }
      found.push(challenge)
      const rest = blank && read(TOKEN68)
      if (rest) challenge.token68 = rest
    } else {
      read(RUBBISH)
    }
    if (name) read(AFTER)
  }
}

function setParam(challenge: Challenge, name: string, content: string): void {
  const params = challenge.params as Record<string, string>
  const extended = name.endsWith('*')
  const key = extended ? name.slice(0, -1) : name
  const decoded = extended ? decodeExtended(content) : content
  // A parameter occurs once (RFC 9110 §11.2); the extended form is preferred (RFC 8187 §4.2).
  const isThere = Object.prototype.hasOwnProperty.call(params, key)
  if (decoded === undefined || (!extended && isThere)) return
  Object.defineProperty(params, key, {
    value: decoded,
    enumerable: true,
    writable: true,
  })
}

/** RFC 8187 §3.2.1: charset'language'percent-encoded; UTF-8 is the one charset it asks for. */
function decodeExtended(content: string): string | undefined {
  const match = /^utf-8'[^']*'(.*)$/i.exec(content)
  try {
    return match ? decodeURIComponent(match[1]!) : undefined
  } catch {
    return undefined
  }
}

/**
 * Reads a header whose name may have any case: phones change it. The host may hand the value over as a
 * string or as an array of strings.
 * @returns the value, several joined by commas (RFC 9110 §5.3); `undefined` if the header is missing.
 * @example
 * import { readHeader } from 'watchword'
 *
 * const headers = { 'Www-Authenticate': 'getUserInfo scope="unionid"' }
 * const challenge = readHeader(headers, 'WWW-Authenticate')
 */
export function readHeader(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined
  const values = Object.entries(headers as Record<string, unknown>)
    .filter(([key]) => key.toLowerCase() === name.toLowerCase())
    .flatMap(([, value]) => value)
    .filter((value): value is string => typeof value === 'string')
  return values.length > 0 ? values.join(', ') : undefined
}

/** As {@link readHeader}, of several names in one go; these are given in lower case. */
export function collectHeaders<Name extends string>(
  headers: unknown,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {}
  if (typeof headers !== 'object' || headers === null) return found
  for (const key of Object.keys(headers)) {
    const name = names[(names as readonly string[]).indexOf(key.toLowerCase())]
    if (name === undefined) continue
    const value = (headers as Record<string, unknown>)[key]
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof one !== 'string') continue
      const before = found[name]
      found[name] = before === undefined ? one : `${before}, ${one}`
    }
  }
  return found
}

/** The challenge of this scheme, compared without regard to case. */
export function findChallenge(challenges: readonly Challenge[], scheme: string) {
  return challenges.find((one) => one.scheme.toLowerCase() === scheme.toLowerCase())
}

/** Whether another login would help, though the session is alive (RFC 9470; RFC 9110 section 11.6.1). */
export function wantsNewLogin(challenges: readonly Challenge[]): boolean {
  return challenges.some(({ params }) => params.error === 'insufficient_user_authentication')
}
