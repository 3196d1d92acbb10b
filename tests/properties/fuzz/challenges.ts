import fc from 'fast-check'
import {
  LONGEST_HEADER,
  collectHeaders,
  parseChallenges,
  readHeader,
  type Challenge,
} from '../../../src/auth/challenge'
import { copyHeader } from '../../../src/auth/header'
import { isAuthError } from '../../../src/auth/errors'
import { reasonParam } from '../../../server/src/http/language'
import { linear } from './linear'
import { mutated } from './mutations'
import { target, type FuzzTarget } from './target'

const WORDS = [
  ...[' ', '\t', ',', ';', '\r\n', '\n', '=', '==', '"', '\\', "'", '*', '%', '%E4', '/', '(', '~'],
  ...['Bearer', 'WxLogin', 'getPhoneNumber', 'realm', 'reason', 'reason*', 'error', 'scope', 'x'],
  ...['="', "=UTF-8''", "utf-8'zh'", 'a/b==', '__proto__', 'constructor', 'methods="sms scan"'],
]

const VALID = fc.constantFrom(
  'WxLogin, Bearer realm="watchword", methods="sms password scan wechat"',
  'getPhoneNumber reason="delivery", proof="sms"',
  'getUserInfo scope="unionid", reason*=UTF-8\'\'%E4%BD%A0%E5%A5%BD',
  'Bearer error="insufficient_user_authentication", max_age="300", error_description="a \\"b\\", c"',
  'Negotiate YWJj==, Basic realm=x;Digest qop="auth,auth-int"\r\n nonce=1',
)

/**
 * The grammar as src/auth/challenge.ts words it, by regular expressions on the rest of the text: slow, as the
 * rest is copied each time, and short.
 */
function parseSlowly(text: string): Challenge[] {
  const found: Challenge[] = []
  let rest = text
  const take = (pattern: RegExp): string | undefined => {
    const match = pattern.exec(rest)
    if (match) rest = rest.slice(match[0].length)
    return match?.[0]
  }
  for (;;) {
    take(/^[, \t\r\n]+/)
    if (rest === '') return found
    const name = take(/^[!#$%&'*+\-.^_`|~\dA-Za-z]+/)
    if (name === undefined) {
      take(/^[^,\r\n]*/)
      continue
    }
    const isSpaced = take(/^[ \t]+/) !== undefined
    if (take(/^=[ \t]*/) !== undefined) {
      const value = rest.startsWith('"')
        ? quoted(take(/^"(?:\\[^]|[^"\\])*(?:"|\\?$)/) ?? '')
        : take(/^[!#$%&'*+\-.^_`|~\dA-Za-z]+/)
      const current = found.at(-1)
      if (current && value !== undefined) add(current, name.toLowerCase(), value)
    } else {
      const token68 = isSpaced && /^([\dA-Za-z\-._~+/]+=*)[ \t]*(?=[,;\r\n]|$)/.exec(rest)
      if (token68) rest = rest.slice(token68[0].length)
      found.push({ scheme: name, params: {}, ...(token68 && { token68: token68[1]! }) })
    }
    take(/^[; \t\r\n]+/)
  }
}

/** `undefined`: it has no end. */
function quoted(text: string): string | undefined {
  const content = /^"((?:\\[^]|[^"\\])*)"$/.exec(text)?.[1]
  return content?.replace(/\\([^])/g, '$1')
}

function add({ params }: Challenge, name: string, value: string): void {
  const all = params as Record<string, string>
  const put = (key: string, content: string) =>
    Object.defineProperty(all, key, {
      value: content,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  if (!name.endsWith('*')) {
    if (!Object.hasOwn(all, name)) put(name, value)
    return
  }
  const [, encoded] = /^utf-8'[^']*'(.*)$/i.exec(value) ?? []
  try {
    if (encoded !== undefined) put(name.slice(0, -1), decodeURIComponent(encoded))
  } catch {
    // Not UTF-8: not taken.
  }
}

const header = mutated(VALID, WORDS)
const values = fc.oneof(header, fc.array(fc.oneof(header, fc.anything())), fc.anything())
const names = fc.constantFrom(
  'WWW-Authenticate',
  'www-authenticate',
  'Www-Authenticate',
  'Token-State',
  'X',
  '',
)

export const CHALLENGES: FuzzTarget[] = [
  target(
    'challenges: the parser agrees with a slow one',
    2_000,
    fc.property(header, (text) => {
      const [parsed, slow] = [parseChallenges(text), parseSlowly(text)].map((all) =>
        JSON.stringify(
          all.map(({ scheme, params, token68 }) => [scheme, Object.entries(params), token68]),
        ),
      )
      if (parsed !== slow) throw new Error(`${parsed} is ${slow} to the slow one`)
    }),
  ),
  target(
    'challenges: a reason of the backend is the one that the client reads',
    500,
    fc.property(fc.string({ unit: 'grapheme' }), (reason) => {
      const [challenge] = parseChallenges(`getPhoneNumber ${reasonParam(reason)}`)
      return challenge?.params.reason === reason
    }),
  ),
  linear('challenges: they are parsed', parseChallenges, WORDS, {
    length: LONGEST_HEADER,
    runs: 100,
  }),
  target(
    'headers: are read by their names, whatever the host hands over',
    1_000,
    fc.property(fc.array(fc.tuple(names, values), { maxLength: 5 }), (entries) => {
      const headers = Object.fromEntries(entries)
      const slow = Object.keys(headers)
        .filter((name) => name.toLowerCase() === 'www-authenticate')
        .flatMap((name) => headers[name])
        .filter((value) => typeof value === 'string')
      const expected = slow.length > 0 ? slow.join(', ') : undefined
      const found = collectHeaders(headers, ['www-authenticate'])['www-authenticate']
      return readHeader(headers, 'WWW-Authenticate') === expected && found === expected
    }),
  ),
  target(
    'headers: what cannot be sent is refused, and nothing else is thrown',
    1_000,
    fc.property(fc.oneof(fc.dictionary(fc.string(), fc.anything()), fc.anything()), (given) => {
      try {
        const sent = Object.entries(copyHeader(given))
        return sent.every(
          ([name, value]) =>
            /^[!#$%&'*+\-.^_`|~\da-z]+$/.test(name) && /^[\t -~\u00a0-\uffff]*$/.test(value),
        )
      } catch (error) {
        if (!isAuthError(error, 'protocol')) throw error
        return true
      }
    }),
  ),
]
