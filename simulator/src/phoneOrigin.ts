// The phone's page comes from another site than the workbench around it, so that browsers that
// isolate sites give it a process of its own: an app that never ends a task holds nothing but itself.

/** Both name this machine, and are sites of their own (HTML: schemelessly same site). */
const twins: Readonly<Record<string, string>> = {
  '127.0.0.1': 'localhost',
  localhost: '127.0.0.1',
}

/**
 * Where the workbench is opened instead, for an address by which no other site has the same machine:
 * `[::1]` has no second name. Undefined where it may stay.
 */
export function addressWithTwin(address: string): string | undefined {
  const url = new URL(address)
  if (url.hostname in twins) return undefined
  url.hostname = 'localhost'
  return url.href
}

/** The origin of the phone for that of the workbench, and the other way round. */
export function twinOrigin(origin: string): string {
  const url = new URL(origin)
  url.hostname = twins[url.hostname] ?? url.hostname
  return url.origin
}
