import { describe, expect, it } from 'vitest'
import { createBench, stateOf } from '../../support/signedIn'

describe('the names of headers go out in lower case', () => {
  it('of a request, with the app’s own', async () => {
    const { host, auth } = createBench({ token: 't' })
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
    const { host, auth } = createBench()
    void auth.request('/a')
    expect((await host.take('GET /a')).call.header).toEqual({ authorization: 'WxLogin code-1' })
  })

  it('of bytes, of an upload and of a download', async () => {
    const { host, auth } = createBench({ token: 't' })
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
      const { host, auth } = createBench({ token: 't' })
      const type = 'application/x-www-form-urlencoded'
      void auth.request({ url: '/a', method: 'POST', data: { a: 1 }, header: { [name]: type } })
      const { call } = await host.take('POST /a')
      expect(call.header).toEqual({ 'content-type': type, authorization: 'Bearer t' })
      expect(call).toMatchObject({ data: { a: 1 } })
    },
  )

  it('of a header that the app gives twice: the later one is sent', async () => {
    const { host, auth } = createBench({ token: 't' })
    void auth.request({ url: '/a', header: { 'X-Foo': '1', 'x-foo': '2', 'X-FOO': '3' } })
    expect((await host.take('GET /a')).call.header).toEqual({
      'x-foo': '3',
      authorization: 'Bearer t',
    })
  })

  it('of a login that replaces a session', async () => {
    const { host, auth } = createBench({ token: 'old' })
    void auth.login()
    expect((await host.take('POST /auth/login')).call.header).toEqual({
      'content-type': 'application/json',
      'replaces-token': 'old',
    })
  })

  it('of what is submitted', async () => {
    const { host, auth } = createBench({ token: 't' })
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
