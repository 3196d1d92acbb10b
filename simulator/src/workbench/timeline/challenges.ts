import type { RequestRecord } from '../../record'

/** One challenge of `WWW-Authenticate`, as far as the picture shows it. */
export interface ShownChallenge {
  scheme: string
  /** Names in lower case, quotes taken off. */
  params: Readonly<Record<string, string>>
}

/** What a 401 asks for. */
export type Demand = 'logIn' | 'getUserInfo' | 'getPhoneNumber' | 'unknown'

const name = "[!#$%&'*+\\-.^_`|~\\dA-Za-z]+"
const quoted = '"(?:[^"\\\\]|\\\\.)*"'
const member = new RegExp(`(${name})\\s*=\\s*(${quoted}|${name})|${quoted}|(${name})=*`, 'g')

/**
 * The challenges of a header's value (RFC 9110 §11.6.1), in their order. Reads what is well formed
 * and passes over the rest; a token68 after a scheme is passed over too. Never throws.
 */
export function readChallenges(value: string): ShownChallenge[] {
  const found: { scheme: string; params: Record<string, string> }[] = []
  let end = -1
  for (const match of value.matchAll(member)) {
    const [whole, param, content = '', scheme] = match
    const current = found.at(-1)
    const between = value.slice(end < 0 ? 0 : end, match.index)
    end = match.index + whole.length
    if (param !== undefined) {
      const plain = content.startsWith('"') ? content.slice(1, -1).replace(/\\(.)/g, '$1') : content
      if (current) setParam(current.params, param.toLowerCase(), plain)
    } else if (scheme !== undefined && (found.length === 0 || between.includes(','))) {
      found.push({ scheme, params: {} })
    }
  }
  return found
}

/** The challenges of a 401: those of its header, else of the member `challenges` of its body. */
export function challengesOf(record: RequestRecord): ShownChallenge[] {
  const header = record.responseHeaders?.['www-authenticate'] ?? memberOf(record.responseBody)
  return header === undefined ? [] : readChallenges(header)
}

/**
 * What the challenges ask for, in their order; no challenge asks for a login. A prompt counts only
 * where no `Bearer error="invalid_token"` accompanies it (the wire contract, "401").
 */
export function demandsOf(challenges: readonly ShownChallenge[]): Demand[] {
  if (challenges.length === 0) return ['logIn']
  const isDead = challenges.some(
    ({ scheme, params }) => scheme.toLowerCase() === 'bearer' && params.error === 'invalid_token',
  )
  if (isDead) return ['logIn']
  const all = challenges.map(({ scheme }) => demands.get(scheme.toLowerCase()) ?? 'unknown')
  const prompts = all.filter((one) => one === 'getUserInfo' || one === 'getPhoneNumber')
  if (prompts.length > 0) return [...new Set(prompts)]
  return [all.includes('logIn') ? 'logIn' : 'unknown']
}

/** `name*=UTF-8''…` (RFC 8187) is read as `name`, and preferred to it. */
function setParam(params: Record<string, string>, name: string, content: string): void {
  const encoded = name.endsWith('*') ? /^utf-8'[^']*'(.*)$/i.exec(content)?.[1] : undefined
  if (encoded === undefined) {
    params[name] ??= content
    return
  }
  try {
    params[name.slice(0, -1)] = decodeURIComponent(encoded)
  } catch {
    params[name] ??= content
  }
}

const demands = new Map<string, Demand>([
  ['wxlogin', 'logIn'],
  ['bearer', 'logIn'],
  ['getuserinfo', 'getUserInfo'],
  ['getphonenumber', 'getPhoneNumber'],
])

function memberOf(body: string | undefined): string | undefined {
  if (body === undefined || !body.includes('"challenges"')) return undefined
  try {
    const parsed = JSON.parse(body) as { challenges?: unknown } | null
    return typeof parsed?.challenges === 'string' ? parsed.challenges : undefined
  } catch {
    return undefined
  }
}
