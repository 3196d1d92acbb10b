import fc from 'fast-check'
import { decodeUTF8 } from '../../../src/auth/bytes'
import { LONGEST_HEADER } from '../../../src/auth/challenge'
import { decodeTokenState, parseTokenState } from '../../../src/auth/tokenState'
import { linear } from './linear'
import { mutated, wrongMembers } from './mutations'
import { target, type FuzzTarget } from './target'

export const TOKEN_STATE = fc.record(
  {
    accessToken: fc.string({ unit: fc.constantFrom(...'abcXYZ019._~+/=-'), minLength: 1 }),
    expiresIn: fc.oneof(fc.integer({ min: 1 }), fc.constantFrom('7200', '0', '1e3')),
    hasUserInfo: fc.boolean(),
    hasPhoneNumber: fc.boolean(),
    needsSecondProof: fc.boolean(),
    uid: fc.oneof(fc.string(), fc.integer()),
    version: fc.oneof(fc.integer(), fc.double()),
    sessionKey: fc.string(),
    openid: fc.string(),
    nested: fc.record({
      phoneNumber: fc.string(),
      list: fc.array(fc.record({ unionId: fc.string() })),
    }),
    claim: fc.anything(),
  },
  { requiredKeys: ['accessToken'] },
)

export const SECRET = /session_?key|open_?id|union_?id|phone|mobile|secret|password|encrypted/i

/** Members of whatever depth whose names are those of secrets, unless they are flags. */
function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [
    ...(SECRET.test(name) && typeof member !== 'boolean' ? [name] : []),
    ...secretsIn(member),
  ])
}

const asStored = (state: object): unknown => JSON.parse(JSON.stringify(state))

/** Of a number that JSON has no word for, only `null` is left. */
function withoutNull(state: object): unknown {
  return JSON.parse(JSON.stringify(state), (_name, member: unknown) => member ?? undefined)
}

const BASE64 = ['A', 'e30', 'eyJh', '_-', '+/', '=', '==', '%', ' ', '\n', '4pyT', '7aCA', '"']
const encoded = mutated(
  fc.oneof(wrongMembers(TOKEN_STATE), fc.jsonValue()).map((value) => {
    return Buffer.from(JSON.stringify(value) ?? '').toString('base64url')
  }),
  BASE64,
)

/** Base64url by Node, which takes anything; then UTF-8 and JSON. */
function decodeSlowly(header: string): unknown {
  const text = header
    .trim()
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '')
  if (!/^[\w-]*$/.test(text)) throw new TypeError('not base64url')
  // A sextet that makes no byte of its own counts for nothing, as in Node.
  const bytes = Buffer.from(text, 'base64url')
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  return JSON.parse(decoder.decode(bytes))
}

function outcomeOf(work: () => unknown): string {
  try {
    return `returns ${JSON.stringify(work())}`
  } catch {
    return 'throws'
  }
}

export const TOKEN_STATES: FuzzTarget[] = [
  target(
    'token states: one that is taken can be sent, has no secret, and is taken again as it is',
    2_000,
    fc.property(wrongMembers(TOKEN_STATE), (value) => {
      const parsed = parseTokenState(value)
      if (parsed.is === 'malformed') return parsed.detail !== ''
      const { state } = parsed
      const again = parseTokenState(asStored(state))
      return (
        /^[!-+\--~]{1,4096}$/.test(state.accessToken) &&
        Object.isFrozen(state) &&
        secretsIn(state).length === 0 &&
        again.is === 'tokenState' &&
        JSON.stringify(again.state) === JSON.stringify(withoutNull(state))
      )
    }),
  ),
  target(
    'token states: the header agrees with Node’s own base64url, UTF-8 and JSON',
    2_000,
    fc.property(encoded, (header) => {
      const [own, slow] = [
        outcomeOf(() => decodeTokenState(header)),
        outcomeOf(() => decodeSlowly(header)),
      ]
      if (own !== slow) throw new Error(`${own}, but ${slow} by Node`)
    }),
  ),
  target(
    'token states: bytes are the text that they are by the standard, or none',
    1_000,
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const own = decodeUTF8(bytes)
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) === own
      } catch {
        return own === undefined
      }
    }),
  ),
  linear(
    'token states: the header is decoded',
    (text) => outcomeOf(() => decodeTokenState(text)),
    BASE64,
    { length: LONGEST_HEADER },
  ),
]
