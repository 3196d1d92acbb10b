import { md5, sha1 } from '@noble/hashes/legacy'
import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex } from '@noble/hashes/utils'
import { FileFailure } from './failure'

/** WeChat: FileSystemManager.getFileInfo, digestAlgorithm. */
const algorithms = new Map<unknown, (bytes: Uint8Array) => Uint8Array>([
  ['md5', md5],
  ['sha1', sha1],
  ['sha256', sha256],
])

/** A file's digest in hexadecimal; throws `FileFailure` for an unknown algorithm. */
export function digestOf(bytes: Uint8Array, algorithm: unknown = 'md5'): string {
  const digest = algorithms.get(algorithm)
  if (!digest) throw new FileFailure(1300022)
  return bytesToHex(digest(bytes))
}
