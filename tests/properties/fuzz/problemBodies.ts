import fc from 'fast-check'
import { readAnswer } from '../../../src/auth/answer'
import { authError } from '../../../src/auth/backend'
import { mutatedJSON, wrongMembers } from './mutations'
import { target, type FuzzTarget } from './target'

const problem = wrongMembers(
  fc.record(
    {
      type: fc.constantFrom(
        ...['/problems/confirmation-needed', 'https://example.com/problems/second-proof-needed'],
        ...['/problems/phone-number-taken', '/problems/phone-number-taken/', 'about:blank'],
      ),
      status: fc.integer({ min: 100, max: 599 }),
      account: wrongMembers(
        fc.record({ phone: fc.string(), nickname: fc.string(), since: fc.nat() }),
      ),
      tokenState: fc.constant({ accessToken: 'a-token-of-somebody' }),
    },
    { requiredKeys: [] },
  ),
)
const text = fc.oneof(
  mutatedJSON(problem),
  fc
    .tuple(fc.constantFrom('\ufeff', ' ', '\n\t', '\u00a0', 'x'), mutatedJSON(problem))
    .map((two) => two.join('')),
  fc.string(),
)
const encoder = new TextEncoder()
const types = fc.constantFrom('application/problem+json', 'text/plain', undefined)
const statuses = fc.constantFrom(400, 404, 409, 422, 429, 500, 503)

interface Failure {
  /** The problem, or whatever the body is instead, without a token state. */
  problem: unknown
  code: string
  account: unknown
}

/** JSON.parse reads what may be JSON; the rules about what may be, and what its members mean, are these. */
function readSlowly(body: unknown): Failure {
  let value = body
  if (typeof body === 'string' && ['{', '['].includes(body.trim().charAt(0))) {
    try {
      value = JSON.parse(body.trim())
    } catch {
      // A text of another kind.
    }
  }
  const isObject = Object.prototype.toString.call(value) === '[object Object]'
  if (!isObject) return { problem: value, code: 'login_rejected', account: undefined }
  const members = new Map(Object.entries(value as object))
  members.delete('tokenState')
  const kind = String(members.get('type')).split('/problems/').slice(1).at(-1)
  const codes = new Map([
    ['confirmation-needed', 'confirmation_needed'],
    ['second-proof-needed', 'second_proof_needed'],
    ['phone-number-taken', 'number_taken'],
  ])
  const code = codes.get(kind ?? '') ?? 'login_rejected'
  const given = Object(members.get('account')) as Record<string, unknown>
  const texts = ['phone', 'nickname', 'since']
    .filter((name) => typeof given[name] === 'string' || typeof given[name] === 'number')
    .map((name) => [name, String(given[name])])
  const account = code === 'confirmation_needed' ? Object.fromEntries(texts) : undefined
  return { problem: Object.fromEntries(members), code, account }
}

/** As the client reads it. */
function read(status: number, type: string | undefined, data: unknown): Failure {
  const headers = type === undefined ? {} : { 'Content-Type': type }
  const raw = { status, headers, data }
  const answer = readAnswer(raw, 0, undefined, 'request', 'https://api.example.com/a')
  const { code, account } = authError('login_rejected', answer)
  return { problem: answer.data, code, account }
}

/** Undefined members count: `account` is one. */
const wordOf = (failure: Failure) =>
  JSON.stringify(failure, (_name, member: unknown) => (member === undefined ? 'undefined' : member))

function compare(found: Failure, slow: Failure): void {
  if (wordOf(found) !== wordOf(slow))
    throw new Error(`${wordOf(found)}, but ${wordOf(slow)} by the rules`)
}

export const PROBLEM_BODIES: FuzzTarget[] = [
  target(
    'problem bodies: a text is read as by a list of rules',
    2_000,
    fc.property(statuses, types, text, (status, type, body) =>
      compare(read(status, type, body), readSlowly(body)),
    ),
  ),
  target(
    'problem bodies: what the host has parsed is read as by a list of rules',
    1_000,
    fc.property(statuses, types, problem, (status, type, body) => {
      const value: unknown = JSON.parse(JSON.stringify(body) ?? 'null')
      compare(read(status, type, value), readSlowly(value))
    }),
  ),
  target(
    'problem bodies: bytes are read as their text where they are JSON, and else left alone',
    1_000,
    fc.property(
      statuses,
      types,
      fc.oneof(
        text.map((one) => encoder.encode(one)),
        fc.uint8Array(),
      ),
      (status, type, bytes) => {
        const data = bytes.slice().buffer
        const found = read(status, type, data)
        let content: string | undefined
        try {
          content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
        } catch {
          // Bytes of another kind.
        }
        if (!type?.includes('json') || content === undefined) return found.problem === data
        compare(found, readSlowly(content))
        return true
      },
    ),
  ),
]
