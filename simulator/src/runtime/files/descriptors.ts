import { bytesOf } from './encodings'
import { FileFailure } from './failure'
import { fileLimit, type FileSystem } from './fileSystem'
import type { Stats } from './stats'

type Bytes = Uint8Array<ArrayBuffer>
type Options = Readonly<Record<string, unknown>>

/** Files that are open, by WeChat's numbers (WeChat: FileSystemManager.open, Base library 2.16.1). */
export interface Descriptors {
  open(options: Options): string
  close(options: Options): void
  read(options: Options): { bytesRead: number; arrayBuffer: ArrayBuffer }
  write(options: Options): { bytesWritten: number }
  stat(options: Options): Stats
  truncate(options: Options): void
}

interface Open {
  path: string
  reads: boolean
  writes: boolean
  appends: boolean
  position: number
}

/** WeChat: FileSystemManager.open, flag. */
const flags = ['a', 'ax', 'a+', 'ax+', 'as', 'as+', 'r', 'r+', 'w', 'wx', 'w+', 'wx+']

/** How many files may be open at once; WeChat names no number. */
const limit = 1_024

/** `bytes` cut off, or filled up with zeros; throws `FileFailure`. */
export function resized(bytes: Bytes, length: unknown = 0): Bytes {
  if (!isCount(length)) throw new FileFailure(1301006)
  // Before the memory is taken: there may be less.
  if (length > fileLimit) throw new FileFailure(1300202)
  const result = new Uint8Array(length)
  result.set(bytes.subarray(0, length))
  return result
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0

/** A part of a buffer that an app names by `offset` and `length`; throws `FileFailure`. */
function partOf(buffer: unknown, offset: unknown, length: unknown): Bytes {
  if (!(buffer instanceof ArrayBuffer)) throw new FileFailure(1302005)
  if (!isCount(offset) || offset > buffer.byteLength) throw new FileFailure(1301007)
  if (!isCount(length) || offset + length > buffer.byteLength) throw new FileFailure(1301006)
  return new Uint8Array(buffer, offset, length)
}

/** Opens files of `files`. */
export function createDescriptors(files: FileSystem): Descriptors {
  const open = new Map<string, Open>()
  let opened = 0

  const opening = ({ fd }: Options): Open => {
    const found = open.get(String(fd))
    if (!found) throw new FileFailure(1300009)
    return found
  }
  return {
    open({ filePath, flag = 'r' }) {
      const path = String(filePath)
      const mode = String(flag)
      if (!flags.includes(mode)) throw new FileFailure(1302003)
      if (open.size >= limit) throw new FileFailure(1302002)
      const isThere = files.exists(path)
      if (mode.includes('x') && isThere) throw new FileFailure(1301005, path)
      if (mode.startsWith('r')) files.read(path)
      else if (mode.startsWith('w') || !isThere) files.write(path, new Uint8Array())
      const fd = String((opened += 1))
      open.set(fd, {
        path,
        reads: mode.startsWith('r') || mode.includes('+'),
        writes: !mode.startsWith('r') || mode.includes('+'),
        appends: mode.startsWith('a'),
        position: 0,
      })
      return fd
    },
    close(options) {
      opening(options)
      open.delete(String(options.fd))
    },
    read(options) {
      const file = opening(options)
      if (!file.reads) throw new FileFailure(1302001)
      const { arrayBuffer, offset = 0, length = 0, position } = options
      const target = partOf(arrayBuffer, offset, length)
      const from = isCount(position) ? position : file.position
      const part = files.read(file.path).subarray(from, from + target.length)
      target.set(part)
      if (!isCount(position)) file.position += part.length
      return { bytesRead: part.length, arrayBuffer: arrayBuffer as ArrayBuffer }
    },
    write(options) {
      const file = opening(options)
      if (!file.writes) throw new FileFailure(1302001)
      const { data, encoding, offset = 0, position } = options
      const written =
        data instanceof ArrayBuffer
          ? partOf(data, offset, options.length ?? data.byteLength - Number(offset))
          : bytesOf(data, encoding)
      const before = files.read(file.path)
      // What appends writes at the end, wherever it is told to.
      const at = file.appends ? before.length : isCount(position) ? position : file.position
      const after = resized(before, Math.max(before.length, at + written.length))
      after.set(written, at)
      files.write(file.path, after)
      if (!isCount(position)) file.position = at + written.length
      return { bytesWritten: written.length }
    },
    stat: (options) => files.stat(opening(options).path),
    truncate(options) {
      const file = opening(options)
      if (!file.writes) throw new FileFailure(1302001)
      files.write(file.path, resized(files.read(file.path), options.length))
    },
  }
}
