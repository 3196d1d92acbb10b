import sharp, { type Sharp } from 'sharp'

const fromBase64 = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))

/** Whole pictures, as small as they come. */
export const pictures = {
  'image/png': fromBase64(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  ),
  'image/jpeg': fromBase64(
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z',
  ),
  'image/webp': fromBase64('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=='),
}

/** A picture of one colour, to go on with. */
export function draw(width: number, height: number, background = '#07c160'): Sharp {
  return sharp({ create: { width, height, channels: 3, background } })
}

/** A form with the files given, in fields of these names. */
export function formWith(
  files: Record<string, string | Uint8Array<ArrayBuffer>>,
  type = 'image/png',
): FormData {
  const form = new FormData()
  for (const [field, bytes] of Object.entries(files)) {
    form.append(field, new Blob([bytes], { type }), 'tmp_0001.png')
  }
  return form
}

/** A picture of so many bytes. */
export function pictureOfSize(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  bytes.set(pictures['image/png'])
  return bytes
}
