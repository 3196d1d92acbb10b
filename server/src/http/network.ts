import { isIPv4, isIPv6 } from 'node:net'

/**
 * An IP address as a socket or a proxy names it, without what may be around it (a port, brackets,
 * the zone of a link), and IPv4 in IPv6 as IPv4. Undefined for anything else.
 */
export function parseAddress(text: string): string | undefined {
  const [, bracketed, plain = ''] = /^(?:\[([^\]]*)\](?::\d+)?|(.*))$/.exec(text.trim()) ?? []
  const bare = (bracketed ?? plain.replace(/^([\d.]+):\d+$/, '$1')).replace(/%.*/, '')
  const address = bare.replace(/^::ffff:(?=[\d.]+$)/i, '')
  return isIPv4(address) || isIPv6(address) ? address.toLowerCase() : undefined
}

/**
 * Where an address belongs: itself for IPv4, the first 64 bits for IPv6, of which a household or a
 * rented server has at least so many addresses (RFC 6177).
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  // The URL parser writes the address in its shortest form (RFC 5952), embedded IPv4 as groups too.
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [before = [], after = []] = short
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''))
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}
