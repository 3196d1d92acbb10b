import { describe, expect, it } from 'vitest'
import { readAnswer } from '../../../src/auth/answer'
import type { DialectAnswer, Reading } from '../../../src/auth/dialect'
import { hints, HttpError } from '../../../src/auth/errors'
import { outcomeOf } from '../../support/outcome'
import { isSpokenInCodes, openClient, stateOf } from '../../support/client'

async function answered(status: number, data: unknown, headers: Record<string, unknown> = {}) {
  const { host, auth } = openClient({ token: 't' })
  const outcome = outcomeOf(auth.request('/a'))
  await (await host.take('GET /a')).answer(status, data, headers)
  return { outcome, auth }
}

const state = stateOf('n')
const bytes = new ArrayBuffer(4)

describe.skipIf(isSpokenInCodes)('the envelope', () => {
  it.each<[unknown, unknown]>([
    [{ data: { a: 1 } }, { a: 1 }],
    [{ data: { a: 1 }, tokenState: state }, { a: 1 }],
    [{ tokenState: state }, undefined],
    [{ data: null }, null],
    [{ data: 0 }, 0],
    [{ data: { data: 1 } }, { data: 1 }],
    [{ data: '{"a":1}' }, '{"a":1}'],
    [
      { data: 1, code: 0 },
      { data: 1, code: 0 },
    ],
    [
      { data: 1, tokenState: state, extra: 1 },
      { data: 1, tokenState: state, extra: 1 },
    ],
    [
      { code: 0, message: 'ok' },
      { code: 0, message: 'ok' },
    ],
    [{}, {}],
    [
      [1, 2],
      [1, 2],
    ],
    [[{ data: 1 }], [{ data: 1 }]],
    ['text', 'text'],
    ['', ''],
    [0, 0],
    [false, false],
    [null, null],
    [bytes, bytes],
  ])('resolves %j with %j', async (body, data) => {
    const { outcome } = await answered(200, body)
    expect(outcome).toEqual({ is: 'resolved', value: data })
  })

  it('takes a session from the envelope only, not from a body that merely looks like it', async () => {
    const other = await answered(200, { data: 1, tokenState: state, extra: 1 })
    expect(other.auth.tokenState?.accessToken).toBe('t')
    const envelope = await answered(201, { data: 1, tokenState: state })
    expect(envelope.auth.tokenState?.accessToken).toBe('n')
  })

  it.each(['', undefined, null, { data: 1 }, 'text'])(
    'resolves 204 with undefined: %j',
    async (body) => {
      const { outcome } = await answered(204, body)
      expect(outcome.is).toBe('resolved')
      expect(outcome.value).toBeUndefined()
    },
  )

  it('parses an upload’s text, and leaves what is no JSON alone', async () => {
    for (const [text, value] of [
      [' {"data":{"id":1}}', { id: 1 }],
      ['[1]', [1]],
      ['{broken', '{broken'],
      ['stored', 'stored'],
      ['', ''],
    ]) {
      const { host, auth } = openClient({ token: 't' })
      const outcome = outcomeOf(auth.upload({ url: '/u', filePath: 'wxfile://1', name: 'f' }))
      await (await host.take('UPLOAD')).answer(200, text)
      expect(outcome.value).toEqual(value)
    }
  })

  it('resolves a download with its paths', async () => {
    const { host, auth } = openClient({ token: 't' })
    const outcome = outcomeOf(auth.download({ url: '/d' }))
    await (await host.take('DOWNLOAD')).answer(200, { tempFilePath: 'wxfile://tmp' })
    expect(outcome.value).toEqual({ tempFilePath: 'wxfile://tmp' })
  })
})

describe.skipIf(isSpokenInCodes)('an answer that says it is JSON', () => {
  const json = { 'Content-Type': 'application/json; charset=utf-8' }

  it.each(['{"data":[{"id":1},{"i', '[{"id":1},', '{'])(
    'and is cut off is no success: %s',
    async (text) => {
      const { outcome } = await answered(200, text, json)
      expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'protocol' } })
      expect(String(outcome.error)).toContain(hints.answer)
      expect(String(outcome.error)).not.toContain(text)
    },
  )

  it.each<[string, number, string]>([
    ['with any status of success', 299, 'application/json'],
    ['with blanks around its type', 200, ' application/json ;charset=utf-8'],
    ['with a type of its own', 200, 'application/vnd.api+json'],
  ])('%s and is cut off is none either', async (_, status, type) => {
    const { outcome } = await answered(status, '{"data":[1', { 'content-type': type })
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'protocol' } })
  })

  it.each<[string, unknown, Record<string, unknown>]>([
    ['is a text', 'text', json],
    ['is a text with brackets in it', 'see [1]', json],
    ['is only a part of it', '{"a":1}--', { 'content-type': 'multipart/x; type=application/json' }],
    ['is empty', '', json],
    ['is an upload’s text', '["a"]', json],
    ['consists of several', '{"a":1}\n{"a":2}', { 'content-type': 'application/x-ndjson' }],
  ])('and %s is one', async (_, data, headers) => {
    const { outcome } = await answered(200, data, headers)
    expect(outcome.is).toBe('resolved')
  })

  it('and is cut off renews the session by its header', async () => {
    const renewed = { ...state, version: 9 }
    const header = Buffer.from(JSON.stringify(renewed)).toString('base64url')
    const { outcome, auth } = await answered(200, '{"data":[1,', { ...json, 'Token-State': header })
    expect(outcome).toMatchObject({ is: 'rejected', error: { code: 'protocol' } })
    expect(auth.tokenState).toEqual(renewed)
  })

  it('and begins with a byte order mark is read without', async () => {
    const { outcome } = await answered(200, '\ufeff{"data":{"a":1}}', json)
    expect(outcome.value).toEqual({ a: 1 })
  })

  it.each([199, 503])('and is a failure, %i, has what is left of its body', async (status) => {
    const problem = '{"title":"no'
    const { outcome } = await answered(status, problem, json)
    expect(outcome).toMatchObject({ is: 'rejected', error: { status, problem } })
  })
})

describe('bytes', () => {
  const json = { 'Content-Type': 'application/json;charset=UTF-8' }
  const bytesOf = (text: string) => new TextEncoder().encode(text).buffer
  const read = ({ data }: DialectAnswer): Reading => {
    const { code, msg } = Object(data) as { code?: number; msg?: string }
    return code === 0
      ? { kind: 'success' }
      : { kind: 'failure', code: code ?? 'none', message: msg ?? '' }
  }

  /** A refusal of so many bytes. */
  const refusalOf = (size: number) => bytesOf('{"code":7}'.padEnd(size))

  it.each([bytesOf('{"code":7,"msg":"名额已满🈵"}'), bytesOf(' {"code":7,"msg":"名额已满🈵"}')])(
    'that are JSON are read as such: a refusal is none of what was asked for',
    (data) => {
      const answer = readAnswer({ status: 200, headers: json, data }, 0, read, 'request', '/a')
      expect(answer).toMatchObject({ means: 'failure', code: 7, message: '名额已满🈵' })
    },
  )

  it('that are JSON are read up to 64 KiB: what refuses a file is shorter', () => {
    const meaningOf = (data: ArrayBuffer) =>
      readAnswer({ status: 200, headers: json, data }, 0, read, 'request', '/a').means
    expect(meaningOf(refusalOf(65_536))).toBe('failure')
    expect(meaningOf(refusalOf(65_537))).toBe('success')
  })

  it.each([199, 300])(
    'of an answer %i, which is no file, are for the dialect to read',
    (status) => {
      const raw = { status, headers: {}, data: bytesOf('no') }
      expect(readAnswer(raw, 0, read, 'request', '/a')).toMatchObject({ code: 'none' })
    },
  )

  it.each<[string, ArrayBuffer, object]>([
    ['of JSON', bytesOf('{"code":0,"data":1}'), json],
    ['of another kind', bytesOf('{"code":7}'), { 'content-type': 'application/pdf' }],
    ['of no kind', bytesOf('{"code":7}'), {}],
    ['of no UTF-8', Uint8Array.of(0x7b, 0xff).buffer, json],
    ['of much JSON', bytesOf(`{"code":7,"msg":"${'x'.repeat(70_000)}"}`), json],
  ])('%s are what the request resolves with', (_name, data, headers) => {
    const answer = readAnswer({ status: 200, headers, data }, 0, read, 'request', '/a')
    expect(answer).toMatchObject({ means: 'success' })
    expect(answer.data).toBe(data)
  })

  it('of half JSON are no success in the words of the dialect', () => {
    const data = bytesOf('{"code":')
    const answer = readAnswer({ status: 200, headers: json, data }, 0, read, 'request', '/a')
    expect(answer).toMatchObject({ means: 'failure', code: 'none' })
  })

  it('of a failure are its problem as they are, if they are not JSON', () => {
    const data = bytesOf('no')
    const answer = readAnswer({ status: 500, headers: {}, data }, 0, undefined, 'request', '/a')
    expect(answer).toMatchObject({ means: 'failure' })
    expect(answer.data).toBe(data)
  })

  it.each<[string, string | undefined, object]>([
    ['a file', undefined, { means: 'success', data: { tempFilePath: '/tmp' } }],
    ['a file of JSON', '{"code":0}', { means: 'success', data: { tempFilePath: '/tmp' } }],
    ['a refusal', '{"code":7,"msg":"no"}', { means: 'failure', code: 7, message: 'no' }],
  ])('of a download are %s', (_name, text, expected) => {
    const raw = { status: 200, headers: {}, data: { tempFilePath: '/tmp' }, text }
    expect(readAnswer(raw, 0, read, 'request', '/a', true)).toMatchObject(expected)
  })

  it('of a problem are its problem', () => {
    const headers = { 'content-type': 'application/problem+json' }
    const data = bytesOf('{"title":"no"}')
    const answer = readAnswer({ status: 422, headers, data }, 0, undefined, 'request', '/a')
    expect(answer).toMatchObject({ means: 'failure', data: { title: 'no' } })
  })
})

describe('HttpError', () => {
  it.each([199, 300, 304, 400, 402, 403, 404, 409, 418, 422, 429, 500, 503, 599])(
    'is what a request answered %i rejects with',
    async (status) => {
      const problem = { type: 'about:blank', title: 'no', detail: '阿宁' }
      const { outcome } = await answered(status, { ...problem, tokenState: state })
      const error = outcome.error as HttpError
      expect(error).toBeInstanceOf(HttpError)
      expect(error.status).toBe(status)
      expect(error.problem).toEqual(problem)
      expect(Object.keys(error)).not.toContain('problem')
      expect(JSON.stringify(error)).not.toContain('阿宁')
    },
  )

  it('takes the session that a problem brings', async () => {
    const { auth } = await answered(422, { title: 'no', tokenState: state })
    expect(auth.tokenState?.accessToken).toBe('n')
  })

  it.each(['<html>', '', [1], null, 7])('has the body %j as its problem', async (body) => {
    const { outcome } = await answered(500, body)
    expect((outcome.error as HttpError).problem ?? null).toEqual(body)
  })

  it.each<[unknown, number | undefined]>([
    ['120', 120],
    ['0', 0],
    [['7'], 7],
    ['Thu, 01 Jan 2026 00:01:30 GMT', 90],
    ['Thu, 01 Jan 2026 00:01:30 +0000', 90],
    ['2026-01-01T00:01:30Z', 90],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
    [7, undefined],
  ])('reads Retry-After: %j as %j seconds', async (value, seconds) => {
    const { outcome } = await answered(503, {}, { 'retry-after': value })
    expect((outcome.error as HttpError).retryAfter).toBe(seconds)
  })

  it('has the request’s id, however the header is spelled', async () => {
    for (const name of ['X-Request-Id', 'x-request-id', 'X-REQUEST-ID']) {
      const { outcome } = await answered(500, {}, { [name]: 'r-1' })
      expect(outcome.error).toMatchObject({ requestId: 'r-1' })
    }
  })
})

describe('the headers of an answer', () => {
  it('are gone through once', () => {
    const headers = { 'Www-Authenticate': 'WxLogin', 'x-request-id': 'r', 'Retry-After': '7' }
    let times = 0
    const watched = new Proxy(headers, {
      ownKeys(target) {
        times++
        return Reflect.ownKeys(target)
      },
    })
    const answer = readAnswer(
      { status: 401, headers: watched, data: {} },
      0,
      undefined,
      'request',
      '/a',
    )
    expect(answer).toMatchObject({
      requestId: 'r',
      retryAfter: 7,
      challenges: [{ scheme: 'WxLogin' }],
    })
    expect(times).toBe(1)
  })

  it.each<[string, unknown, object]>([
    ['any case', { 'X-REQUEST-id': 'r', 'rEtRy-aFtEr': '7' }, { requestId: 'r', retryAfter: 7 }],
    [
      'lists',
      { 'x-request-id': ['r', 's'], 'retry-after': ['7'] },
      { requestId: 'r, s', retryAfter: 7 },
    ],
    ['lists of anything', { 'x-request-id': [null, 'r', 7, ['s']] }, { requestId: 'r' }],
    ['two spellings', { 'X-Request-Id': 'r', 'x-request-id': ['s'] }, { requestId: 'r, s' }],
    ['an empty value', { 'x-request-id': '' }, { requestId: '' }],
    ['no texts', { 'x-request-id': 7, 'retry-after': [], 'token-state': {} }, {}],
    ['a prototype’s members', Object.create({ 'x-request-id': 'r' }), {}],
    ['no headers', undefined, {}],
    ['null', null, {}],
    ['a text', 'x-request-id: r', {}],
  ])('are read of %s', (_name, headers, expected) => {
    const answer = readAnswer({ status: 200, headers, data: 1 }, 0, undefined, 'request', '/a')
    const { requestId, retryAfter, tokenState } = answer
    expect({ requestId, retryAfter, tokenState }).toEqual(expected)
  })

  it('give challenges together, in several spellings and lists', () => {
    const headers = { 'WWW-Authenticate': ['a', 'b x=1'], 'www-authenticate': 'c' }
    const { challenges } = readAnswer(
      { status: 401, headers, data: {} },
      0,
      undefined,
      'request',
      '/a',
    )
    expect(challenges.map(({ scheme }) => scheme)).toEqual(['a', 'b', 'c'])
  })
})

describe('a 401', () => {
  it.each([
    ['Www-Authenticate', 'getPhoneNumber'],
    ['WWW-Authenticate', 'getPhoneNumber'],
    ['www-authenticate', 'GETPHONENUMBER'],
    ['wWw-AuTheNtIcAtE', 'getphonenumber'],
    ['WWW-Authenticate', ['Bearer', 'getPhoneNumber']],
    ['www-authenticate', 'Bearer realm="a, b", getPhoneNumber'],
  ])('is read whatever the phone’s spelling: %s: %j', async (name, value) => {
    const { auth } = await answered(401, {}, { [name]: value })
    expect(auth.prompt).toEqual({ kind: 'getPhoneNumber', status: 'open' })
  })

  it('repeats its challenges in the problem where headers do not arrive', async () => {
    for (const headers of [undefined, null, {}, 'text', { 'content-type': 'x' }]) {
      const body = { status: 401, challenges: 'getPhoneNumber reason="why"' }
      const { auth } = await answered(401, body, headers as Record<string, unknown>)
      expect(auth.prompt).toEqual({ kind: 'getPhoneNumber', reason: 'why', status: 'open' })
    }
  })

  it('prefers the header', async () => {
    const body = { challenges: 'getUserInfo' }
    const { auth } = await answered(401, body, { 'www-authenticate': 'getPhoneNumber' })
    expect(auth.prompt?.kind).toBe('getPhoneNumber')
  })

  it.each([7, {}, { scheme: 'getPhoneNumber' }, null])(
    'ignores %j for challenges',
    async (challenges) => {
      const { auth, outcome } = await answered(401, { challenges })
      expect(auth.prompt).toBe(null)
      expect(outcome.is).toBe('pending')
    },
  )

  it.each([200, 400, 403, 404, 409])(
    'is needed: %i with a challenge asks nothing',
    async (status) => {
      const { auth } = await answered(status, {}, { 'www-authenticate': 'getPhoneNumber' })
      expect(auth.prompt).toBe(null)
    },
  )

  it.each([400, 404, 500])('is needed, or 403: %i asks for no newer login', async (status) => {
    const asks = { 'www-authenticate': 'Bearer error="insufficient_user_authentication"' }
    const { outcome } = await answered(status, {}, asks)
    expect(outcome).toMatchObject({ error: { name: 'HttpError', status } })
  })

  it('with unknown schemes only fails with a typed error: no login, no prompt', async () => {
    const { auth, outcome } = await answered(401, {}, { 'www-authenticate': 'Digest a=b, Basic' })
    expect(outcome).toMatchObject({
      error: { code: 'unknown_challenge', status: 401, challenge: { scheme: 'Digest' } },
    })
    expect(auth.prompt).toBe(null)
  })
})
