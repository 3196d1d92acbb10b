import { uniPlatform, type Auth } from 'watchword'

/** What became of a burst. */
export interface BurstResult {
  count: number
  succeeded: number
  /** How often the client got another token meanwhile. */
  logins: number
  /** From the first request to the last answer, in ms. */
  duration: number
}

/** More is of no use to anybody, and would only load the backend. */
const limit = 100

/**
 * How many requests a page's query asks for (`burst`); undefined where it is no such number, or the
 * backend is not on this machine: nobody is to start a burst on a real one by sending a link.
 */
export function burstCount(text: string | undefined, baseURL: string): number | undefined {
  const isLocal = /^https?:\/\/(127\.0\.0\.1|localhost)[:/]/.test(`${baseURL}/`)
  const count = Number(text)
  return isLocal && Number.isInteger(count) && count > 0 && count <= limit ? count : undefined
}

/**
 * Ends the client's token at the backend without telling the client, then sends `count` requests at
 * once. Signs in first where nobody is signed in.
 */
export async function burst(auth: Auth, baseURL: string, count: number): Promise<BurstResult> {
  let { accessToken } = auth.tokenState ?? (await auth.login())
  await endToken(baseURL, accessToken)
  let logins = 0
  const stop = auth.subscribe(() => {
    const current = auth.tokenState?.accessToken
    if (current === undefined || current === accessToken) return
    accessToken = current
    logins += 1
  })
  const started = Date.now()
  const requests = Array.from({ length: count }, () =>
    auth.request({ url: '/auth/token-state', interactive: false }),
  )
  const outcomes = await Promise.allSettled(requests)
  stop()
  const succeeded = outcomes.filter(({ status }) => status === 'fulfilled').length
  return { count, succeeded, logins, duration: Date.now() - started }
}

/** `POST /auth/logout`, past the client: it is not to know. */
async function endToken(baseURL: string, token: string): Promise<void> {
  const { status } = await uniPlatform().send({
    type: 'request',
    url: `${baseURL}/auth/logout`,
    method: 'POST',
    header: { authorization: `Bearer ${token}` },
    timeout: 5_000,
  }).answer
  // 401: it was dead already.
  if (status !== 204 && status !== 401) throw new Error(`/auth/logout answered ${status}`)
}
