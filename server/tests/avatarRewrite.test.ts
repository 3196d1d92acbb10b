import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from './support/backend'
import { makePerson } from './support/people'
import { draw, formWith, pictures } from './support/pictures'

let backend: TestBackend
let token = ''
beforeAll(async () => {
  backend = await openTestBackend()
})
beforeEach(async () => {
  token = (await backend.signIn(makePerson())).accessToken
})
afterAll(() => backend.close())

const upload = (file: Uint8Array) =>
  backend.send('POST', '/auth/avatar', { token, form: formWith({ file: new Uint8Array(file) }) })

/** The picture as it is served to everyone. */
async function stored(file: Uint8Array): Promise<Buffer> {
  const { body } = await upload(file)
  const { avatarUrl } = body.data as { avatarUrl: string }
  return Buffer.from(await (await backend.app.request(avatarUrl)).arrayBuffer())
}

const sizeOf = async (picture: Buffer) => {
  const { format, width, height } = await sharp(picture).metadata()
  return [format, width, height]
}

/** A chunk of a PNG (PNG, section 5.3). */
function pngChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(data.length + 12)
  chunk.writeUInt32BE(data.length)
  chunk.write(type, 4, 'latin1')
  data.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4)
  return chunk
}

/** The end of the first chunk, where others may follow. */
const afterHeader = 33
const pngWith = (chunk: Buffer) => {
  const png = Buffer.from(pictures['image/png'])
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)])
}

describe('a stored picture', () => {
  it.each([
    ['wide', [1200, 800], [512, 341]],
    ['high', [300, 3000], [51, 512]],
    ['small', [40, 30], [40, 30]],
  ] as const)('that was %s fits into a square of 512', async (_, [width, height], fitted) => {
    const picture = await stored(await draw(width, height).jpeg().toBuffer())
    expect(await sizeOf(picture)).toEqual(['webp', ...fitted])
  })

  it('is upright, as the camera said', async () => {
    const turned = draw(80, 40).jpeg().withMetadata({ orientation: 6 })
    expect(await sizeOf(await stored(await turned.toBuffer()))).toEqual(['webp', 40, 80])
  })

  it('has its colours, and is transparent where it was', async () => {
    const background = { r: 200, g: 40, b: 40, alpha: 0.5 }
    const create = { width: 8, height: 8, channels: 4, background } as const
    const picture = await stored(await sharp({ create }).png().toBuffer())
    const [red = 0, , , alpha = 0] = await sharp(picture).raw().toBuffer()
    expect(Math.abs(red - 200)).toBeLessThan(12)
    expect(Math.abs(alpha - 128)).toBeLessThan(12)
  })
})

describe('a stored picture does not have', () => {
  it('the place, the camera and the colour profile of the photo', async () => {
    const exif = {
      IFD0: { Make: 'PhoneMaker', Artist: 'Lin Xiaoyu' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '30/1 15/1 3/1', GPSLongitude: '120/1 9/1 2/1' },
    }
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
    const photo = await draw(64, 64)
      .jpeg()
      .withExif(exif)
      .withXmp(xmp)
      .withIccProfile('p3')
      .toBuffer()
    expect(photo.includes('PhoneMaker')).toBe(true)
    expect(await sharp(photo).metadata()).toMatchObject({
      exif: expect.any(Buffer) as Buffer,
      xmp: expect.any(Buffer) as Buffer,
      icc: expect.any(Buffer) as Buffer,
    })

    const picture = await stored(photo)

    const { exif: place, xmp: notes, icc } = await sharp(picture).metadata()
    expect({ place, notes, icc }).toEqual({ place: undefined, notes: undefined, icc: undefined })
    expect(picture.includes('PhoneMaker')).toBe(false)
  })

  const page = '<!doctype html><script>alert(1)</script>'
  const zip = `PK\u0003\u0004${'hidden'.repeat(20)}`
  it.each<[string, string, () => Promise<Buffer> | Buffer]>([
    ['a page behind a JPEG', page, async () => withTail(await draw(9, 9).jpeg().toBuffer(), page)],
    ['an archive behind a PNG', zip, () => withTail(Buffer.from(pictures['image/png']), zip)],
    ['a page behind a WebP', page, () => withTail(Buffer.from(pictures['image/webp']), page)],
    ['a comment in a PNG', page, () => pngWith(pngChunk('tEXt', Buffer.from(`Comment\0${page}`)))],
    [
      'a comment in a JPEG',
      page,
      async () => {
        const jpeg = await draw(9, 9).jpeg().toBuffer()
        const comment = Buffer.from(`\xff\xfe\0${String.fromCharCode(page.length + 2)}`, 'latin1')
        return Buffer.concat([jpeg.subarray(0, 2), comment, Buffer.from(page), jpeg.subarray(2)])
      },
    ],
  ])('%s', async (_, hidden, make) => {
    const file = await make()
    expect(file.includes(hidden)).toBe(true)
    expect((await stored(file)).includes(hidden)).toBe(false)
  })

  function withTail(picture: Buffer, tail: string): Buffer {
    return Buffer.concat([picture, Buffer.from(tail)])
  }
})

describe('a picture is refused that', () => {
  const side = 30_000
  const header = Buffer.from('0000753000007530' + '0100000000', 'hex')
  /** A black square of one bit a pixel, which unpacks to 900 million of them. */
  function makeBomb(): Buffer {
    const rows = deflateSync(Buffer.alloc(side * (1 + side / 8)), { level: 9 })
    return Buffer.concat([
      Buffer.from(pictures['image/png'].subarray(0, 8)),
      pngChunk('IHDR', header),
      pngChunk('IDAT', rows),
      pngChunk('IEND', Buffer.alloc(0)),
    ])
  }

  const cases: [string, () => Promise<Buffer> | Buffer][] = [
    ['is JPEG and cut off', async () => (await draw(900, 900).jpeg().toBuffer()).subarray(0, 900)],
    ['is PNG and cut off', async () => (await draw(900, 900).png().toBuffer()).subarray(0, 900)],
    [
      'is WebP and cut off',
      async () => {
        const webp = await draw(900, 900).webp({ lossless: true }).toBuffer()
        return webp.subarray(0, webp.length / 2)
      },
    ],
    ['has a header and nothing more', () => Buffer.from(pictures['image/png'].subarray(0, 40))],
    ['is animated', animated],
    ['is GIF', () => draw(9, 9).gif().toBuffer()],
    ['is TIFF', () => draw(9, 9).tiff().toBuffer()],
    ['is AVIF', () => draw(9, 9).avif().toBuffer()],
    ['is SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['says it is a JPEG of 65,000 × 65,000', () => jpegThatSays(65_000, 65_000)],
    ['says it is a JPEG of 4097 × 4096', () => jpegThatSays(4097, 4096)],
  ]
  it.each(cases)('%s', async (_, make) => {
    const rows = await backend.rows()
    const { status, body } = await upload(await make())
    expect([status, body.type]).toEqual([415, '/problems/unsupported-picture'])
    expect(await backend.rows()).toEqual(rows)
  })

  async function jpegThatSays(width: number, height: number): Promise<Buffer> {
    const jpeg = await draw(9, 9).jpeg().toBuffer()
    // The first marker of a frame, whose height and width follow (T.81, section B.2.2).
    const frame = jpeg.indexOf(Buffer.from('ffc0', 'hex'))
    jpeg.writeUInt16BE(height, frame + 5)
    jpeg.writeUInt16BE(width, frame + 7)
    return jpeg
  }

  async function animated(): Promise<Buffer> {
    const frames = [await draw(9, 9, '#f00').png().toBuffer(), await draw(9, 9).png().toBuffer()]
    const webp = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer()
    expect((await sharp(webp).metadata()).pages).toBe(2)
    return webp
  }

  it('unpacks to 30,000 × 30,000 pixels, in less time than its rows alone take', async () => {
    const spent = async (work: () => unknown) => {
      const before = process.cpuUsage()
      await work()
      const { user, system } = process.cpuUsage(before)
      return user + system
    }
    let bomb: Buffer = Buffer.alloc(0)
    const making = await spent(() => void (bomb = makeBomb()))
    expect(bomb.length).toBeLessThan(128 * 1024)
    const refusing = await spent(async () => expect((await upload(bomb)).status).toBe(415))
    expect(refusing).toBeLessThan(making)
  })

  it('takes 4096 × 4096, and leaves the next one its turn after one that is refused', async () => {
    const largest = await draw(4096, 4096).jpeg().toBuffer()
    const answers = await Promise.all([
      upload(largest),
      upload(Buffer.from('no picture')),
      upload(pictures['image/jpeg']),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 415, 200])
  })
})
