import { afterAll } from 'vitest'
import fc from 'fast-check'
import { operations } from '../../../server/src/openapi/operations'
import { openTestBackend, type TestBackend } from '../../../server/tests/support/backend'
import { makePerson } from '../../../server/tests/support/people'
import { mutated, mutatedJSON } from './mutations'
import { target, type FuzzTarget } from './target'

interface Opened {
  backend: TestBackend
  token: string
}

let opened: Promise<Opened> | undefined

async function open(): Promise<Opened> {
  const backend = await openTestBackend({ trustProxy: { is: 'hops', count: 1 } })
  // Again and again, as some requests log out and delete accounts.
  return { backend, token: (await backend.signIn(makePerson())).accessToken }
}

afterAll(async () => {
  // Its script of WeChat's answers was not followed: only the ports are closed.
  await (await opened)?.backend.wechat.close()
})

const WORDS = [
  ' ',
  ',',
  ';',
  '=',
  '"',
  '\\',
  '/',
  '*',
  '%',
  ':',
  'Bearer ',
  'WxLogin ',
  'zh',
  'en;q=0.5',
  'a',
  '1',
  '.',
]
/** What `Headers` takes: no line break, and no letter beyond one byte. */
const line = (valid: string) =>
  mutated(fc.constant(valid), WORDS).map((text) =>
    text.replaceAll(/[^\t -~\u0080-\u00ff]/g, '').trim(),
  )

const headers = fc.record(
  {
    authorization: fc.oneof(line('Bearer TOKEN'), line('WxLogin 0c0de'), line('Basic YTpi')),
    'content-type': fc.oneof(
      fc.constantFrom('application/json', 'text/plain', 'multipart/form-data; boundary=b'),
      line('application/json; charset=utf-8'),
    ),
    'accept-language': line('zh-CN,zh;q=0.9,en;q=0.8'),
    'replaces-token': line('TOKEN'),
    'scan-secret': line('0123456789abcdef'),
    'x-forwarded-for': line('203.0.113.7, 10.0.0.1'),
    'user-agent': line('Mozilla/5.0 (iPhone) MicroMessenger/8.0'),
    range: line('bytes=0-1'),
    'if-none-match': line('"a"'),
    'content-length': line('12'),
  },
  { requiredKeys: [] },
)
const values = fc.oneof(
  fc.constantFrom<unknown>(
    '13800138000',
    '123456',
    'login',
    true,
    null,
    '0c0de',
    '2026-01-02',
    'family',
  ),
  fc.string(),
  fc.jsonValue(),
)
const members = [
  ...[
    'code',
    'phone',
    'smsCode',
    'password',
    'newPassword',
    'purpose',
    'isMine',
    'provider',
    'scan',
    'nickname',
  ],
  ...[
    'avatarUrl',
    'encryptedData',
    'iv',
    'rawData',
    'signature',
    'serviceId',
    'name',
    'address',
    'date',
    'note',
  ],
]
const body = fc.oneof(
  mutatedJSON(fc.dictionary(fc.constantFrom(...members), values)),
  fc.string({ unit: 'binary' }),
)
const query = mutated(
  fc.constantFrom('?known=waiting', '?page=1&size=2', '?signature=a&timestamp=1&nonce=b'),
  [...['&', '=', '%', '%00', '%F0', '+', '[]', 'known', 'page', '-1', '9'.repeat(30), '__proto__']],
).map((text) => (text.startsWith('?') ? text : `?${text}`).replaceAll('#', ''))
const segment = fc.oneof(
  fc.constantFrom(
    '1',
    '%00',
    '..%2f',
    '%F0%9F',
    'a'.repeat(3_000),
    '0'.repeat(22),
    '-1',
    '9'.repeat(30),
  ),
  fc
    .string({ minLength: 1 })
    .map((text) => (/\p{Cs}/u.test(text) ? 'a' : encodeURIComponent(text))),
)
const route = fc.constantFrom(...operations.map((operation) => operation.route))

export const REQUESTS: FuzzTarget[] = [
  target(
    'requests: the backend answers each as documented, and never with a fault of its own',
    80,
    fc.asyncProperty(route, segment, query, headers, body, async (...given) => {
      const [chosen, part, search, head, text] = given
      const { backend, token } = await (opened ??= open())
      const [method = 'GET', template = '/'] = chosen.split(' ')
      const path = template.replaceAll(/:\w+(\{.*?\})?/g, () => part)
      const named = Object.entries(head).map(([name, value]) => [
        name,
        value.replace('TOKEN', token),
      ])
      const hasBody = method !== 'GET' && method !== 'HEAD'
      const response = await backend.app.request(
        `http://localhost${path}${search}`,
        {
          method,
          headers: Object.fromEntries(named) as Record<string, string>,
          ...(hasBody && { body: text }),
        },
        { incoming: { socket: { remoteAddress: '203.0.113.1' } } },
      )
      const answer = await response.text()
      if (response.status === 500)
        throw new Error(`${method} ${path}: ${answer}, ${backend.log.at(-1)}`)
      if (response.status < 400) return true
      const problem = JSON.parse(answer) as { type?: unknown; status?: unknown }
      return String(problem.type).startsWith('/problems/') && problem.status === response.status
    }),
  ),
]
