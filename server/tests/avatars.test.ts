import { EventEmitter, once } from 'node:events'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestBackend, readAnswer, stateOf, type TestBackend } from './support/backend'
import { makePerson } from './support/people'
import { formWith, pictureOfSize, pictures } from './support/pictures'

let backend: TestBackend
let token = ''
beforeAll(async () => {
  backend = await openTestBackend()
})
beforeEach(async () => {
  token = (await backend.signIn(makePerson())).accessToken
})
afterAll(() => backend.close())

const mebibyte = 1024 * 1024
const png = pictures['image/png']

const upload = (form: FormData) => backend.send('POST', '/auth/avatar', { token, form })

async function sendRaw(body: string | Uint8Array<ArrayBuffer> | undefined, type: string) {
  const headers = { Authorization: `Bearer ${token}`, ...(type && { 'Content-Type': type }) }
  const init = { method: 'POST', headers, ...(body !== undefined && { body }) }
  return readAnswer(await backend.app.request('/auth/avatar', init))
}

/** A form as it is sent. */
async function encoded(form: FormData) {
  const sent = new Response(form)
  const type = sent.headers.get('Content-Type') ?? ''
  return { type, bytes: Buffer.from(await sent.arrayBuffer()) }
}

const addressOf = (answer: { body: { data?: unknown } }) =>
  (answer.body.data as { avatarUrl: string }).avatarUrl

describe('POST /auth/avatar', () => {
  it.each(Object.entries(pictures))('takes a picture of %s, by its bytes', async (_, bytes) => {
    const answer = await upload(formWith({ anyName: bytes }, 'application/octet-stream'))
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      data: {
        avatarUrl: expect.stringMatching(/^http:\/\/localhost\/avatars\/[\w-]{43}$/) as string,
      },
      tokenState: expect.objectContaining({ accessToken: token, version: 1 }) as object,
    })

    const served = await backend.app.request(addressOf(answer))
    expect(served.status).toBe(200)
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-disposition': 'inline; filename="avatar.webp"',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
    })
    const stored = await sharp(await served.arrayBuffer()).metadata()
    expect(stored).toMatchObject({ format: 'webp', width: 1, height: 1 })
  })

  it('issues the address of the backend, whatever address the request names', async () => {
    const answer = await backend.app.request('http://elsewhere.example/auth/avatar', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: formWith({ file: png }),
    })
    expect(addressOf(await readAnswer(answer))).toMatch(/^http:\/\/localhost\/avatars\//)
  })

  it('takes 2 MiB, and other fields beside the file', async () => {
    const form = formWith({ file: pictureOfSize(2 * mebibyte) })
    for (let field = 0; field < 64; field++) form.append(`field ${field}`, 'profile')
    expect((await upload(form)).status).toBe(200)
  })

  it.each(['Multipart/Form-Data', 'multipart/form-data '])('takes a form as %s', async (name) => {
    const { type, bytes } = await encoded(formWith({ file: png }))
    const answer = await sendRaw(bytes, type.replace('multipart/form-data', name))
    expect(answer.status).toBe(200)
  })

  it('needs a session', async () => {
    const before = await backend.rows()
    const refused = await backend.send('POST', '/auth/avatar', { form: formWith({ file: png }) })
    expect(refused.status).toBe(401)
    expect(refused.body.challenges).toContain('WxLogin')
    expect(await backend.rows()).toEqual(before)
  })

  it('sends a replaced session the address and no token state', async () => {
    const person = makePerson()
    const { accessToken: old } = await backend.signIn(person)
    await backend.signIn(person, { 'Replaces-Token': old })
    const form = formWith({ file: png })
    const { body } = await backend.send('POST', '/auth/avatar', { token: old, form })
    expect(Object.keys(body)).toEqual(['data'])
  })
})

describe('an upload is refused, and nothing is kept', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
  const html = '<!doctype html><script>alert(1)</script>'
  const kinds = {
    400: 'malformed-body',
    413: 'body-too-large',
    415: 'unsupported-picture',
    422: 'invalid-body',
  }
  const cut = async (bytes: number) => {
    const { type, bytes: whole } = await encoded(formWith({ file: png }))
    return sendRaw(whole.subarray(0, whole.length - bytes), type)
  }
  const cases: [string, keyof typeof kinds, () => ReturnType<typeof sendRaw>][] = [
    ['SVG that says it is PNG', 415, () => upload(formWith({ file: svg }))],
    ['HTML that says it is PNG', 415, () => upload(formWith({ file: html }))],
    ['a page with a picture behind it', 415, () => upload(formWith({ file: html + 'ÿØÿ' }))],
    ['GIF', 415, () => upload(formWith({ file: 'GIF89a\u0001\u0000' }))],
    [
      'RIFF that is no WebP',
      415,
      () => upload(formWith({ file: 'RIFF\u0001\u0000\u0000\u0000WAVE' })),
    ],
    ['the first bytes of a PNG alone', 415, () => upload(formWith({ file: png.slice(0, 8) }))],
    ['an empty file', 415, () => upload(formWith({ file: '' }))],
    ['2 MiB and a byte', 413, () => upload(formWith({ file: pictureOfSize(2 * mebibyte + 1) }))],
    ['5 MiB', 413, () => upload(formWith({ file: pictureOfSize(5 * mebibyte) }))],
    ['two files', 422, () => upload(formWith({ file: png, other: png }))],
    ['a form without a file', 422, () => upload(formWith({}))],
    [
      'text instead of a file',
      422,
      () => {
        const form = new FormData()
        form.append('file', 'text')
        return upload(form)
      },
    ],
    ['an empty body', 400, () => sendRaw('', 'multipart/form-data; boundary=b')],
    ['no body', 400, () => sendRaw(undefined, 'multipart/form-data; boundary=b')],
    ['a body that is no form', 400, () => sendRaw(png, 'multipart/form-data; boundary=b')],
    ['a form that ends before its last boundary does', 400, () => cut(6)],
    ['a form that ends in its file', 400, () => cut(60)],
    [
      'a form without its boundary',
      400,
      async () =>
        sendRaw(
          (await encoded(formWith({ file: png }))).bytes,
          'multipart/form-data; charset=utf-8',
        ),
    ],
  ]

  it.each(cases)('%s: %i', async (_, status, send) => {
    const rows = await backend.rows()
    const refused = await send()
    expect(refused.status).toBe(status)
    expect(refused.headers.get('Content-Type')).toBe('application/problem+json')
    expect(refused.body).toMatchObject({ type: `/problems/${kinds[status]}` })
    if (status === 422) {
      expect(refused.body.errors).toEqual([{ pointer: '#', detail: 'expected one file' }])
    }
    expect(await backend.rows()).toEqual(rows)
  })

  it.each([
    ['a picture alone', 'image/png'],
    ['JSON', 'application/json'],
    ['a form of the other kind', 'application/x-www-form-urlencoded'],
    ['what only ends like a form', 'x-multipart/form-data; boundary=b'],
    ['what only begins like a form', 'multipart/form-data-x; boundary=b'],
    ['nothing', ''],
  ])('a body that says it is %s: 415', async (_, type) => {
    const refused = await sendRaw(png, type)
    expect(refused.status).toBe(415)
    expect(refused.body.type).toBe('/problems/unsupported-media-type')
    expect(stateOf(refused).accessToken).toBe(token)
  })

  it('a body without an end, of which little is read, and not all dropped: 413', async () => {
    const events = new EventEmitter()
    const cancelled = once(events, 'cancel')
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        sent += mebibyte
        controller.enqueue(new Uint8Array(mebibyte))
      },
      cancel: () => void events.emit('cancel'),
    })
    const headers = {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'multipart/form-data; boundary=b',
    }
    const init = { method: 'POST', headers, body, duplex: 'half' as const }
    const refused = await backend.app.request(new Request('http://localhost/auth/avatar', init))
    expect(refused.status).toBe(413)
    await cancelled
    expect(sent).toBeLessThan(20 * mebibyte)
  })
})

describe('GET /avatars/<name>', () => {
  it.each([
    '/avatars/',
    '/avatars/unknown',
    `/avatars/${'A'.repeat(43)}`,
    '/avatars/../../etc/passwd',
    '/avatars/..%2F..%2Fetc%2Fpasswd',
    '/avatars/%2e%2e%2fpostgres%2fPG_VERSION',
    '/avatars/..%5c..%5cpostgres',
    `/avatars/..%2Favatars%2F${'A'.repeat(43)}`,
    '/avatars/%00',
    '/avatars/%',
    '/avatars/.',
  ])('finds nothing at %s', async (path) => {
    const answer = await backend.send('GET', path)
    expect(answer.status).toBe(404)
    expect(answer.body.type).toBe('/problems/not-found')
  })

  it('answers HEAD, and 405 to other methods', async () => {
    const address = addressOf(await upload(formWith({ file: png })))
    const head = await backend.app.request(address, { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(head.headers.get('Content-Type')).toBe('image/webp')
    const refused = await backend.app.request(address, { method: 'DELETE' })
    expect(refused.status).toBe(405)
    expect(refused.headers.get('Allow')).toBe('GET, HEAD')
  })
})
