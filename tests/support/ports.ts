import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'

/** Listens at a port the system chooses. */
export async function takePort(): Promise<{ port: number; server: Server }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, server }
}

/** A port that was free a moment ago. */
export async function anyFreePort(): Promise<number> {
  const { port, server } = await takePort()
  await once(server.close(), 'close')
  return port
}
