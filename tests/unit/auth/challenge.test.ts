import { describe, expect, it } from 'vitest'
import { parseChallenges, readHeader } from '../../../src/auth/challenge'
import type { Challenge } from '../../../src/auth/challenge'

const one = (scheme: string, params: Record<string, string> = {}, token68?: string): Challenge => ({
  scheme,
  params,
  ...(token68 !== undefined && { token68 }),
})

/** RFC 9110 §11.6.1 and its appendix, RFC 8187, and what servers really send. */
const TABLE: [string, string | string[], Challenge[]][] = [
  ['nothing', '', []],
  ['blanks', ' \t ', []],
  ['a bare scheme', 'getPhoneNumber', [one('getPhoneNumber')]],
  ['a bare scheme between blanks', ' \tBasic\t ', [one('Basic')]],
  ['bare schemes', 'getUserInfo, getPhoneNumber', [one('getUserInfo'), one('getPhoneNumber')]],
  ['bare schemes without a blank', 'a,b,c', [one('a'), one('b'), one('c')]],
  ['the case of a scheme', 'GETphoneNUMBER', [one('GETphoneNUMBER')]],
  ['every character of a token', "!#$%&'*+-.^_`|~09AZaz", [one("!#$%&'*+-.^_`|~09AZaz")]],
  ['a parameter', 'Bearer realm=api', [one('Bearer', { realm: 'api' })]],
  ['a parameter name in capitals', 'Bearer REALM=Api', [one('Bearer', { realm: 'Api' })]],
  ['a quoted parameter', 'Bearer realm="a b"', [one('Bearer', { realm: 'a b' })]],
  ['an empty quoted parameter', 'Bearer realm=""', [one('Bearer', { realm: '' })]],
  [
    'several parameters',
    'Bearer realm="api", error="invalid_token",max=1',
    [one('Bearer', { realm: 'api', error: 'invalid_token', max: '1' })],
  ],
  ['blanks around =', 'Bearer realm \t= \t"api"', [one('Bearer', { realm: 'api' })]],
  ['several blanks after the scheme', 'Bearer   realm=api', [one('Bearer', { realm: 'api' })]],
  ['escapes', String.raw`a x="\"\\\,\n"`, [one('a', { x: '"\\,n' })]],
  ['a comma in quotes', 'a x="1, b y=2", c', [one('a', { x: '1, b y=2' }), one('c')]],
  ['an equals sign in quotes', 'a x="y=1"', [one('a', { x: 'y=1' })]],
  ['Chinese in quotes', 'a reason="搬家"', [one('a', { reason: '搬家' })]],
  ['token68', 'Negotiate YWJj', [one('Negotiate', {}, 'YWJj')]],
  ['token68 with padding', 'Negotiate YWI==', [one('Negotiate', {}, 'YWI==')]],
  ['token68 with its own characters', 'a b/c+d-e._~f=', [one('a', {}, 'b/c+d-e._~f=')]],
  ['token68 and blanks', 'a YWI= , b', [one('a', {}, 'YWI='), one('b')]],
  ['token68 before parameters', 'a YWI=, b x=1', [one('a', {}, 'YWI='), one('b', { x: '1' })]],
  [
    'the example of RFC 9110 §11.6.1',
    'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
    [
      one('Basic', { realm: 'simple' }),
      one('Newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }),
    ],
  ],
  [
    'schemes between parameters',
    'getUserInfo scope=unionid, reason="x", getPhoneNumber, Bearer error="invalid_token"',
    [
      one('getUserInfo', { scope: 'unionid', reason: 'x' }),
      one('getPhoneNumber'),
      one('Bearer', { error: 'invalid_token' }),
    ],
  ],
  ['empty list members', ', ,a,, ,b , x=1,,', [one('a'), one('b', { x: '1' })]],
  ['empty members before a parameter', 'a , ,x=1', [one('a', { x: '1' })]],
  ['a list of values', ['a x=1', 'b'], [one('a', { x: '1' }), one('b')]],
  ['a list with empty values', ['', 'a', ' '], [one('a')]],
  ['values that do not run into each other', ['a', 'x=1', 'b'], [one('a'), one('b')]],
  ['UTF-8 parameters', "a reason*=UTF-8''%E6%90%AC%E5%AE%B6", [one('a', { reason: '搬家' })]],
  ['their charset in any case', "a x*=utf-8'zh-CN'%e6%90%ac", [one('a', { x: '搬' })]],
  ['a UTF-8 parameter in quotes', `a x*="UTF-8''%20b"`, [one('a', { x: ' b' })]],
  ['the extended form first', "a x*=UTF-8''e, x=p", [one('a', { x: 'e' })]],
  ['the extended form last', "a x=p, x*=UTF-8''e", [one('a', { x: 'e' })]],
  ['a broken percent sign', "a x*=UTF-8''%E6%9, y=1", [one('a', { y: '1' })]],
  ['bytes that are not UTF-8', "a x*=UTF-8''%FF%FE", [one('a')]],
  ['an overlong encoding', "a x*=UTF-8''%C0%AF", [one('a')]],
  ['a surrogate in UTF-8', "a x*=UTF-8''%ED%A0%80", [one('a')]],
  ['a broken extended form beside a plain one', "a x=p, x*=UTF-8''%", [one('a', { x: 'p' })]],
  ['another charset', "a x*=ISO-8859-1''%A3", [one('a')]],
  ['no charset', 'a x*=abc', [one('a')]],
  ['a charset that only ends like it', "a x*=xUTF-8''b", [one('a')]],
  ['a line break in the extended form', `a x*="UTF-8''b\nc"`, [one('a')]],
  ['a parameter given twice', 'a x=1, X=2', [one('a', { x: '1' })]],
  ['a parameter without a scheme', 'x=1, a', [one('a')]],
  ['a parameter without a value', 'a x=, y=1', [one('a', { y: '1' }, 'x=')]],
  ['a quote that does not end', 'a x="1, b', [one('a')]],
  ['an escape that does not end', 'a x="1\\', [one('a')]],
  ['rubbish between commas', 'a, (b), "c", =, ;x, d', [one('a'), one('d')]],
  ['a name of Object.prototype', 'a constructor=1', [one('a', { constructor: '1' } as never)]],
]

/** Phones have been seen to join several headers by other characters than RFC 9110's comma. */
const JOINED: [string, string, Challenge[]][] = [
  ['by a semicolon', 'getUserInfo; getPhoneNumber', [one('getUserInfo'), one('getPhoneNumber')]],
  ['by a semicolon without a blank', 'a;b', [one('a'), one('b')]],
  ['by a semicolon between blanks', 'a \t;\t b', [one('a'), one('b')]],
  ['by several semicolons', 'a;;b; ;c', [one('a'), one('b'), one('c')]],
  ['by a semicolon and a comma', 'a;, b', [one('a'), one('b')]],
  [
    'by a line break',
    'getUserInfo reason="a;b"\r\ngetPhoneNumber',
    [one('getUserInfo', { reason: 'a;b' }), one('getPhoneNumber')],
  ],
  ['by a line feed', 'a\nb x=1\nc', [one('a'), one('b', { x: '1' }), one('c')]],
  ['by a carriage return', 'a\rb', [one('a'), one('b')]],
  ['by a semicolon and a line break', 'a x=1;\r\nb', [one('a', { x: '1' }), one('b')]],
  ['by a comma and a line break', 'a,\r\n b', [one('a'), one('b')]],
  ['by line breaks at both ends', '\r\na\r\n', [one('a')]],
  [
    'parameters by a semicolon',
    'getPhoneNumber scope=profile; reason="x"',
    [one('getPhoneNumber', { scope: 'profile', reason: 'x' })],
  ],
  [
    'parameters by a line that is folded',
    'a x="1"\r\n y=2, b',
    [one('a', { x: '1', y: '2' }), one('b')],
  ],
  ['a folded line before the parameters', 'a\r\n x="1"', [one('a', { x: '1' })]],
  ['token68 by a semicolon', 'a YWI=; b', [one('a', {}, 'YWI='), one('b')]],
  ['token68 by a line break', 'a YWI=\r\nb x=1', [one('a', {}, 'YWI='), one('b', { x: '1' })]],
  ['a parameter without a value by a semicolon', 'a x=1; y=; z=2', [one('a', { x: '1', z: '2' })]],
  ['quotes are left alone', 'a x="1;\\;\r\nb";y=";"', [one('a', { x: '1;;\r\nb', y: ';' })]],
  ['rubbish by a line break', '(a)\r\nb', [one('b')]],
  ['rubbish by a line break and a semicolon', '(a)\r\n;b', []],
  ['a semicolon at either end', 'a;', [one('a')]],
  ['an extended parameter', "a x*=UTF-8''%3B; b", [one('a', { x: ';' }), one('b')]],
]

describe('parseChallenges', () => {
  it.each(TABLE)('reads %s', (_name, value, expected) => {
    expect(parseChallenges(value)).toEqual(expected)
  })

  it.each(JOINED)('reads what is joined: %s', (_name, value, expected) => {
    expect(parseChallenges(value)).toEqual(expected)
  })

  it('makes of __proto__ a parameter like any other', () => {
    const [challenge] = parseChallenges('a __proto__=1, toString=2')
    expect(Object.entries(challenge!.params)).toEqual([
      ['__proto__', '1'],
      ['tostring', '2'],
    ])
    expect(Object.getPrototypeOf(challenge!.params)).toBe(Object.prototype)
  })

  it('reads 65,536 characters, of one string or several, and finds nothing in more', () => {
    const longest = `a x=${'y'.repeat(65_532)}`
    expect(parseChallenges(longest)).toEqual([one('a', { x: 'y'.repeat(65_532) })])
    expect(parseChallenges(`${longest}y`)).toEqual([])
    expect(parseChallenges([longest.slice(1), 'b', 'c'])).toEqual([one('b')])
  })

  const ring: unknown[] = ['a']
  ring.push(ring)
  const deep = Array.from({ length: 100_000 }).reduce<unknown>((inner) => [inner], 'a')

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a number', 7],
    ['an object', { 0: 'a', length: 1 }],
    ['a function', () => 'a'],
    ['a symbol', Symbol('a')],
    ['a list of anything', [null, 7, {}, undefined, Symbol('a')]],
    ['a String object', Object('a')],
  ])('finds nothing in %s', (_name, value) => {
    expect(parseChallenges(value as string)).toEqual([])
  })

  it('does not lose itself in a list that holds itself, nor in a deep one', () => {
    expect(parseChallenges(ring as string[])).toEqual([one('a')])
    expect(parseChallenges(deep as string[])).toEqual([])
  })
})

describe('readHeader', () => {
  it.each([
    ['Www-Authenticate', 'iOS'],
    ['WWW-Authenticate', 'Android, DevTools'],
    ['www-authenticate', 'HTTP/2, browsers'],
    ['WWW-AUTHENTICATE', 'anything else'],
    ['wWW-aUTHENTICATE', 'anything else'],
  ])('finds %s (%s)', (name) => {
    const headers = { 'Content-Type': 'x', [name]: 'a' }
    for (const asked of ['WWW-Authenticate', 'www-authenticate', 'Www-Authenticate']) {
      expect(readHeader(headers, asked)).toBe('a')
    }
  })

  it.each<[string, unknown, string | undefined]>([
    ['a list', { 'www-authenticate': ['a', 'b x="1, 2"'] }, 'a, b x="1, 2"'],
    ['an empty list', { 'www-authenticate': [] }, undefined],
    ['an empty value', { 'www-authenticate': '' }, ''],
    ['two spellings at once', { 'Www-Authenticate': 'a', 'www-authenticate': 'b' }, 'a, b'],
    ['a number', { 'www-authenticate': 7 }, undefined],
    ['a list of anything', { 'www-authenticate': [null, 'a', 7] }, 'a'],
    ['no such header', { 'content-type': 'a' }, undefined],
    ['underscores', { www_authenticate: 'a' }, undefined],
    ['a longer name', { 'x-www-authenticate': 'a' }, undefined],
    ['null', null, undefined],
    ['undefined', undefined, undefined],
    ['text', 'www-authenticate: a', undefined],
    ['a prototype’s member', Object.create({ 'www-authenticate': 'a' }), undefined],
    ['no prototype', Object.assign(Object.create(null), { 'www-authenticate': 'a' }), 'a'],
  ])('gives of %s', (_name, headers, expected) => {
    expect(readHeader(headers, 'WWW-Authenticate')).toBe(expected)
  })
})
