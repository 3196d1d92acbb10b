import type { ServerResponse } from 'node:http'
import { readBody, serveHttp } from './fixture'

/** A backend for the tests of the network: `/echo` and all else say what was asked for. */
export interface Backend {
  readonly url: string
  /** Requests to `/hold…`, `/long` and `/stream` that the test answers by itself, in the order they arrived. */
  readonly held: { path: string; response: ServerResponse }[]
  /** Waits until so many requests are held. */
  holding(count: number): Promise<void>
  close(): Promise<void>
}

/** Starts a backend; one test at a time may hold requests. */
export async function startBackend(): Promise<Backend> {
  const held: Backend['held'] = []
  let arrived: (() => void) | undefined
  const hold = (path: string, response: ServerResponse) => {
    held.push({ path, response })
    arrived?.()
  }
  const { url, close } = await serveHttp((request, response) => {
    const url = request.url ?? ''
    if (url.startsWith('/stream')) {
      // The token decides; the rest of the answer is the test's.
      const isDead = request.headers.authorization === 'Bearer dead'
      response.writeHead(isDead ? 401 : 200, {
        'content-type': isDead ? 'application/json' : 'text/event-stream',
      })
      if (isDead) response.end('{"status":401}')
      else response.write('data: 一\n\n')
      if (!isDead) hold(url, response)
    } else if (url.startsWith('/hold')) {
      hold(url, response)
    } else if (url === '/challenge') {
      response.writeHead(401, [
        ['www-authenticate', 'getUserInfo'],
        ['www-authenticate', 'getPhoneNumber'],
        ['content-type', 'application/json'],
      ] as never)
      response.end('{"status":401}')
    } else if (url === '/moved') {
      response.writeHead(302, { location: '/echo' }).end()
    } else if (url.startsWith('/moved-to?')) {
      response.writeHead(307, { location: decodeURIComponent(url.split('?')[1]!) }).end()
    } else if (url === '/long') {
      response.setHeader('content-length', 200_000)
      response.write(Buffer.alloc(100_000))
      hold(url, response)
    } else if (url === '/picture') {
      response.setHeader('content-type', 'image/png')
      response.end(Buffer.from([137, 80, 78, 71]))
    } else {
      void readBody(request).then((body) => {
        const { method, headers } = request
        response.setHeader('content-type', 'text/plain')
        response.end(JSON.stringify({ method, url, headers, body }))
      })
    }
  })
  return {
    url,
    close,
    held,
    holding: (count) =>
      new Promise<void>((resolve) => {
        arrived = () => {
          if (held.length >= count) resolve()
        }
        arrived()
      }),
  }
}
