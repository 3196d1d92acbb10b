import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { Server as SocketServer, type AddressInfo, type Socket } from 'node:net'

/** How long requests under way may still take when the listener closes, in ms. */
const closingGrace = 5000
/** How long a client may take for the headers of a request, in ms. */
const headersTimeout = 10_000
/** How often connections are checked for their limits, in ms: Node's 30 s lets them last so much longer. */
const checkingInterval = 1000

/** What clients may take. */
export interface ConnectionLimits {
  /** How long a client may take for a whole request, in ms; then it gets 408. */
  requestTimeout: number
  /** How long a connection may wait for its next request, in ms. */
  keepAliveTimeout: number
  /** How many connections may be open; a further one is closed at once. */
  maxConnections: number
}

/** Where to listen. */
export interface ListenOptions extends ConnectionLimits {
  port: number
  host: string
}

/** Answers requests at `url`, an address without a slash at its end. */
export interface Listener {
  url: string
  port: number
  /** How many connections are open. */
  connections(): number
  /** Accepts no more connections, ends the idle ones, and lets requests under way finish: at most 5 s. */
  close(): Promise<void>
}

/**
 * Listens; `createAnswer` makes what answers the requests, once the address is known.
 * @throws the system's error (`EADDRINUSE`, `EACCES`) when the port cannot be had
 */
export async function listen(
  { port, host, maxConnections, ...limits }: ListenOptions,
  createAnswer: (url: string) => RequestListener,
): Promise<Listener> {
  const server = createServer({
    ...limits,
    headersTimeout: Math.min(headersTimeout, limits.requestTimeout),
    connectionsCheckingInterval: checkingInterval,
  })
  server.maxConnections = maxConnections
  const underWay = trackRequests(server)
  server.listen(port, host)
  await once(server, 'listening')
  const { family, address, ...at } = server.address() as AddressInfo
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${at.port}`
  server.on('request', createAnswer(url))

  return {
    url,
    port: at.port,
    connections: underWay.connections,
    async close() {
      const timer = setTimeout(() => server.closeAllConnections(), closingGrace)
      const closed = once(server, 'close')
      // Not the one of HTTP, which also cuts off answers that are complete here but not yet sent.
      SocketServer.prototype.close.call(server)
      underWay.end()
      await closed
      clearTimeout(timer)
      // Ends its checks of connections; there are none any more.
      server.close()
    },
  }
}

/** What a connection is at. */
interface Progress {
  answers: Set<ServerResponse>
  /** How much of what it has received belongs to requests that are answered, in bytes. */
  answered: number
}

/** Follows which connections have a request under way. */
function trackRequests(server: SocketServer) {
  const connections = new Map<Socket, Progress>()
  let isEnding = false

  server.on('connection', (socket: Socket) => {
    connections.set(socket, { answers: new Set(), answered: 0 })
    socket.once('close', () => connections.delete(socket))
  })
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const progress = connections.get(socket)
    if (!progress) return
    progress.answers.add(response)
    if (isEnding) response.setHeader('Connection', 'close')
    response.once('close', () => {
      progress.answers.delete(response)
      progress.answered = socket.bytesRead
      if (isEnding && progress.answers.size === 0) socket.destroySoon()
    })
  })

  return {
    connections: () => connections.size,

    /** Ends what is idle at once, and the rest with its answers. */
    end(): void {
      isEnding = true
      for (const [socket, { answers, answered }] of connections) {
        if (answers.size === 0 && socket.bytesRead === answered) socket.destroy()
        for (const answer of answers)
          if (!answer.headersSent) answer.setHeader('Connection', 'close')
      }
    },
  }
}
