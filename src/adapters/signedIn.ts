import type { AuthFlow } from '../auth/types'

/** What `flow.settle` takes. */
export type Answer = Parameters<AuthFlow['settle']>[0]

/** As the libraries join them; with `isJoined` even if `url` is an address of its own. */
export function addressOf(baseURL = '', url = '', isJoined = false): string {
  if (!baseURL || (!isJoined && /^([a-z][a-z\d+.-]*:)?\/\//i.test(url))) return url
  return url ? `${baseURL.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}` : baseURL
}

/** `own` with `added` in the place of headers of the same name. */
export function addHeaders(
  own: object | undefined,
  added: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = Object.entries(own ?? {}).filter(([name]) => !(name.toLowerCase() in added))
  return { ...Object.fromEntries(kept), ...added }
}

/**
 * Sends a request until it is done; settles as the last sending did.
 * @param answered what the server answered, in a result of `send`; `undefined`: nothing
 * @param failed the same, in what `send` rejects with
 */
export async function sendSignedIn<R>(
  flow: AuthFlow,
  send: (header: Record<string, string>) => Promise<R>,
  answered: (result: R) => Answer | undefined,
  failed: (error: unknown) => Answer | undefined = () => undefined,
): Promise<R> {
  for (;;) {
    const sending = flow.header().then(send)
    // A reader of pieces may throw, see createStream.
    const answer = await sending.then(answered, failed).catch((error: unknown) => {
      flow.end()
      throw error
    })
    if (!answer) flow.end()
    else if (await flow.settle(answer)) continue
    return sending
  }
}

/** As uni reads what is asked for as text. */
export function parsed(data: unknown): unknown {
  try {
    return typeof data === 'string' ? (JSON.parse(data) as unknown) : data
  } catch {
    return data
  }
}
