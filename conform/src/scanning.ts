import type { Context } from './context'
import { dataOf, memberOf, type Exchange } from './exchange'
import { customer, once } from './sampleUsers'
import { Blocked, succeeded, unlimited } from './verdicts'
import { demandOffered } from './ways'

/** A code to scan, with the secret of the browser that shows it. */
export interface Scan {
  id: string
  secret: string
  /** How `POST /auth/scans` was answered. */
  made: Exchange
}

/** That of Edge on Windows: the phone shows its user who asks. */
const edge =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0'

/** How long a poll may take, in ms: 25 s, and the way there and back. */
export const longestPoll = 30_000

/** Makes a code. Rejects with Skipped where the backend offers none. */
export async function makeScan(context: Context, userAgent = edge): Promise<Scan> {
  await demandOffered(context, 'scan')
  const sending = { headers: { 'User-Agent': userAgent } }
  const made = unlimited(await context.send('POST', '/auth/scans', sending))
  const data = dataOf(made)
  const [id, secret] = [memberOf(data, 'id'), memberOf(data, 'secret')]
  if (typeof id !== 'string' || typeof secret !== 'string') {
    throw new Blocked('POST /auth/scans returned no id and secret', made)
  }
  return { id, secret, made }
}

const pathOf = ({ id }: Scan, rest = '') => `/auth/scans/${encodeURIComponent(id)}${rest}`

/** Asks as the browser for another status than `known`. */
export const poll = (
  { send }: Context,
  scan: Scan,
  known: string,
  { secret = scan.secret, token }: { secret?: string; token?: string } = {},
) =>
  send('GET', pathOf(scan, `?known=${known}`), {
    headers: { 'Scan-Secret': secret },
    timeLimit: longestPoll,
    ...(token !== undefined && { token }),
  })

export const statusIn = (exchange: Exchange) => memberOf(dataOf(exchange), 'status')

/** What a phone does with the code that it has read. */
export const act = (
  { send }: Context,
  scan: Scan,
  what: 'scanned' | 'confirm' | 'decline',
  token?: string,
) => send('POST', pathOf(scan, `/${what}`), token === undefined ? {} : { token })

/** Exchanges the scan for a session. */
export const logIn = async ({ send }: Context, { id, secret }: Pick<Scan, 'id' | 'secret'>) =>
  unlimited(await send('POST', '/auth/login', { json: { scan: { id, secret } } }))

/** A code that nobody scans. */
export const unscanned = once((context) => makeScan(context))

/** A code that a phone has scanned while the browser polled. */
export const scanned = once(async (context) => {
  const scan = await makeScan(context)
  const { token } = (await customer(context)).second
  const [polled, exchange] = await Promise.all([
    poll(context, scan, 'waiting'),
    act(context, scan, 'scanned', token),
  ])
  return { scan, token, polled, exchange }
})

/** A code whose phone's user has said yes or no. */
const answered = (what: 'confirm' | 'decline') =>
  once(async (context) => {
    const scan = await makeScan(context)
    const { token, state } = (await customer(context)).second
    succeeded(unlimited(await act(context, scan, 'scanned', token)))
    return { scan, token, state, exchange: await act(context, scan, what, token) }
  })

export const confirmed = answered('confirm')
export const declined = answered('decline')
