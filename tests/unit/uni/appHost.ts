interface Callbacks {
  success?(result: unknown): void
  fail?(failure: unknown): void
  complete?(outcome: unknown): void
}

interface Sent extends Callbacks {
  api: 'request' | 'uploadFile' | 'downloadFile'
  url: string
  header: Record<string, string>
  data?: unknown
}

/** A call that waits for the test's answer. */
export interface AppCall {
  api: Sent['api']
  url: string
  authorization: string | undefined
  body: unknown
  isAborted(): boolean
  /** Headers reach an app with a request only: its runtime drops those of files. */
  answer(status: number, body?: unknown, headers?: Record<string, string | string[]>): void
  fail(reason: string): void
}

/**
 * uni-app's APIs as its App runtime has them (uni-app-plus, src/service/api): no `wx`, no silent login, tasks
 * whose listeners for headers do nothing or throw. The test answers for the system and for WeChat's SDK.
 */
export function createAppHost({ hasWechat = true } = {}) {
  const calls: AppCall[] = []
  const storage = new Map<string, unknown>()
  const loginsAsked: object[] = []
  let answerLogin: (callbacks: Callbacks) => void = () => {
    throw new Error('nobody has said what WeChat answers')
  }

  function start(api: Sent['api'], onHeadersReceived: () => void) {
    return (options: Omit<Sent, 'api'>) => {
      let isAborted = false
      const fail = (reason: string) => {
        const failure = { errMsg: `${api}:fail ${reason}` }
        options.fail?.(failure)
        options.complete?.(failure)
      }
      calls.push({
        api,
        url: options.url,
        authorization: options.header.authorization ?? options.header.Authorization,
        body: typeof options.data === 'string' ? JSON.parse(options.data) : options.data,
        isAborted: () => isAborted,
        answer(statusCode, body, headers = {}) {
          const result = resultOf(api, body, headers)
          const outcome = { ...result, statusCode, errMsg: `${api}:ok` }
          options.success?.(outcome)
          options.complete?.(outcome)
        },
        fail,
      })
      return {
        abort() {
          isAborted = true
          fail('abort')
        },
        onHeadersReceived,
        onProgressUpdate() {},
      }
    }
  }

  const nothing = () => {}
  const uni = {
    request: start('request', nothing),
    uploadFile: start('uploadFile', nothing),
    downloadFile: start('downloadFile', () => {
      throw new Error('Method not implemented.')
    }),
    login(options: Callbacks) {
      loginsAsked.push(options)
      answerLogin(options)
    },
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void storage.set(key, value),
    removeStorageSync: (key: string) => void storage.delete(key),
    onAppShow: nothing,
    onAppHide: nothing,
  }

  return {
    uni,
    plus: { runtime: { isApplicationExist: ({ pname }: { pname: string }) => isWechat(pname) } },
    storage,
    calls,
    loginsAsked,
    /** The call that was made last. */
    latest: () => calls.at(-1)!,
    /** As with `onlyAuthorize`: the code, and no result of WeChat's own. */
    allowLogin(code: string) {
      answerLogin = ({ success }) => success?.({ errMsg: 'login:ok', code, authResult: '' })
    },
    refuseLogin(message: string, code: number) {
      const failure = { errMsg: `login:fail ${message}`, errCode: code, code }
      answerLogin = ({ fail }) => fail?.(failure)
    },
  }

  function isWechat(name: string): boolean {
    return hasWechat && name === 'com.tencent.mm'
  }
}

function resultOf(api: Sent['api'], body: unknown, headers: Record<string, string | string[]>) {
  switch (api) {
    case 'request': {
      const header = Object.entries(headers).map(([name, value]) => [name, String(value)])
      return { data: body, header: Object.fromEntries(header) as object, cookies: [] }
    }
    case 'uploadFile':
      return { data: JSON.stringify(body) }
    case 'downloadFile':
      return { tempFilePath: '_doc/uniapp_temp/download/1' }
  }
}
