import { BlockList, isIP, isIPv6 } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { z } from 'zod'
import { parseAddress } from './network'

/** Whose `X-Forwarded-For` is believed. */
export type TrustProxy =
  | { is: 'nobody' }
  /** So many proxies, each of which adds the address that it sees. */
  | { is: 'hops'; count: number }
  | { is: 'networks'; networks: BlockList }

const error =
  'must be a number of proxies from 1 to 9, or addresses and networks such as 10.0.0.0/8'

/** `TRUST_PROXY` in the environment. */
export function trustProxy() {
  return z.string().transform((text, context): TrustProxy => {
    if (/^[1-9]$/.test(text)) return { is: 'hops', count: Number(text) }
    const networks = parseNetworks(text)
    if (!networks) context.addIssue(error)
    return networks ? { is: 'networks', networks } : { is: 'nobody' }
  })
}

function parseNetworks(text: string): BlockList | undefined {
  const networks = new BlockList()
  for (const item of text.split(',')) {
    const [, address = '', bits] = /^\s*([\d.a-f:]+)(?:\/(\d{1,3}))?\s*$/i.exec(item) ?? []
    const most = isIPv6(address) ? 128 : 32
    const length = bits === undefined ? most : Number(bits)
    if (isIP(address) === 0 || length > most) return undefined
    networks.addSubnet(address, length, familyOf(address))
  }
  return networks
}

function familyOf(address: string) {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}

/** The address a request comes from; undefined without a socket, as in `app.request()`. */
export type AddressOf = (c: Context) => string | undefined

/**
 * It goes along `X-Forwarded-For` from its end, where each trusted proxy has added the address that
 * it sees, to the first address that no trusted proxy has: what is further ahead, anybody can write.
 * It does not go on past what is no address.
 */
export function createAddressOf(trust: TrustProxy): AddressOf {
  function isTrusted(address: string, hop: number): boolean {
    switch (trust.is) {
      case 'nobody':
        return false
      case 'hops':
        return hop < trust.count
      case 'networks':
        return trust.networks.check(address, familyOf(address))
    }
  }

  return (c) => {
    const bindings = c.env as Partial<HttpBindings> | undefined
    const seen = parseAddress(bindings?.incoming?.socket.remoteAddress ?? '')
    if (seen === undefined) return undefined
    const forwarded = (c.req.header('X-Forwarded-For') ?? '').split(',').reverse()
    let address = seen
    for (const [hop, text] of forwarded.entries()) {
      const before = isTrusted(address, hop) ? parseAddress(text) : undefined
      if (before === undefined) break
      address = before
    }
    return address
  }
}
