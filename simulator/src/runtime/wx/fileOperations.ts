import { readEntries, unzip } from '../files/archives'
import { readContent } from '../files/content'
import { createDescriptors, resized } from '../files/descriptors'
import { digestOf } from '../files/digest'
import { bytesOf } from '../files/encodings'
import type { FileSystem } from '../files/fileSystem'
import type { ApiOptions } from './api'

type Result = Record<string, unknown> | void

/** An operation of `FileSystemManager`, and its form that ends with `Sync`. */
export interface FileOperation {
  /** Options that have to be strings. */
  paths: readonly string[]
  /** Throws `FileFailure`; returns what `success` is given. */
  run(options: ApiOptions): Result | Promise<Result>
  /** Absent where there is no such form. */
  sync?: {
    /** Its parameters in their order; of those that take an object, none. */
    parameters?: readonly string[]
    /** What of the result it returns; absent: all of it. */
    returns?: string
  }
}

/** What `FileSystemManager` can do, by name (WeChat: FileSystemManager). */
export function createFileOperations(files: FileSystem): Record<string, FileOperation> {
  const descriptors = createDescriptors(files)
  const path = (value: unknown) => String(value)
  /** An operation on an open file: it takes an object in both forms. */
  const onOpen = (run: FileOperation['run'], returns?: string): FileOperation => ({
    paths: [],
    run,
    sync: returns === undefined ? {} : { returns },
  })
  return {
    access: {
      paths: ['path'],
      run: (options) => files.access(path(options.path)),
      sync: { parameters: ['path'] },
    },
    readFile: {
      paths: ['filePath'],
      run: ({ filePath, encoding, position, length }) => ({
        data: readContent(files.read(path(filePath)), { encoding, position, length }),
      }),
      sync: { parameters: ['filePath', 'encoding', 'position', 'length'], returns: 'data' },
    },
    writeFile: {
      paths: ['filePath'],
      run: ({ filePath, data, encoding }) =>
        files.write(path(filePath), bytesOf(data, encoding ?? undefined)),
      sync: { parameters: ['filePath', 'data', 'encoding'] },
    },
    appendFile: {
      paths: ['filePath'],
      run({ filePath, data, encoding }) {
        const before = files.read(path(filePath))
        const more = bytesOf(data, encoding ?? undefined)
        const after = resized(before, before.length + more.length)
        after.set(more, before.length)
        files.write(path(filePath), after)
      },
      sync: { parameters: ['filePath', 'data', 'encoding'] },
    },
    copyFile: {
      paths: ['srcPath', 'destPath'],
      run: ({ srcPath, destPath }) => files.copy(path(srcPath), path(destPath)),
      sync: { parameters: ['srcPath', 'destPath'] },
    },
    rename: {
      paths: ['oldPath', 'newPath'],
      run: ({ oldPath, newPath }) => files.rename(path(oldPath), path(newPath)),
      sync: { parameters: ['oldPath', 'newPath'] },
    },
    unlink: {
      paths: ['filePath'],
      run: ({ filePath }) => files.remove(path(filePath)),
      sync: { parameters: ['filePath'] },
    },
    mkdir: {
      paths: ['dirPath'],
      run: ({ dirPath, recursive }) => files.makeDirectory(path(dirPath), recursive === true),
      sync: { parameters: ['dirPath', 'recursive'] },
    },
    rmdir: {
      paths: ['dirPath'],
      run: ({ dirPath, recursive }) => files.removeDirectory(path(dirPath), recursive === true),
      sync: { parameters: ['dirPath', 'recursive'] },
    },
    readdir: {
      paths: ['dirPath'],
      run: ({ dirPath }) => ({ files: files.list(path(dirPath)) }),
      sync: { parameters: ['dirPath'], returns: 'files' },
    },
    stat: {
      paths: ['path'],
      run: ({ path: given, recursive }) => {
        const isAll = recursive === true && files.isDirectory(path(given))
        return { stats: isAll ? files.statAll(path(given)) : files.stat(path(given)) }
      },
      sync: { parameters: ['path', 'recursive'], returns: 'stats' },
    },
    saveFile: {
      paths: ['tempFilePath'],
      run({ tempFilePath, filePath }) {
        const to = filePath == null ? undefined : path(filePath)
        return { savedFilePath: files.save(path(tempFilePath), to) }
      },
      sync: { parameters: ['tempFilePath', 'filePath'], returns: 'savedFilePath' },
    },
    truncate: {
      paths: ['filePath'],
      run: ({ filePath, length }) =>
        files.write(path(filePath), resized(files.read(path(filePath)), length)),
      sync: {},
    },
    getFileInfo: {
      paths: ['filePath'],
      run({ filePath, digestAlgorithm }) {
        const bytes = files.read(path(filePath))
        return { size: bytes.length, digest: digestOf(bytes, digestAlgorithm) }
      },
    },
    unzip: {
      paths: ['zipFilePath', 'targetPath'],
      run: ({ zipFilePath, targetPath }) => unzip(files, path(zipFilePath), path(targetPath)),
    },
    readZipEntry: {
      paths: ['filePath'],
      run: ({ filePath, entries, encoding }) => ({
        entries: readEntries(files, path(filePath), entries, encoding),
      }),
    },
    getSavedFileList: { paths: [], run: () => ({ fileList: files.saved() }) },
    removeSavedFile: {
      paths: ['filePath'],
      run: ({ filePath }) => files.removeSaved(path(filePath)),
    },
    open: {
      paths: ['filePath'],
      run: (options) => ({ fd: descriptors.open(options) }),
      sync: { returns: 'fd' },
    },
    close: onOpen(descriptors.close),
    read: onOpen(descriptors.read),
    write: onOpen(descriptors.write),
    fstat: onOpen((options) => ({ stats: descriptors.stat(options) }), 'stats'),
    ftruncate: onOpen(descriptors.truncate),
  }
}
