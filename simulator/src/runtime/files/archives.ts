// Zip archives (WeChat: FileSystemManager.unzip and readZipEntry). What an archive says of its sizes is
// held against the limits of the file system first, and no more memory is taken than it says.
import { unzipSync, type UnzipFileInfo } from 'fflate'
import { readContent, type ReadOptions } from './content'
import { FileFailure } from './failure'
import { checkSizes, type FileSystem } from './fileSystem'
import { parentOf } from './places'

type Bytes = Uint8Array<ArrayBuffer>

/** A file or a directory of an archive. */
interface Entry {
  /** From the archive's root on; that of a directory ends with `/`. */
  path: string
  /** How many bytes it takes once it is unpacked. */
  size: number
}

/** An item of what `readZipEntry` is asked for. */
type Wanted = ReadOptions & { path: string }

/** An item of its answer. */
interface EntryResult {
  errMsg: string
  /** Absent if it failed. */
  data?: string | ArrayBuffer
}

/** So many bytes each entry takes in an archive's list, its name left out (PKWARE: APPNOTE.TXT, 4.3.12). */
const listingSize = 46

/** The compression method of what is copied as it is (PKWARE: APPNOTE.TXT, 4.4.5). */
const stored = 0

const isFile = ({ path }: Entry) => !path.endsWith('/')

/** What is in an archive; nothing is unpacked. */
function listEntries(archive: Bytes): Entry[] {
  const entries: Entry[] = []
  const note = ({ name, size, originalSize, compression }: UnzipFileInfo) => {
    // An archive may say that its list is longer than it is.
    if (name === '' || entries.length * listingSize > archive.length) throw new Error('no list')
    entries.push({ path: name, size: compression === stored ? size : originalSize })
    return false
  }
  try {
    unzipSync(archive, { filter: note })
  } catch {
    throw new FileFailure(1301102)
  }
  return entries
}

/** The bytes of these entries by path. */
function unpack(archive: Bytes, entries: readonly Entry[]): Map<string, Bytes> {
  checkSizes(entries.map(({ size }) => size))
  const sizes = new Map(entries.map(({ path, size }) => [path, size]))
  try {
    const unpacked = unzipSync(archive, { filter: ({ name }) => sizes.has(name) })
    return new Map([...sizes].map(([path, size]) => [path, whole(unpacked[path]!, size)]))
  } catch {
    throw new FileFailure(1301103)
  }
}

function whole(bytes: Bytes, size: number): Bytes {
  if (bytes.length !== size) throw new Error('it ends too early')
  return bytes
}

/** Unpacks the archive at `from` into the directory `to`, which is made if it is not there. */
export function unzip(files: FileSystem, from: string, to: string): void {
  const archive = files.read(from)
  const entries = listEntries(archive)
  // None may lead out of the directory.
  if (entries.some(({ path }) => path.split('/').includes('..'))) throw new FileFailure(1301103)
  const placeOf = ({ path }: Entry) => `${to}/${path}`
  const contents = entries.filter(isFile)
  files.checkRoom(new Map(contents.map((entry) => [placeOf(entry), entry.size])))
  const unpacked = unpack(archive, contents)
  if (!files.exists(to)) files.makeDirectory(to, false)
  else if (!files.isDirectory(to)) throw new FileFailure(1300020)
  for (const entry of entries) {
    files.makeDirectory(parentOf(placeOf(entry)), true)
    if (isFile(entry)) files.write(placeOf(entry), unpacked.get(entry.path)!)
  }
}

const isWanted = (value: unknown): value is Wanted =>
  typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string'

/** Reads entries of the archive at `from`: all its files in one encoding, or what each of `wanted` says. */
export function readEntries(
  files: FileSystem,
  from: string,
  wanted: unknown,
  encoding: unknown,
): Record<string, EntryResult> {
  const archive = files.read(from)
  const contents = listEntries(archive).filter(isFile)
  const all = contents.map(({ path }) => ({ path, encoding }))
  const items: unknown = wanted === 'all' ? all : wanted
  if (!Array.isArray(items) || !items.every(isWanted)) throw new FileFailure(1300022)
  const paths = new Set(items.map(({ path }) => path))
  const entries = contents.filter(({ path }) => paths.has(path))
  const unpacked = unpack(archive, entries)
  return Object.fromEntries(items.map((item) => [item.path, readEntry(unpacked, item)]))
}

/** One may fail where others are read. */
function readEntry(unpacked: ReadonlyMap<string, Bytes>, item: Wanted): EntryResult {
  try {
    const bytes = unpacked.get(item.path)
    if (!bytes) throw new FileFailure(1300002, item.path)
    return { errMsg: 'readZipEntry:ok', data: readContent(bytes, item) }
  } catch (error) {
    return { errMsg: `readZipEntry:fail ${(error as Error).message}` }
  }
}
