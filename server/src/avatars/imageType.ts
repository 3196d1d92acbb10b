/** The bytes, in hex, that identify a type, and their offsets. */
const signatures = {
  'image/jpeg': [[0, 'ffd8ff']],
  // The first chunk is always IHDR (PNG, section 5.6).
  'image/png': [
    [0, '89504e470d0a1a0a'],
    [12, '49484452'],
  ],
  // RIFF, four bytes of length, WEBP (RFC 9649, section 2.4).
  'image/webp': [
    [0, '52494646'],
    [8, '57454250'],
  ],
} as const satisfies Record<string, (readonly [at: number, hex: string])[]>

/** What a picture may be, as a media type. */
export type ImageType = keyof typeof signatures

/** The type by the bytes alone, not by a name or a declared type; undefined for any other. */
export function imageTypeOf(bytes: Buffer): ImageType | undefined {
  for (const [type, parts] of Object.entries(signatures)) {
    const isType = parts.every(
      ([at, hex]) => bytes.toString('hex', at, at + hex.length / 2) === hex,
    )
    if (isType) return type as ImageType
  }
  return undefined
}
