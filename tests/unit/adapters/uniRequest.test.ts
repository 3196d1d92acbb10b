import { afterEach, expect, it, vi } from 'vitest'
import { createUniRequest } from '../../../src/adapters/index'
import { flush } from '../../support/clock'
import { openClient } from '../../support/client'
import { BASE } from '../../support/host'
import { outcomeOf } from '../../support/outcome'
import { testLayer, type Started } from './layer'
import { createUniHost } from './uniHost'

const started = (task: Promise<unknown> & { abort(): void }): Started => ({
  result: task,
  abort: () => task.abort(),
})
const full = (url: string) => (url.startsWith('/') ? BASE + url : url)

testLayer(
  (auth) => {
    const { request, uploadFile, downloadFile } = createUniRequest(auth)
    const header = { Authorization: 'Bearer of the app' }
    return {
      get: (url) => started(request({ url: full(url), header })),
      upload: (url) =>
        started(uploadFile({ url: full(url), filePath: 'wxfile://1', name: 'file' })),
      download: (url) => started(downloadFile({ url: full(url) })),
    }
  },
  {
    success: (data) => ({ statusCode: 200, data }),
    refusal: (data) => ({ is: 'resolved', value: { statusCode: 422, data } }),
    networkFailure: { errMsg: 'request:fail' },
    abort: { errMsg: 'request:fail abort' },
    hasInterceptors: false,
  },
)

afterEach(() => vi.unstubAllGlobals())

it.each(['/a', '//api.example.com/v1/a', 'a'])(
  'adds nothing to the relative address %s',
  async (url) => {
    const host = createUniHost()
    vi.stubGlobal('uni', host.uni)
    host.serve = () => ({ statusCode: 200 })
    await createUniRequest(openClient({ token: 't' }).auth).request({ url })
    expect(host.sent).toMatchObject([{ url, header: {} }])
  },
)

it('aborts a call whose task an interceptor holds back', async () => {
  const host = createUniHost()
  let open: (value: unknown) => void = () => {}
  const gate = new Promise((resolve) => (open = resolve))
  const request = (options: { url: string }) => gate.then(() => host.uni.request(options))
  vi.stubGlobal('uni', { ...host.uni, request })
  const task = createUniRequest(openClient({ token: 't' }).auth).request({ url: `${BASE}/a` })
  const outcome = outcomeOf(task)
  await flush()
  task.abort()
  open(undefined)
  await flush()
  expect(host.sent).toMatchObject([{ isAborted: true }])
  expect(outcome).toMatchObject({ error: { errMsg: 'request:fail abort' } })
})
