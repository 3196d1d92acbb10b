import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequestListener } from '../../src/http/listener'
import type { TestBackend } from './backend'

/** The app behind a real connection, on a free port of 127.0.0.1. */
export async function listen({ app }: Pick<TestBackend, 'app'>) {
  const server = createServer(createRequestListener(app))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    server,
    port,
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
