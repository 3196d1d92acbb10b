import { decodeQR } from 'qr/decode.js'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { appId, send, useStandIn } from './standIn'

const standIn = useStandIn()
const page = 'pages/scan/scan'
const scene = "aZ09!#$&'()*+,/:;=?@-._~"

async function make(body: object): Promise<Response> {
  const token = await standIn.accessToken()
  return send(`${standIn.url}/wxa/getwxacodeunlimit?access_token=${token}`, body)
}

/** What a camera reads from the picture. */
async function read(response: Response) {
  const picture = sharp(Buffer.from(await response.arrayBuffer())).ensureAlpha()
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const url = new URL(
    decodeQR({ width, height, data: new Uint8Array(data) }, { timeLimit: 60_000 }),
  )
  return { width, height, protocol: url.protocol, ...Object.fromEntries(url.searchParams) }
}

describe('getwxacodeunlimit', () => {
  test('returns a picture that opens the mini-program at the page, with the scene', async () => {
    const answer = await make({ scene, page: 'pages/published', env_version: 'trial' })
    expect(answer.headers.get('content-type')).toBe('image/png')
    const code = { appid: appId, page: 'pages/published', scene, env_version: 'trial' }
    expect(await read(answer)).toEqual({ protocol: 'wxacode:', width: 430, height: 430, ...code })
  })

  test.each([280, 1280])('draws it %i pixels wide', async (width) => {
    const answer = await make({ scene, page, check_path: false, width })
    expect(await read(answer)).toMatchObject({ width, height: width, scene })
  })

  test('lists what it has made, the newest last', async () => {
    await make({ scene: 'one', page, check_path: false })
    await make({ scene: 'two', check_path: false, env_version: 'develop' })
    const listed = await fetch(`${standIn.url}/_control/wxa-codes`)
    expect(await listed.json()).toEqual([
      { scene: 'one', page, envVersion: 'release', at: standIn.now() },
      { scene: 'two', page: '', envVersion: 'develop', at: standIn.now() },
    ])
  })

  test('draws a scene of 32 characters, and answers 40169 to one of 33', async () => {
    const longest = await make({ scene: 'x'.repeat(32), check_path: false })
    expect(await read(longest)).toMatchObject({ scene: 'x'.repeat(32) })
    expect(await (await make({ scene: 'x'.repeat(33) })).json()).toMatchObject({ errcode: 40169 })
  })

  test.each<[number, object]>([
    [40169, {}],
    [40169, { scene: '' }],
    [40169, { scene: 5 }],
    [40129, { scene: '100%' }],
    [40129, { scene: '码' }],
    [40129, { scene: 'a b' }],
    [41030, { scene, page: 'pages/not-published' }],
    [41030, { scene, page: '/pages/published' }],
    [41030, { scene, page: 'pages/published?a=1' }],
    [40097, { scene, page, check_path: false, width: 279 }],
    [40097, { scene, page, check_path: false, width: 1281 }],
    [40097, { scene, page, check_path: false, env_version: 'beta' }],
    [47001, { scene, page: 5 }],
  ])('answers %i to %o', async (errcode, body) => {
    const answer = await make(body)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ errcode })
  })

  test('answers 40001 to an access token nobody issued', async () => {
    const path = '/wxa/getwxacodeunlimit?access_token=invented'
    expect(await standIn.post(path, { scene })).toMatchObject({ errcode: 40001 })
  })

  test('fails where it is arranged to', async () => {
    await standIn.control('faults', { endpoint: 'getwxacodeunlimit', errcode: 45009 })
    expect(await (await make({ scene })).json()).toMatchObject({ errcode: 45009 })
  })
})
