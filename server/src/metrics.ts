import type { RequestListener } from 'node:http'
import type { PoolState } from './db/database'
import type { WeChatCallObserved } from './wechat/api'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** A request that was answered. */
export interface Answered {
  method: string
  /** The pattern it matched, not its address: addresses hold secrets, and are without number. */
  route: string | undefined
  status: number
  /** How long it took, in ms. */
  ms: number
}

/** What a Prometheus reads of this process. */
export interface Metrics {
  observe(answered: Answered): void
  observeWeChat(call: WeChatCallObserved): void
  /** Adds readings of the connections to the database. */
  readPool(pool: () => PoolState): void
  /** Adds a reading of how many connections are open. */
  readConnections(connections: () => number): void
  /** Answers `GET /metrics`. */
  answer: RequestListener
}

export function createMetrics(): Metrics {
  const registers = [new Registry()]
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const calls = new Histogram({
    name: 'wechat_request_duration_seconds',
    help: 'Time of a call of WeChat, with the wait for its turn, by its path and outcome.',
    labelNames: ['api', 'outcome'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  })
  const addGauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(read())
      },
    })

  return {
    observe({ method, route = 'none', status, ms }) {
      durations.observe({ method, route, status }, ms / 1000)
    },
    observeWeChat({ path: api, outcome, ms }) {
      calls.observe({ api, outcome }, ms / 1000)
    },
    readPool(pool) {
      addGauge('database_connections', 'Connections to the database.', () => pool().total)
      addGauge('database_connections_idle', 'Those that nobody uses.', () => pool().idle)
      addGauge('database_connections_waiting', 'Who waits for one.', () => pool().waiting)
    },
    readConnections(connections) {
      addGauge('http_connections', 'Open connections of clients.', connections)
    },
    answer(request, response) {
      if (request.url !== '/metrics') {
        response.writeHead(404).end()
        return
      }
      const all = Registry.merge([processRegistry(), ...registers])
      all.metrics().then(
        (text) => response.writeHead(200, { 'Content-Type': all.contentType }).end(text),
        () => response.writeHead(500).end(),
      )
    },
  }
}

let ofProcess: Registry | undefined

/** Memory, event loop and garbage collection: once a process, because they cannot be given up. */
function processRegistry(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry()
    collectDefaultMetrics({ register: ofProcess })
  }
  return ofProcess
}
