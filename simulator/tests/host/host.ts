import { afterAll, beforeAll, beforeEach } from 'vitest'
import { startServer, type SimulatorServer } from '../../src'
import type { MiniProgramOptions } from '../../src/host/miniProgramOptions'
import type { HostMessage, Outcome } from '../../src/wire'
import { fixtureApp, readBody, serveHttp } from '../support/fixture'

/** The token that the backend issues. */
export const token = 'kN3mQ8vXw2ZbYt7LpRcS5hDfGjA1eUoI9x4'

/** A token state as the header `Token-State` holds it. */
export const inHeader = (state: object) => Buffer.from(JSON.stringify(state)).toString('base64url')

/** A host without a browser, and a backend that issues tokens. */
export function useHost() {
  let server: SimulatorServer
  let backend: Awaited<ReturnType<typeof serveHttp>>
  const host = {
    /** `POST /auth/logout Bearer …` and so on, as they arrived at the backend. */
    heard: [] as string[],
    tokenState: {} as Record<string, unknown>,
    logoutStatus: 204,
    get backendUrl() {
      return backend.url
    },
    open,
  }

  beforeAll(async () => {
    server = await startServer({ dist: fixtureApp })
    backend = await serveHttp((request, response) => {
      void readBody(request).then(() => {
        const { method, url, headers } = request
        const { tokenState, logoutStatus } = host
        host.heard.push(`${method} ${url} ${headers.authorization ?? '-'}`)
        if (/\/auth\/(logout|account)$/.test(url ?? '')) {
          return response.writeHead(logoutStatus).end()
        }
        if (url?.startsWith('/elsewhere')) return response.end('{}')
        if (url === '/header') {
          return response.writeHead(200, { 'Token-State': inHeader(tokenState) }).end('1')
        }
        if (url === '/challenge') {
          const questions = [
            'www-authenticate',
            'getUserInfo',
            'www-authenticate',
            'getPhoneNumber',
          ]
          return response.writeHead(401, questions).end()
        }
        const isBinary = url?.endsWith('/picture')
        response.setHeader('content-type', isBinary ? 'image/png' : 'application/json')
        response.end(isBinary ? Buffer.from([0xff, 0xd8]) : JSON.stringify({ data: 1, tokenState }))
      })
    })
  })
  afterAll(async () => {
    await server.close()
    await backend.close()
  })
  beforeEach(() => {
    host.heard = []
    host.tokenState = { accessToken: token, expiresIn: 7200 }
    host.logoutStatus = 204
  })

  /** A mini-program whose page is this test. */
  function open(options: MiniProgramOptions = {}) {
    const miniProgram = server.openMiniProgram(options)
    const said: HostMessage[] = []
    const waiting = new Map<string, (outcome: Outcome) => void>()
    miniProgram.connect((message) => {
      said.push(message)
      if (message.type === 'done') waiting.get(message.id)?.(message.outcome)
    })
    let calls = 0
    const request = (path: string, header: Record<string, string> = {}, text?: string) =>
      new Promise<Outcome>((resolve) => {
        const id = `r${(calls += 1)}`
        waiting.set(id, resolve)
        const method = text === undefined ? 'GET' : 'POST'
        const call = { api: 'request', method, url: backend.url + path, header } as const
        const body = text === undefined ? {} : { body: { text } }
        const http = { ...call, ...body, responseType: 'text', timeout: 5_000 } as const
        miniProgram.receive({ type: 'http', id, call: http })
      })
    const ask = (api: string) =>
      new Promise<Outcome>((resolve) => {
        const id = `a${(calls += 1)}`
        waiting.set(id, resolve)
        miniProgram.receive({ type: 'wechat', id, call: { api, options: {} } })
      })
    return { miniProgram, said, request, ask, close: () => server.closeMiniProgram(miniProgram) }
  }

  return host
}
