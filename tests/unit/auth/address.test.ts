import { describe, expect, it } from 'vitest'
import { hints } from '../../../src/auth/errors'
import { createAuth } from '../../../src/createAuth'
import { BASE, createHost } from '../../support/host'
import { outcomeOf } from '../../support/outcome'
import { openClient } from '../../support/client'

const HOSTILE = [
  ['another origin', 'https://evil.example/v1/a'],
  ['a host that begins like it', 'https://api.example.com.evil.example/v1/a'],
  ['a host that ends like it', 'https://evil-api.example.com/v1/a'],
  ['a path that begins like it', 'https://api.example.com/v1evil/a'],
  ['a path beside it', 'https://api.example.com/v2/a'],
  ['the origin without the path', 'https://api.example.com/a'],
  ['the prefix elsewhere', 'https://evil.example/?https://api.example.com/v1/a'],
  ['user info', 'https://api.example.com/v1@evil.example/a'],
  ['user info before the host', 'https://api.example.com@evil.example/v1/a'],
  ['user info at the right host', 'https://me:secret@api.example.com/v1/a'],
  ['another port', 'https://api.example.com:8443/v1/a'],
  ['another scheme', 'http://api.example.com/v1/a'],
  ['web sockets', 'wss://api.example.com/v1/a'],
  ['no scheme', '//evil.example/a'],
  ['no scheme, the right host', '//api.example.com/v1/a'],
  ['javascript:', 'javascript:alert(1)'],
  ['data:', 'data:text/plain,a'],
  ['file:', 'file:///etc/passwd'],
  ['a local file', 'wxfile://tmp_1'],
  ['an upper-case path', 'https://api.example.com/V1/a'],
  ['an upper-case other origin', 'HTTPS://EVIL.EXAMPLE/v1/a'],
  ['a mixed-case javascript:', 'JavaScript:alert(1)'],
  ['dots', '/../admin'],
  ['dots without a slash', '../admin'],
  ['dots in the middle', '/a/../../admin'],
  ['dots at the end', '/a/..'],
  ['one dot', '/./a'],
  ['dots before a query', '/..?a=1'],
  ['dots before a fragment', '/..#a'],
  ['dots in an absolute address', 'https://api.example.com/v1/../admin'],
  ['encoded dots', '/%2e%2e/admin'],
  ['upper-case encoded dots', '/%2E%2E/admin'],
  ['half encoded dots', '/.%2e/admin'],
  ['the other half', '/%2e./admin'],
  ['one encoded dot', '/%2e/a'],
  ['a backslash', '\\\\evil.example\\a'],
  ['a slash and a backslash', '/\\evil.example/a'],
  ['dots and a backslash', '/..\\admin'],
  ['a backslash in an absolute address', 'https:\\\\evil.example/a'],
  ['a backslash after the prefix', 'https://api.example.com/v1\\@evil.example'],
  ['a tab in the dots', '/.\t./admin'],
  ['a line break in the dots', '/.\n./admin'],
  ['a tab in the scheme', 'java\tscript:alert(1)'],
  ['a line break that would begin a header', '/a\r\nX-Evil: 1'],
  ['a leading space', ' https://evil.example/a'],
  ['a leading tab', '\t//evil.example/a'],
  ['a zero byte', '/a\0b'],
  ['a delete character', '/a\u007fb'],
] as const

describe('guarantee 22: credentials go only to addresses under baseURL', () => {
  it.each(HOSTILE)('refuses %s', async (_name, url) => {
    const { host, auth } = openClient({ token: 't' })
    const calls = [
      auth.request(url),
      auth.request({ url, method: 'POST', data: { a: 1 }, interactive: false }),
      auth.upload({ url, filePath: 'wxfile://f', name: 'file' }),
      auth.download({ url }),
    ]
    for (const call of calls) {
      const said = expect.stringContaining(hints.address) as string
      await expect(call).rejects.toMatchObject({ code: 'protocol', message: said })
    }
    expect(host.sent).toHaveLength(0)
  })

  it('refuses before it logs in', async () => {
    const { host, auth } = openClient()
    await expect(auth.request('//evil.example')).rejects.toMatchObject({ code: 'protocol' })
    expect(host.logins).toBe(0)
  })

  it.each([undefined, null, 7, {}, ['/a'], { toString: () => '/a' }])(
    'refuses %j for an address',
    async (url) => {
      const { host, auth } = openClient({ token: 't' })
      const call = auth.request({ url: url as string })
      await expect(call).rejects.toMatchObject({ code: 'protocol' })
      expect(host.sent).toHaveLength(0)
    },
  )

  it.each([
    ['/a', '/a'],
    ['a', '/a'],
    ['slots/am:1', '/slots/am:1'],
    ['', ''],
    ['?page=2', '?page=2'],
    ['/a?next=https://evil.example/..', '/a?next=https://evil.example/..'],
    ['/a#..', '/a#..'],
    ['/..a/b../...', '/..a/b../...'],
    ['/搬家', '/搬家'],
    ['@evil.example', '/@evil.example'],
    [`${BASE}/a`, '/a'],
    [BASE, ''],
    [`${BASE}?a=1`, '?a=1'],
  ])('sends %s', async (url, path) => {
    const { host, auth } = openClient({ token: 't' })
    void auth.request(url)
    const [call] = await host.takeAll('')
    expect(call?.call.url).toBe(`${BASE}${path}`)
    expect(call?.authorization).toBe('Bearer t')
  })

  it('leaves out an Authorization of the app’s own, however it is spelled', async () => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(
      auth.request({ url: '/a', header: { authorization: 'x', AUTHORIZATION: 'y', A: 'b' } }),
    )
    expect((await host.take('GET /a')).call.header).toEqual({ a: 'b', authorization: 'Bearer t' })
    await auth.logout()
    expect(outcome).toMatchObject({ error: { code: 'signed_out' } })
    void auth.request({ url: '/b', header: { authorization: 'Bearer t' } })
    expect((await host.take('GET /b')).call.header).toEqual({})
  })

  it.each([
    'api.example.com/v1',
    '//api.example.com',
    'ftp://api.example.com',
    'https://',
    'https:///v1',
    'https://me@api.example.com',
    'https://api.example.com@evil.example',
    'https://api.example.com/v1?a=1',
    'https://api.example.com/v1#a',
    'https://api.example.com\\v1',
    'https://api .example.com',
    '',
  ])('takes no %j for a baseURL', (baseURL) => {
    expect(() => createAuth({ baseURL, platform: createHost().platform })).toThrow(hints.baseURL)
  })

  it('takes an address without TLS for a baseURL, as that of a development server', async () => {
    const { host, auth } = openClient({ baseURL: 'http://127.0.0.1:3000' })
    void auth.request('/a')
    const [call] = await host.takeAll('')
    expect(call?.call.url).toBe('http://127.0.0.1:3000/a')
  })

  it('takes a trailing slash off', async () => {
    const { host, auth } = openClient({ baseURL: `${BASE}//`, token: 't' })
    void auth.request('/a')
    expect((await host.take('GET /a')).call.url).toBe(`${BASE}/a`)
  })

  it.each(['/', '/api', '/api/'])(
    'keeps to the own origin with the baseURL %s',
    async (baseURL) => {
      const { host, auth } = openClient({ baseURL })
      for (const url of ['//evil.example/a', 'https://evil.example/a', '/\\evil.example']) {
        await expect(auth.request(url)).rejects.toMatchObject({ code: 'protocol' })
      }
      void auth.request('/a')
      const [call] = await host.takeAll('')
      expect(call?.call.url).toBe(`${baseURL.replace(/\/$/, '')}/a`)
    },
  )
})
