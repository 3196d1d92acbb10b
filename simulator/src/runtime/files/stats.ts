import type { Entry } from './keptFiles'

/** WeChat: Stats; times in seconds. */
export interface Stats {
  size: number
  mode: number
  lastAccessedTime: number
  lastModifiedTime: number
  isDirectory(): boolean
  isFile(): boolean
}

/** POSIX: S_IFREG and S_IFDIR, readable by all and writable by their owner. */
const modes = { file: 0o100644, directory: 0o040755 }

/** What WeChat says of a file or a directory. */
export function statsOf(entry: Entry): Stats {
  const { kind } = entry
  return {
    size: kind === 'file' ? entry.bytes.length : 0,
    mode: modes[kind],
    lastAccessedTime: Math.floor(entry.accessed / 1_000),
    lastModifiedTime: Math.floor(entry.modified / 1_000),
    isDirectory: () => kind === 'directory',
    isFile: () => kind === 'file',
  }
}
