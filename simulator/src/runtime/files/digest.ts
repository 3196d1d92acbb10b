// Digests of files. Browsers have no MD5, which is WeChat's usual one (RFC 1321).
import { FileFailure } from './failure'

type Bytes = Uint8Array<ArrayBuffer>

const shifts = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const
const sines = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32))

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by))

/** The function of a round, and which of a block's sixteen words it takes (RFC 1321, 3.4). */
function stepOf(i: number, b: number, c: number, d: number): [mixed: number, word: number] {
  if (i < 16) return [(b & c) | (~b & d), i]
  if (i < 32) return [(d & b) | (~d & c), (5 * i + 1) % 16]
  if (i < 48) return [b ^ c ^ d, (3 * i + 5) % 16]
  return [c ^ (b | ~d), (7 * i) % 16]
}

function md5(bytes: Bytes): Bytes {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const words = new DataView(padded.buffer)
  words.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n, true)
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476])
  for (let block = 0; block < padded.length; block += 64) {
    let [a, b, c, d] = state as unknown as [number, number, number, number]
    for (let i = 0; i < 64; i += 1) {
      const [mixed, word] = stepOf(i, b, c, d)
      const sum = a + mixed + sines[i]! + words.getUint32(block + word * 4, true)
      ;[a, d, c, b] = [d, c, b, (b + rotate(sum | 0, shifts[i >> 4]![i % 4]!)) | 0]
    }
    // The array keeps 32 bits of each sum.
    state[0]! += a
    state[1]! += b
    state[2]! += c
    state[3]! += d
  }
  const digest = new DataView(new ArrayBuffer(16))
  for (const [i, value] of state.entries()) digest.setUint32(i * 4, value, true)
  return new Uint8Array(digest.buffer)
}

const sha = async (name: string, bytes: Bytes) =>
  new Uint8Array(await crypto.subtle.digest(name, bytes))

/** WeChat: FileSystemManager.getFileInfo, digestAlgorithm. */
const algorithms = new Map<unknown, (bytes: Bytes) => Bytes | Promise<Bytes>>([
  ['md5', md5],
  ['sha1', (bytes) => sha('SHA-1', bytes)],
  ['sha256', (bytes) => sha('SHA-256', bytes)],
])

/** A file's digest in hexadecimal; rejects with `FileFailure` for an unknown algorithm. */
export async function digestOf(bytes: Bytes, algorithm: unknown = 'md5'): Promise<string> {
  const digest = algorithms.get(algorithm)
  if (!digest) throw new FileFailure(1300022)
  return Array.from(await digest(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
