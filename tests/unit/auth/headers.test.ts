import { describe, expect, it } from 'vitest'
import { openClient, stateOf } from '../../support/client'

describe('the names of headers go out in lower case', () => {
  it('of a request, with the app’s own', async () => {
    const { host, auth } = openClient({ token: 't' })
    const header = { 'X-Foo': '1', ACCEPT: 'text/csv', 'x-bar': '2' }
    void auth.request({ url: '/a', method: 'POST', data: {}, header })
    expect((await host.take('POST /a')).call.header).toEqual({
      'x-foo': '1',
      accept: 'text/csv',
      'x-bar': '2',
      'content-type': 'application/json',
      authorization: 'Bearer t',
    })
  })

  it('of a first request, which brings its login', async () => {
    const { host, auth } = openClient()
    void auth.request('/a')
    expect((await host.take('GET /a')).call.header).toEqual({ authorization: 'WxLogin code-1' })
  })

  it('of bytes, of an upload and of a download', async () => {
    const { host, auth } = openClient({ token: 't' })
    const header = { 'X-Foo': '1' }
    void auth.request({ url: '/a', method: 'PUT', data: new ArrayBuffer(1), header })
    void auth.upload({ url: '/u', filePath: 'wxfile://1', name: 'file', header })
    void auth.download({ url: '/d', header })
    const type = { 'content-type': 'application/octet-stream' }
    const rest = { 'x-foo': '1', authorization: 'Bearer t' }
    expect((await host.take('PUT /a')).call.header).toEqual({ ...type, ...rest })
    expect((await host.take('UPLOAD /u')).call.header).toEqual(rest)
    expect((await host.take('DOWNLOAD /d')).call.header).toEqual(rest)
  })

  it.each(['Content-Type', 'content-type', 'CONTENT-TYPE'])(
    'of a content type that the app calls %s, which is the only one',
    async (name) => {
      const { host, auth } = openClient({ token: 't' })
      const type = 'application/x-www-form-urlencoded'
      void auth.request({ url: '/a', method: 'POST', data: { a: 1 }, header: { [name]: type } })
      const { call } = await host.take('POST /a')
      expect(call.header).toEqual({ 'content-type': type, authorization: 'Bearer t' })
      expect(call).toMatchObject({ data: { a: 1 } })
    },
  )

  it('of a header that the app gives twice: the later one is sent', async () => {
    const { host, auth } = openClient({ token: 't' })
    void auth.request({ url: '/a', header: { 'X-Foo': '1', 'x-foo': '2', 'X-FOO': '3' } })
    expect((await host.take('GET /a')).call.header).toEqual({
      'x-foo': '3',
      authorization: 'Bearer t',
    })
  })

  it('of a login that replaces a session', async () => {
    const { host, auth } = openClient({ token: 'old' })
    void auth.login()
    expect((await host.take('POST /auth/login')).call.header).toEqual({
      'content-type': 'application/json',
      'replaces-token': 'old',
    })
  })

  it('of what is submitted', async () => {
    const { host, auth } = openClient({ token: 't' })
    void auth.submitPhoneNumber({ errMsg: 'getPhoneNumber:ok', code: 'c' })
    const call = await host.take('POST /auth/phone-number')
    const header = { 'content-type': 'application/json', authorization: 'Bearer t' }
    expect(call.call.header).toEqual(header)
    await call.answer(200, { tokenState: stateOf('t') })
    void auth.submitUserInfo({ avatarUrl: 'wxfile://1' })
    const upload = await host.take('UPLOAD /auth/avatar')
    expect(upload.call.header).toEqual({ authorization: 'Bearer t' })
  })
})

describe('headers that are none', () => {
  it.each<[string, unknown, Record<string, string>]>([
    ['a number', { 'X-Foo': 7 }, { 'x-foo': '7' }],
    ['0', { 'X-Foo': 0 }, { 'x-foo': '0' }],
    ['a boolean', { 'X-Foo': false, 'x-bar': true }, { 'x-foo': 'false', 'x-bar': 'true' }],
    ['undefined and null', { 'X-Foo': undefined, 'x-bar': null, a: '' }, { a: '' }],
    ['undefined after a value', { 'X-Foo': '1', 'x-foo': undefined }, { 'x-foo': '1' }],
    ['an Authorization that is no text', { AUTHORIZATION: {} }, {}],
    ['an Authorization with a line break', { Authorization: 'a\r\nb' }, {}],
    ['null for all', null, {}],
    ['blanks, tabs and Chinese', { 'X-Foo': 'a\tb 搬家' }, { 'x-foo': 'a\tb 搬家' }],
    ['every character of a token', { "!#$%&'*+-.^_`|~09az": 'a' }, { "!#$%&'*+-.^_`|~09az": 'a' }],
  ])('%s', async (_name, header, expected) => {
    const { host, auth } = openClient({ token: 't' })
    void auth.request({ url: '/a', header: header as Record<string, string> })
    const { call } = await host.take('GET /a')
    expect(call.header).toEqual({ ...expected, authorization: 'Bearer t' })
  })

  it('a content type that is no text decides nothing', async () => {
    const { host, auth } = openClient({ token: 't' })
    const header = { 'Content-Type': undefined } as never
    void auth.request({ url: '/a', method: 'POST', data: { a: 1 }, header })
    const { call } = await host.take('POST /a')
    expect(call.header['content-type']).toBe('application/json')
  })

  it.each<[string, unknown]>([
    ['a line break', { 'X-Foo': 'secret\r\nX-Bar: 1' }],
    ['a line feed', { 'X-Foo': 'secret\n' }],
    ['a carriage return', { 'X-Foo': '\rsecret' }],
    ['NUL', { 'X-Foo': 'secret\0' }],
    ['another control character', { 'X-Foo': 'secret\u001b[0m' }],
    ['DEL', { 'X-Foo': 'secret\u007f' }],
    ['an object', { 'X-Foo': { toString: () => 'secret' } }],
    ['a list', { 'X-Foo': ['secret'] }],
    ['a function', { 'X-Foo': () => 'secret' }],
    ['a symbol', { 'X-Foo': Symbol('secret') }],
    ['an empty name', { '': 'secret' }],
    ['a name with a blank', { 'X Foo': 'secret' }],
    ['a name with a colon', { 'X-Foo: secret': 'secret' }],
    ['a name with a line break', { 'X-Foo\r\nX-Secret': 'secret' }],
    ['a name beyond ASCII', { 搬家: 'secret' }],
    ['a text for all', 'secret'],
    ['a list for all', ['secret']],
    ['a promise for all', Promise.resolve({ 'X-Foo': 'secret' })],
    ['Headers for all', new Headers({ 'X-Foo': 'secret' })],
  ])('%s: the call is refused before anything is sent', async (_name, given) => {
    const { host, auth } = openClient({ token: 't' })
    const header = given as Record<string, string>
    const calls = [
      auth.request({ url: '/a', header }),
      auth.upload({ url: '/u', filePath: 'wxfile://1', name: 'file', header }),
      auth.download({ url: '/d', header }),
    ]
    for (const call of calls) {
      const error: unknown = await call.catch((refusal: unknown) => refusal)
      expect(error).toMatchObject({ name: 'AuthError', code: 'protocol' })
      expect(String(error)).toContain('header')
      expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/secret/i)
      expect(error).not.toHaveProperty('cause')
    }
    expect(host.sent).toEqual([])
  })
})
