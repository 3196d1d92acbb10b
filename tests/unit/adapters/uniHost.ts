/** A call of `uni` by a library. */
export interface UniCall {
  api: 'request' | 'uploadFile' | 'downloadFile'
  url: string
  header: Record<string, unknown>
  isAborted: boolean
}

/** A failure has no status. */
export interface UniReply {
  statusCode?: number
  header?: Record<string, string>
  data?: unknown
}

interface Options {
  url: string
  header?: Record<string, unknown>
  success?(result: object): void
  fail?(failure: object): void
  complete?(result: object): void
}

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
    return ({ url, header = {}, success, fail, complete }: Options) => {
      const call: UniCall = { api, url, header: { ...header }, isAborted: false }
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

      function deliver({ statusCode, header, data }: UniReply): void {
        if (statusCode === undefined) return end(fail, { errMsg: `${api}:fail` })
        heard.forEach((listener) => listener({ header }))
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
        onProgressUpdate: (listener: Listener) => void progress.push(listener),
        offProgressUpdate: () => {},
      }
    }
  }
  return host
}
