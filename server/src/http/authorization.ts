import type { Context } from 'hono'

/** What the request brings in `Authorization` (RFC 9110 section 11.6.2). */
interface Authorization {
  /** In lower case. */
  scheme: string
  credentials: string
}

export function authorizationOf(c: Context): Authorization | undefined {
  const header = c.req.header('Authorization')
  if (header === undefined) return undefined
  const [scheme = ''] = header.split(' ', 1)
  return { scheme: scheme.toLowerCase(), credentials: header.slice(scheme.length).trimStart() }
}
