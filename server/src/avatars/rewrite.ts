import sharp from 'sharp'

/** The longest side of a stored picture, in pixels. */
const maxSide = 512
/**
 * What a picture may unpack to: more than what a phone's camera takes within the size limit. The
 * costliest of this size (an interlaced PNG of 16 bits a channel) needs 190 MB.
 */
const maxPixels = 4096 * 4096
/** How long one may take, in seconds; the costliest takes about one. */
const timeLimit = 20

// Nothing of one upload is of use to the next, and one is done at a time.
sharp.cache(false)
sharp.concurrency(1)
// libvips reads many more formats, among them such as load other files or run programs.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
})

/** What is no picture, or none of those that are taken. */
export class UnsupportedPictureError extends Error {
  override readonly name = 'UnsupportedPictureError'
  constructor(cause?: unknown) {
    super('a picture that is not taken', { cause })
  }
}

let last: Promise<unknown> = Promise.resolve()

/**
 * Decodes a picture and writes its pixels anew, as WebP within a square of 512: place and camera
 * (EXIF), and whatever else a file can hide, are gone. Of several at once, one waits for the other.
 * @throws UnsupportedPictureError for other formats than JPEG, PNG and WebP, broken, animated and
 *   huge ones
 */
export function rewritePicture(bytes: Buffer): Promise<Buffer> {
  const written = last.then(() => rewrite(bytes))
  last = written.catch(() => undefined)
  return written
}

async function rewrite(bytes: Buffer): Promise<Buffer> {
  try {
    // A warning is what phones' own files may have; what is cut off or wrong is refused.
    const picture = sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
    // Reads the header alone, which already refuses too many pixels.
    const { pages = 1 } = await picture.metadata()
    if (pages > 1) throw new UnsupportedPictureError()
    return await picture
      .autoOrient()
      .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
      .webp()
      .timeout({ seconds: timeLimit })
      .toBuffer()
  } catch (error) {
    throw error instanceof UnsupportedPictureError ? error : new UnsupportedPictureError(error)
  }
}
