import { deflateSync } from 'node:zlib'

/** The temporary files of one mini-program: avatars it was given, downloads it made. */
export interface TemporaryFiles {
  /** Keeps the bytes and returns the path under which the app knows them. */
  add(bytes: Uint8Array, ending: string): string
  /** Keeps the bytes under a path that the page has chosen. */
  put(path: string, bytes: Uint8Array): void
  remove(path: string): void
  /** The bytes behind a path, or undefined. */
  get(path: string): Uint8Array | undefined
}

/** Paths look as WeChat's do on phones: `wxfile://tmp_…`. */
export function createTemporaryFiles(): TemporaryFiles {
  const files = new Map<string, Uint8Array>()
  let added = 0
  return {
    add(bytes, ending) {
      const path = `wxfile://tmp_${(added += 1)}${ending}`
      files.set(path, bytes)
      return path
    },
    put: (path, bytes) => void files.set(path, bytes),
    remove: (path) => void files.delete(path),
    get: (path) => files.get(path),
  }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

const crc32 = (bytes: Uint8Array) => {
  let crc = 0xffffffff
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

const chunk = (type: string, data: Uint8Array) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** A plain square PNG, in place of the picture a person chooses as avatar. */
export function avatarPicture([red, green, blue]: readonly [number, number, number]): Uint8Array {
  const size = 96
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 2], 8)
  const row = Buffer.concat([
    Buffer.from([0]),
    Buffer.alloc(size * 3, Buffer.from([red, green, blue])),
  ])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(Array<Buffer>(size).fill(row)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
