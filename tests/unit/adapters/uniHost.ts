/** A call of `uni` by a library. */
export interface UniCall {
  api: 'request' | 'uploadFile' | 'downloadFile'
  url: string
  header: Record<string, unknown>
  isAborted: boolean
  options: Options
}

/** A failure has no status. */
export interface UniReply {
  statusCode?: number
  header?: Record<string, string>
  data?: unknown
  /** The body of an answer that was asked for with `enableChunked`. */
  pieces?: string[]
  /** The connection breaks after them. */
  breaks?: boolean
}

interface Options {
  url: string
  header?: Record<string, unknown>
  enableChunked?: boolean
  responseType?: string
  success?(result: object): void
  fail?(failure: object): void
  complete?(result: object): void
}

const encoder = new TextEncoder()

type Listener = (result: object) => void

/**
 * `uni` of a mini-program, as libraries use it: callbacks, tasks, no header in the results of files.
 * `serve` answers; a call that it answers with undefined stays on the wire.
 */
export function createUniHost() {
  const sent: UniCall[] = []
  const host = {
    sent,
    serve: (_call: UniCall): UniReply | undefined => undefined,
    uni: {
      request: start('request'),
      uploadFile: start('uploadFile'),
      downloadFile: start('downloadFile'),
    },
  }

  function start(api: UniCall['api']) {
    return (options: Options) => {
      const { url, header = {}, success, fail, complete } = options
      const call: UniCall = { api, url, header: { ...header }, isAborted: false, options }
      const chunks: Listener[] = []
      const heard: Listener[] = []
      const progress: Listener[] = []
      let isDone = false
      const end = (listener: Listener | undefined, result: object) => {
        if (isDone) return
        isDone = true
        listener?.(result)
        complete?.(result)
      }
      sent.push(call)
      const reply = host.serve(call)
      // As a phone does: in a later task.
      if (reply) setImmediate(() => deliver(reply))

      function deliver({ statusCode, header, data, pieces = [], breaks }: UniReply): void {
        if (statusCode === undefined) return end(fail, { errMsg: `${api}:fail` })
        heard.forEach((listener) => listener({ header, statusCode }))
        for (const piece of options.enableChunked ? pieces : []) {
          if (!isDone)
            chunks.forEach((listener) => listener({ data: encoder.encode(piece).buffer }))
        }
        if (breaks) return end(fail, { errMsg: `${api}:fail` })
        progress.forEach((listener) =>
          listener({ totalBytesWritten: 1, totalBytesExpectedToWrite: 1 }),
        )
        const result = { statusCode, errMsg: `${api}:ok` }
        if (api === 'request') end(success, { ...result, header: { ...header }, data })
        else if (api === 'uploadFile') end(success, { ...result, data })
        else end(success, { ...result, tempFilePath: 'wxfile://tmp' })
      }

      return {
        abort() {
          call.isAborted ||= !isDone
          end(fail, { errMsg: `${api}:fail abort` })
        },
        onHeadersReceived: (listener: Listener) => void heard.push(listener),
        offHeadersReceived: () => {},
        onChunkReceived: (listener: Listener) => void chunks.push(listener),
        onProgressUpdate: (listener: Listener) => void progress.push(listener),
        offProgressUpdate: () => {},
      }
    }
  }
  return host
}
