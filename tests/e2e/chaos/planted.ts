// A backend with a fault of its own, to show that a session finds it.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/**
 * `forgetful`: says that it has booked, and has not. `doubling`: does not know a booking that is sent again.
 * `careless`: books, and says that it has not.
 */
export type PlantedFault = 'forgetful' | 'doubling' | 'careless'

export interface PlantedBackend {
  url: string
  /** The fault from now on; undefined: none. */
  plant(fault: PlantedFault | undefined): void
  close(): Promise<void>
}

const ofTheHop = ['connection', 'keep-alive', 'transfer-encoding']

/** In front of a real one. */
export async function startPlantedBackend(target: string): Promise<PlantedBackend> {
  let fault: PlantedFault | undefined
  let count = 0

  /** A booking as the real one gets it. */
  function changed(body: Buffer): Buffer {
    const booking = JSON.parse(body.toString()) as Record<string, unknown>
    if (fault === 'forgetful') booking.date = '2000-01-01'
    if (fault === 'doubling') booking.note = `${++count}`
    return Buffer.from(JSON.stringify(booking))
  }

  /** Its answer as the app gets it. */
  function answered(status: number): number {
    if (fault === 'forgetful' && status === 422) return 201
    return fault === 'careless' && status === 201 ? 422 : status
  }

  const server = createServer((incoming, response) => {
    void (async () => {
      const { host: _, connection: __, 'content-length': ___, ...headers } = incoming.headers
      const isBooking = incoming.method === 'POST' && incoming.url === '/bookings'
      const body = await buffer(incoming)
      const answer = await fetch(target + incoming.url, {
        method: incoming.method!,
        headers: headers as Record<string, string>,
        ...(body.length > 0 && { body: new Uint8Array(isBooking ? changed(body) : body) }),
      })
      for (const [name, value] of answer.headers)
        if (!ofTheHop.includes(name)) response.appendHeader(name, value)
      response.writeHead(isBooking ? answered(answer.status) : answer.status)
      response.end(Buffer.from(await answer.arrayBuffer()))
    })().catch(() => response.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plant: (planted) => void (fault = planted),
    async close() {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}
