import { deflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const black = 0
const white = 1

/**
 * A black and white picture as PNG (W3C: Portable Network Graphics). A row is true where it is black;
 * all have the same length.
 */
export function encodePng(rows: readonly (readonly boolean[])[]): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(rows[0]?.length ?? 0, 0)
  header.writeUInt32BE(rows.length, 4)
  // One bit a pixel, in grey; the rest is the only method there is of each kind.
  header.writeUInt8(1, 8)
  const data = deflateSync(Buffer.concat(rows.map(packRow)))
  const end = Buffer.alloc(0)
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', end)])
}

/** A first byte of 0 says that the row is not filtered; what is left over of its last is of no use. */
function packRow(row: readonly boolean[]): Buffer {
  const packed = Buffer.alloc(1 + Math.ceil(row.length / 8))
  row.forEach((isBlack, x) => {
    const at = 1 + (x >> 3)
    packed[at] = packed[at]! | ((isBlack ? black : white) << (7 - (x & 7)))
  })
  return packed
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(checksum(content), 4)
  return Buffer.concat([around.subarray(0, 4), content, around.subarray(4)])
}

/** CRC-32; `zlib.crc32` came with Node 20.15. */
function checksum(bytes: Buffer): number {
  let crc = 0xffff_ffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1
  }
  return ~crc >>> 0
}
