import fc from 'fast-check'
import { readAnswer, type Answer } from '../../../src/auth/answer'
import { authError, failureOf } from '../../../src/auth/backend'
import { codeOf, needsProof, refusesCredentials } from '../../../src/auth/refusal'
import { createStream } from '../../../src/auth/stream'
import { linear } from './linear'
import { mutatedJSON, wrongMembers } from './mutations'
import { target, type FuzzTarget } from './target'

const SECRET = 'a-token-of-somebody'

const problem = wrongMembers(
  fc.record(
    {
      type: fc.constantFrom(
        '/problems/confirmation-needed',
        '/problems/number-taken',
        'about:blank',
      ),
      title: fc.string(),
      status: fc.integer({ min: 100, max: 599 }),
      detail: fc.string(),
      challenges: fc.constantFrom('getPhoneNumber proof="sms"', 'Bearer', 'a=b', ''),
      account: wrongMembers(
        fc.record({ phone: fc.string(), nickname: fc.string(), since: fc.nat() }),
      ),
      errors: fc.array(fc.record({ pointer: fc.string(), detail: fc.string() })),
      tokenState: fc.constant({ accessToken: SECRET }),
    },
    { requiredKeys: ['tokenState'] },
  ),
)
const envelope = wrongMembers(
  fc.record(
    { data: fc.jsonValue(), tokenState: fc.constant({ accessToken: SECRET }) },
    { requiredKeys: [] },
  ),
)
const status = fc.oneof(
  fc.constantFrom(200, 201, 204, 400, 401, 403, 404, 409, 422, 429, 500, 503),
  fc.integer({ min: -1, max: 1_000 }),
)
const bytes = fc.uint8Array({ maxLength: 60 }).map((one) => one.slice().buffer)
const body = fc.oneof(
  problem,
  envelope,
  mutatedJSON(problem),
  mutatedJSON(envelope),
  bytes,
  fc.anything(),
)
const headers = fc.oneof(
  fc.dictionary(
    fc.constantFrom(
      'WWW-Authenticate',
      'Token-State',
      'Content-Type',
      'Retry-After',
      'X-Request-Id',
    ),
    fc.oneof(
      fc.constantFrom(
        'Bearer',
        'getUserInfo',
        'application/json',
        '12',
        'Wed, 21 Oct 2026 07:28:00 GMT',
      ),
      fc.string(),
      fc.anything(),
    ),
  ),
  fc.anything(),
)

const NOW = Date.UTC(2026, 0, 1)
const URL = 'https://api.example.com/a'

/** The errors that an answer may become. */
function errorsOf(answer: Answer): Error[] {
  return [failureOf(answer), authError('login_rejected', answer)]
}

export const ANSWERS: FuzzTarget[] = [
  target(
    'answers: each is a success, a challenge or a failure, and its error says no token',
    3_000,
    fc.property(
      status,
      headers,
      body,
      fc.option(mutatedJSON(problem)),
      fc.boolean(),
      (...given) => {
        const [code, header, data, text, isDownload] = given
        const raw = { status: code, headers: header, data, ...(text !== null && { text }) }
        const answer = readAnswer(raw, NOW, undefined, 'request', URL, isDownload)
        const { means, retryAfter, challenges } = answer
        const isRight =
          (means === 'success') === (code >= 200 && code < 300) &&
          (code !== 401 || means === 'unauthorized') &&
          (retryAfter === undefined || (Number.isFinite(retryAfter) && retryAfter >= 0)) &&
          challenges.every(({ scheme }) => typeof scheme === 'string')
        needsProof(answer)
        refusesCredentials(answer)
        codeOf(answer, 'press_again')
        return (
          isRight &&
          errorsOf(answer).every(
            (error) => !JSON.stringify([error, error.message]).includes(SECRET),
          )
        )
      },
    ),
  ),
  target(
    'answers: pieces of a stream are the whole of it, however it is cut, and nothing else',
    1_000,
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 9 })),
      status,
      fc.nat(9),
      (pieces, code, head) => {
        const heard: number[] = []
        const stream = createStream((chunk) => void heard.push(...new Uint8Array(chunk)))
        const headers = { 'content-type': 'text/event-stream' }
        pieces.forEach((piece, index) => {
          if (index === head) stream.onHead({ status: code, headers })
          stream.onChunk(piece.slice().buffer)
        })
        stream.end({ status: code, headers, data: undefined })
        const whole = pieces.flatMap((piece) => [...piece])
        const isSuccess = code >= 200 && code < 300
        return JSON.stringify(heard) === JSON.stringify(isSuccess ? whole : [])
      },
    ),
  ),
  linear(
    'answers: a body of JSON is read',
    (text) => readAnswer({ status: 401, headers: {}, data: text }, NOW, undefined, 'request', URL),
    ['{', '[', '"challenges":"', 'a=b,', '"', '}', ' ', '\\"', ',', ':'],
  ),
  linear(
    'answers: headers are read',
    (text) =>
      readAnswer(
        { status: 200, headers: { 'Retry-After': text, 'Content-Type': text }, data: '' },
        NOW,
        undefined,
        'request',
        URL,
      ),
    ['1', ' ', 'Wed, ', '21 Oct 2026 ', ':', ';', '/', 'json', '+', '(', ')'],
  ),
]
