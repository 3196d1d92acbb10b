import { isMpWeixin } from '../uni/target'

/** The query of a page: decoded values by decoded names. */
export type Query = Readonly<Record<string, string>>

/** The query you pass to `navigate`. Numbers must be finite. */
export type QueryValues = Readonly<Record<string, string | number | boolean>>

/** The path from the root, without the query. */
export const pathOf = (url: string) => url.replace(/\?.*/s, '')

/** A url's query; what is no encoding is taken as it is. */
export function readQuery(url: string): Query {
  const pairs = url.slice(pathOf(url).length + 1).split('&')
  return Object.fromEntries(
    pairs.filter(Boolean).map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [decode(name), decode(value.join('='))]
    }),
  )
}

/** Undefined: something is no value, or its name is empty or there already. */
export function withQuery(url: string, values: QueryValues | undefined): string | undefined {
  const own = new Map(Object.entries(readQuery(url)))
  const pairs: string[] = []
  for (const [name, value] of Object.entries<unknown>({ ...values })) {
    const isValue = Number.isFinite(value) || ['string', 'boolean'].includes(typeof value)
    if (!isValue || name === '' || own.has(name)) return undefined
    try {
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    } catch {
      // Half a surrogate pair has no encoding.
      return undefined
    }
  }
  const path = pathOf(url)
  // To uni-h5 a plus sign is a blank, to WeChat it is itself.
  const search = url.slice(path.length).replace(/\+/g, '%2B')
  if (pairs.length === 0) return path + search
  return `${path}${search || '?'}${search && '&'}${pairs.join('&')}`
}

/** The query a host hands to a page: WeChat leaves it encoded, all others decode it. */
export function readOptions(options: Record<string, unknown> | null | undefined): Query {
  return isMpWeixin ? decoded({ ...options }) : mapped({ ...options }, String)
}

/** The same with names and values decoded once more. */
export const decoded = (query: Readonly<Record<string, unknown>>) => mapped(query, decode)

/** The same with values decoded once more that are what an encoding leaves. */
export const decodedTwice = (query: Query) =>
  mapped(query, (part) => {
    const plain = decode(part)
    return encodeURIComponent(plain) === part ? plain : String(part)
  })

function mapped(query: Readonly<Record<string, unknown>>, read: (part: unknown) => string): Query {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [read(name), read(value)]))
}

/** The same text for the same page with the same query, however ordered. */
export function identify(path: string, query: Query): string {
  return JSON.stringify([path, Object.entries(query).sort()])
}

function decode(value: unknown): string {
  try {
    return decodeURIComponent(String(value))
  } catch {
    return String(value)
  }
}
