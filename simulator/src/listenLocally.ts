import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type ServerType } from '@hono/node-server'

/** Listening at both addresses by which this machine calls itself. */
export interface LocalListener {
  readonly port: number
  close(): Promise<void>
}

/** Systems without IPv6 have no `::1`. */
const noSuchAddress = ['EADDRNOTAVAIL', 'EAFNOSUPPORT']

/** So many ports are tried where any will do: another process may have one of them at `::1`. */
const attempts = 20

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? ''

const listen = (
  fetch: (request: Request) => Response | Promise<Response>,
  host: string,
  port: number,
) =>
  new Promise<ServerType>((resolve, reject) => {
    const server = createAdaptorServer({ fetch })
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })

const close = (server: ServerType) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) server.closeAllConnections()
  })

/**
 * Listens at 127.0.0.1 and, where the system has it, at ::1: `localhost` is either of them. At one only,
 * a browser that tries the other first would reach whoever has the same port there. Other machines
 * reach neither. Port 0 is any; rejects with Node's error for a port that is taken at one of the two.
 */
export async function listenLocally(
  fetch: (request: Request) => Response | Promise<Response>,
  wanted: number,
): Promise<LocalListener> {
  for (let attempt = 1; ; attempt += 1) {
    const first = await listen(fetch, '127.0.0.1', wanted)
    const { port } = first.address() as AddressInfo
    try {
      const second = await listen(fetch, '::1', port)
      return { port, close: async () => void (await Promise.all([first, second].map(close))) }
    } catch (error) {
      if (noSuchAddress.includes(codeOf(error))) return { port, close: () => close(first) }
      await close(first)
      const isAnother = wanted === 0 && codeOf(error) === 'EADDRINUSE' && attempt < attempts
      if (!isAnother) throw error
    }
  }
}
