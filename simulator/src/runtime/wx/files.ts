import { FileFailure } from '../files/failure'
import { ApiFailure, asyncApi, type Api, type ApiOptions } from './api'
import type { WxContext } from './context'
import { createFileOperations, type FileOperation } from './fileOperations'

/** Functions of `wx` itself that are older than `FileSystemManager` and that WeChat still has. */
const ofWx = ['saveFile', 'getSavedFileList', 'removeSavedFile', 'getFileInfo']

/** The functions of `wx`, and the names of what works of `FileSystemManager`. */
export interface FileApis {
  api: Api
  members: readonly string[]
}

const typeOf = (value: unknown) => {
  const type = value === null ? 'null' : typeof value
  return type.slice(0, 1).toUpperCase() + type.slice(1)
}

/** Throws what WeChat says of a path that is none. */
function checkPaths(paths: readonly string[], options: ApiOptions): void {
  for (const name of paths) {
    if (typeof options[name] === 'string') continue
    const wrong = `parameter.${name} should be String instead of ${typeOf(options[name])}`
    throw new Error(`parameter error: ${wrong};`)
  }
}

/** A failure as `fail` has it. */
function failureOf(name: string, error: unknown): unknown {
  if (!(error instanceof FileFailure)) return error
  const { errCode, message } = error
  return new ApiFailure({ errMsg: `${name}:fail ${message}`, errCode })
}

function asynchronous(name: string, { paths, run }: FileOperation) {
  // None has a Promise form (WeChat: FileSystemManager).
  return asyncApi(
    name,
    async (options) => {
      try {
        checkPaths(paths, options)
        return await run(options)
      } catch (error) {
        throw failureOf(name, error)
      }
    },
    { promise: false },
  )
}

function synchronous(name: string, { paths, run, sync = {} }: FileOperation) {
  const { parameters, returns } = sync
  return (...given: unknown[]): unknown => {
    const options = parameters
      ? Object.fromEntries(parameters.map((parameter, i) => [parameter, given[i]]))
      : ((given[0] ?? {}) as ApiOptions)
    try {
      checkPaths(paths, options)
      const result = run(options) as Record<string, unknown> | undefined
      return returns === undefined ? result : result?.[returns]
    } catch (error) {
      const failed = error instanceof Error ? error.message : String(error)
      const errMsg = `${name}:fail ${failed}`
      const errCode = error instanceof FileFailure ? { errCode: error.errCode } : {}
      throw Object.assign(new Error(errMsg, { cause: error }), { errMsg, ...errCode })
    }
  }
}

/** `wx.getFileSystemManager`, and the functions of `wx` that keep files. */
export function createFileApis(context: WxContext): FileApis {
  const { files, versions, reportMissing } = context
  const operations = createFileOperations(files)
  const isKnown = (name: string) => versions.supports(`FileSystemManager.${name}`)
  const working = Object.entries(operations)
    .filter(([name]) => isKnown(name))
    .flatMap(([name, operation]) => [
      [name, asynchronous(name, operation)] as const,
      ...(operation.sync ? [[`${name}Sync`, synchronous(`${name}Sync`, operation)] as const] : []),
    ])
  const reportCall = (name: string) => {
    const full = `FileSystemManager.${name}`
    reportMissing(full, `${full} is not modelled by the simulator`)
  }
  /** Browsers have no Brotli for scripts. As of all that is not modelled, one fails, one returns nothing. */
  const missing = {
    readCompressedFile: asynchronous('readCompressedFile', {
      paths: [],
      run() {
        reportCall('readCompressedFile')
        throw new Error('is not modelled by the simulator')
      },
    }),
    readCompressedFileSync: () => reportCall('readCompressedFileSync'),
  }
  // There is one, whoever asks.
  const manager = {
    ...Object.fromEntries(working),
    ...(isKnown('readCompressedFile') && missing),
  }
  return {
    members: working.map(([name]) => name),
    api: {
      getFileSystemManager: () => manager,
      ...Object.fromEntries(ofWx.map((name) => [name, asynchronous(name, operations[name]!)])),
      getSavedFileInfo: asynchronous('getSavedFileInfo', {
        paths: ['filePath'],
        run({ filePath }) {
          const found = files.saved().find((file) => file.filePath === filePath)
          if (!found) throw new FileFailure(1300002, String(filePath))
          return { size: found.size, createTime: found.createTime }
        },
      }),
    },
  }
}
