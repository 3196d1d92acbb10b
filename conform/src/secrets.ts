import { isObject, type Exchange } from './exchange'

/** What is secret by the name of its member. */
const secretName =
  /session_?key|open_?id|union_?id|phone_?number|mobile|encrypted_?data|access_?token|^(code|uid|nickname|avatarUrl|name|phone|address|secret)$/i
/** What a token state may never hold, by the name of its member. Flags such as hasPhoneNumber may. */
export const forbiddenName =
  /session_?key|open_?id|union_?id|^(?!has).*phone_?number|^phone$|mobile/i

/** What must not reach the terminal or a report of CI. */
export interface Secrets {
  /** A value from now on hidden; `name` takes its place. */
  add(name: string, value: unknown): void
  redact(text: string): string
  /** An exchange in one line, without secrets. */
  describe(exchange: Exchange): string
}

const shownHeaders = [
  'Content-Type',
  'WWW-Authenticate',
  'Retry-After',
  'Cache-Control',
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
]
const longest = 400

export function createSecrets(): Secrets {
  const names = new Map<string, string>()

  function redact(text: string): string {
    let shown = text
    for (const [value, name] of names) shown = shown.replaceAll(value, `<${name}>`)
    return shown.replaceAll(/(?<!\d)1\d{10}(?!\d)/g, '<phone number>')
  }

  return {
    add(name, value) {
      // Shorter ones would hide words that are no secrets.
      if (typeof value === 'string' && value.length >= 6) names.set(value, name)
    },
    redact,
    describe(exchange) {
      const { method, path, status, headers } = exchange
      const shown = shownHeaders.flatMap((name) => {
        const value = headers.get(name)
        return value === null ? [] : [`${name}: ${value}`]
      })
      const head = [`${method} ${path} → ${status}`, ...shown].join('; ')
      // Redacted before it is cut: half a secret would not be recognised.
      const body = redact(textOf(exchange))
      return `${redact(head)}; ${body.length > longest ? `${body.slice(0, longest)}…` : body}`
    },
  }
}

function textOf({ body }: Exchange): string {
  if (body.is === 'empty') return 'no body'
  if (body.is === 'json') return JSON.stringify(body.value, hideByName)
  return body.text.replaceAll(/\s+/g, ' ')
}

function hideByName(name: string, value: unknown): unknown {
  return typeof value === 'string' && secretName.test(name) ? '<hidden>' : value
}

/** The paths of members whose names are those of secrets, such as `identity.openid`. */
export function forbiddenMembers(value: unknown, path: string[] = []): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => forbiddenMembers(one, path))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, member]) => [
    ...(forbiddenName.test(name) && member !== null && typeof member !== 'boolean'
      ? [[...path, name].join('.')]
      : []),
    ...forbiddenMembers(member, [...path, name]),
  ])
}

/** The claims of a token that is a JWT (RFC 7519); undefined for any other. */
export function claimsOf(token: unknown): unknown {
  const [, payload] = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(String(token)) ?? []
  try {
    return payload === undefined
      ? undefined
      : JSON.parse(Buffer.from(payload, 'base64url').toString())
  } catch {
    return undefined
  }
}
