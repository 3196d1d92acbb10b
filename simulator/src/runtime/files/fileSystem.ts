import { FileFailure } from './failure'
import type { Entry, KeptFiles } from './keptFiles'
import { ownPath, parentOf, placeOf, savedPath, userDataPath, type Place } from './places'
import type { ReadOnlyFiles } from './readOnlyFiles'
import { statsOf, type Stats } from './stats'

type Bytes = Uint8Array<ArrayBuffer>

/** What an app may do with files (WeChat: 文件系统). All throw `FileFailure`; paths are the app's. */
export interface FileSystem {
  /** Throws where there is neither file nor directory. */
  access(path: string): void
  exists(path: string): boolean
  read(path: string): Bytes
  /** Makes the file, or takes its place; the directory has to be there. */
  write(path: string, bytes: Bytes): void
  /** Throws where files of these sizes, by path, may not be written or do not fit. */
  checkRoom(sizes: ReadonlyMap<string, number>): void
  copy(from: string, to: string): void
  rename(from: string, to: string): void
  remove(path: string): void
  makeDirectory(path: string, recursive: boolean): void
  removeDirectory(path: string, recursive: boolean): void
  list(path: string): string[]
  stat(path: string): Stats
  /** With everything inside, each by its path from the directory on. */
  statAll(path: string): { path: string; stats: Stats }[]
  /** Moves a temporary file to `to`, or to a place that WeChat chooses; returns where it is. */
  save(temporary: string, to?: string): string
  saved(): { filePath: string; size: number; createTime: number }[]
  removeSaved(path: string): void
  isDirectory(path: string): boolean
  /** The bytes of a file that the host does not have; undefined for all others. */
  own(path: string): Bytes | undefined
  clear(): void
}

/** How large a file may be (WeChat: FileSystemManager, 1300202). */
export const fileLimit = 100 * 1024 * 1024
/** WeChat: 文件系统 › 本地用户文件, with saved files. */
const totalLimit = 200 * 1024 * 1024

/** Throws `FileFailure` where one of the files is too large, or all are with what is there already. */
export function checkSizes(sizes: readonly number[], alreadyThere = 0): void {
  const total = sizes.reduce((sum, size) => sum + size, alreadyThere)
  if (total > totalLimit || sizes.some((size) => size > fileLimit)) throw new FileFailure(1300202)
}

const root: Entry = { kind: 'directory', accessed: 0, modified: 0 }

/** The files of one phone. `forget` is called with temporary files that were moved away. */
export function createFileSystem(
  kept: KeptFiles,
  readOnly: ReadOnlyFiles,
  forget: (temporary: string) => void,
): FileSystem {
  const moved = new Set<string>()
  const entryAt = (path: string) => (path === userDataPath ? root : kept.get(path))

  /** What is at a place; the app's files and temporary ones are only read. */
  const find = ({ kind, path }: Place): Entry | undefined => {
    if (kind === 'user' || kind === 'saved') return entryAt(path)
    const bytes = moved.has(path) ? undefined : readOnly.read(path)
    return bytes && { kind: 'file', bytes, accessed: 0, modified: 0 }
  }
  const entryOf = (path: string): Entry => {
    const entry = find(placeOf(path))
    if (!entry) throw new FileFailure(1300002, path)
    return entry
  }
  /** The path in the user's directory; all else may not be written. */
  const writable = (path: string): string => {
    const place = placeOf(path)
    if (place.kind === 'user') return place.path
    throw new FileFailure(place.kind === 'package' ? 1300013 : 1301000)
  }
  const directoryOf = (path: string, given: string) => {
    const parent = entryAt(parentOf(path))
    if (!parent) throw new FileFailure(1300002, given)
    if (parent.kind === 'file') throw new FileFailure(1300020)
  }
  const inside = (directory: string) =>
    kept.paths().filter((path) => path.startsWith(`${directory}/`))
  const sizeOf = (path: string) => {
    const entry = kept.get(path)
    return entry?.kind === 'file' ? entry.bytes.length : 0
  }
  /** What is at these paths makes room. */
  const checkRoom = (sizes: ReadonlyMap<string, number>) => {
    const staying = kept.paths().filter((path) => !sizes.has(path))
    const alreadyThere = staying.reduce((sum, path) => sum + sizeOf(path), 0)
    checkSizes([...sizes.values()], alreadyThere)
  }
  const put = (path: string, bytes: Bytes) => {
    checkRoom(new Map([[path, bytes.length]]))
    const now = Date.now()
    kept.set(path, { kind: 'file', bytes, accessed: now, modified: now })
  }
  const makeDirectory = (path: string) => {
    const now = Date.now()
    kept.set(path, { kind: 'directory', accessed: now, modified: now })
  }

  const files: FileSystem = {
    access: (path) => void entryOf(path),
    exists: (path) => find(placeOf(path)) !== undefined,
    read(path) {
      const entry = entryOf(path)
      if (entry.kind === 'directory') throw new FileFailure(1301003)
      return entry.bytes
    },
    write(path, bytes) {
      const target = writable(path)
      if (entryAt(target)?.kind === 'directory') throw new FileFailure(1301003)
      directoryOf(target, path)
      put(target, bytes)
    },
    checkRoom: (sizes) =>
      checkRoom(new Map([...sizes].map(([path, size]) => [writable(path), size]))),
    copy: (from, to) => files.write(to, files.read(from)),
    rename(from, to) {
      const [source, target] = [writable(from), writable(to)]
      const entry = entryOf(from)
      if (source === target) return
      directoryOf(target, to)
      const isInItself = target.startsWith(`${source}/`)
      if (source === userDataPath || isInItself) throw new FileFailure(1300001)
      if (entryAt(target)?.kind === 'directory') throw new FileFailure(1301005, to)
      for (const path of [...inside(source), source]) {
        kept.set(target + path.slice(source.length), path === source ? entry : kept.get(path)!)
        kept.delete(path)
      }
    },
    remove(path) {
      const target = writable(path)
      if (entryOf(path).kind === 'directory') throw new FileFailure(1300001)
      kept.delete(target)
    },
    makeDirectory(path, recursive) {
      const target = writable(path)
      const before = entryAt(target)
      // As `mkdir -p`: what is there is well.
      if (before?.kind === 'directory' && recursive) return
      if (before) throw new FileFailure(1301005, path)
      const above = recursive ? missingAbove(target) : []
      if (above.length === 0) directoryOf(target, path)
      for (const one of [...above, target]) makeDirectory(one)
    },
    removeDirectory(path, recursive) {
      const target = writable(path)
      if (entryOf(path).kind === 'file') throw new FileFailure(1300020)
      const content = inside(target)
      if (content.length > 0 && !recursive) throw new FileFailure(1300066)
      if (target === userDataPath) throw new FileFailure(1300001)
      for (const one of [...content, target]) kept.delete(one)
    },
    list(path) {
      const place = placeOf(path)
      if (place.kind === 'package') throw new FileFailure(1301004)
      if (entryOf(path).kind === 'file') throw new FileFailure(1300020)
      const names = inside(place.path).map((one) => one.slice(place.path.length + 1))
      return names.filter((name) => !name.includes('/')).sort()
    },
    stat: (path) => statsOf(entryOf(path)),
    statAll(path) {
      const { path: target } = placeOf(path)
      const content = inside(target).map((one) => ({
        path: one.slice(target.length),
        stats: statsOf(kept.get(one)!),
      }))
      return [{ path: '/', stats: files.stat(path) }, ...content]
    },
    save(temporary, to) {
      const place = placeOf(temporary)
      const entry = place.kind === 'temporary' ? find(place) : undefined
      if (entry?.kind !== 'file') throw new FileFailure(1301112)
      const target = to ?? savedPath(temporary)
      if (to === undefined) put(target, entry.bytes)
      else files.write(to, entry.bytes)
      moved.add(temporary)
      forget(temporary)
      return target
    },
    saved: () =>
      kept.paths().flatMap((path) => {
        const entry = kept.get(path)
        if (placeOf(path).kind !== 'saved' || entry?.kind !== 'file') return []
        const createTime = Math.floor(entry.modified / 1_000)
        return [{ filePath: path, size: entry.bytes.length, createTime }]
      }),
    removeSaved(path) {
      if (placeOf(path).kind !== 'saved') throw new FileFailure(1301000)
      entryOf(path)
      kept.delete(path)
    },
    isDirectory: (path) => entryOf(path).kind === 'directory',
    own(path) {
      const place = ownPath(path)
      const entry = place === undefined ? undefined : kept.get(place)
      return entry?.kind === 'file' ? entry.bytes : undefined
    },
    clear: () => kept.clear(),
  }

  /** The directories above that have to be made first, from the top. */
  function missingAbove(path: string): string[] {
    const parent = parentOf(path)
    const entry = entryAt(parent)
    if (entry?.kind === 'file') throw new FileFailure(1300020)
    return entry ? [] : [...missingAbove(parent), parent]
  }
  return files
}
