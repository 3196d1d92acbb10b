import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { DrivenPage } from '../../src/driver/drivenPage'

/** The small mini-program in WeChat's own syntax that the tests run. */
export const fixtureApp = fileURLToPath(new URL('../fixtures/app', import.meta.url))

/** Another one, which is fit for dark phones and enforces the privacy terms. */
export const wechatApp = fileURLToPath(new URL('../fixtures/wechatApp', import.meta.url))

/** What an API ended with. */
export interface Ended {
  ok: boolean
  result: Record<string, unknown>
}

/** Calls `wx[name]` in the app's own world and waits for `success` or `fail`. */
export const callWx = (
  driven: DrivenPage,
  name: string,
  options: Record<string, unknown> = {},
): Promise<Ended> =>
  driven.page.evaluate(
    ([name, options]) =>
      new Promise<Ended>((resolve) => {
        const { wx } = window as unknown as { wx: Record<string, (options: object) => unknown> }
        wx[name]!({
          ...options,
          success: (result: Ended['result']) => resolve({ ok: true, result }),
          fail: (result: Ended['result']) => resolve({ ok: false, result }),
        })
      }),
    [name, options] as const,
  )

/** A real HTTP server on 127.0.0.1, given by its handler. */
export async function serveHttp(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The body of a request as text. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** A request with exactly these headers, `Host` among them, which fetch would not let through. */
export const sendRaw = (
  url: string,
  { method = 'GET', headers = {}, body = '' }: RawRequest = {},
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (response) => {
      readBody(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })

/** See `sendRaw`. */
export interface RawRequest {
  method?: string
  headers?: Record<string, string>
  body?: string
}
