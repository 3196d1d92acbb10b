import { expect, it } from 'vitest'
import { canonical, decodeExtended, readChallenges } from '../src/challenges'

const read = (text: string) =>
  readChallenges(text).list.map(({ scheme, params }) => [
    scheme,
    Object.fromEntries([...params].map(([name, { value }]) => [name, value])),
  ])

it.each<[string, unknown]>([
  ['', []],
  ['WxLogin', [['wxlogin', {}]]],
  [
    'WxLogin, Bearer realm="a, b"',
    [
      ['wxlogin', {}],
      ['bearer', { realm: 'a, b' }],
    ],
  ],
  [
    'getUserInfo scope="unionid",getPhoneNumber reason="say \\"why\\""',
    [
      ['getuserinfo', { scope: 'unionid' }],
      ['getphonenumber', { reason: 'say "why"' }],
    ],
  ],
  [
    'Bearer realm="a" , error = "invalid_token"',
    [['bearer', { realm: 'a', error: 'invalid_token' }]],
  ],
  [
    'Negotiate YII/a+b==, Basic realm="x"',
    [
      ['negotiate', {}],
      ['basic', { realm: 'x' }],
    ],
  ],
  [
    `getPhoneNumber reason*=UTF-8''%E6%90%AC`,
    [['getphonenumber', { 'reason*': `UTF-8''%E6%90%AC` }]],
  ],
])('reads %j', (text, challenges) => {
  expect(readChallenges(text).fault).toBeUndefined()
  expect(read(text)).toEqual(challenges)
})

it.each([
  'getPhoneNumber reason=So that',
  'getPhoneNumber reason="So that',
  'getPhoneNumber reason="搬家"',
  'getPhoneNumber reason="\xe6\x90\xac"',
  'getUserInfo; getPhoneNumber',
  'getUserInfo scope="a" getPhoneNumber',
  'Bearer realm="a", realm="b"',
  'scope="unionid"',
  '"getUserInfo"',
])('says where %j ends to be a list of challenges', (text) => {
  expect(readChallenges(text).fault).toMatch(/^at character \d+ of /)
})

it('takes the same challenges for the same, however they are spelled', () => {
  const one = canonical(readChallenges('Bearer realm="a", error="b"'))
  expect(canonical(readChallenges('bearer error=b,Realm="a"'))).toBe(one)
  expect(canonical(readChallenges('Bearer realm="a", error="c"'))).not.toBe(one)
})

it.each([
  [`UTF-8''%E6%90%AC`, '搬'],
  [`utf-8'zh'a%20b`, 'a b'],
  [`UTF-8''%E6`, undefined],
  [`ISO-8859-1''a`, undefined],
  ['搬', undefined],
])('decodes %j to %j', (value, text) => {
  expect(decodeExtended(value)).toBe(text)
})
