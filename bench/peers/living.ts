// Contenders with a living token in this process, on a host that answers in a microtask: what is
// measured is the contender. Each runs as an app would run it, bundled and minified: TypeScript's loader
// names every function when it is made, which costs more than a request.
import { credentialOf, page } from './backend'
import type { Client, Contender, Create } from './contender'
import { createFakeUni } from './fakeUni'
import { bundle } from './realm'

export const TOKEN = 'living'

export interface Living {
  client: Client
  /** Requests that arrived. */
  requests(): number
  /** Makes its host the global one: every contender is to send through its own. */
  enter(): void
}

const pages = [{ route: 'pages/a' }]

const addresses = new Map<string, Promise<string>>()
let opened = 0

/** @param isSilent whether requests never get an answer */
export async function openLiving(contender: Contender, isSilent = false): Promise<Living> {
  let requests = 0
  const { uni } = createFakeUni({
    after: (ms, callback) => setTimeout(callback, ms),
    answer({ header }) {
      requests++
      if (credentialOf(header) !== TOKEN) throw new Error(`${contender.name} sent no token`)
      return isSilent ? undefined : { status: 200, data: page(), latency: 0 }
    },
  })
  const enter = () => void Object.assign(globalThis, { uni, wx: uni, getCurrentPages: () => pages })
  enter()
  const address = addresses.get(contender.module) ?? addressOf(contender)
  addresses.set(contender.module, address)
  // Another address each time: a module of its own.
  const url = `${await address}#${opened++}`
  const { create } = (await import(url)) as { create: Create }
  return { client: create(TOKEN), requests: () => requests, enter }
}

async function addressOf(contender: Contender): Promise<string> {
  const code = await bundle(contender, 'esm')
  return `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
}
