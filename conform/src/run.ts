import { areas } from './areas'
import type { Check, Section } from './check'
import { createContext, type Context, type Routes } from './context'
import { dataOf, memberOf, type Exchange } from './exchange'
import { createPeople, type AskWeChat } from './people'
import { createSecrets, type Secrets } from './secrets'
import { createSend } from './send'
import { stateOf } from './tokenState'
import { Blocked, Skipped, Violation } from './verdicts'

/** What a run needs. */
export interface RunOptions {
  /** The backend's address, without a slash at its end. */
  baseUrl: string
  routes: Routes
  /** Whence login codes come. */
  ask: AskWeChat
  /** Makes the persons of this run its own: letters and digits. */
  run: string
  /** Areas (`cors`) and checks (`login/single-use`) that are left out. */
  skip?: readonly string[]
  /** How long one request may take, in ms. */
  timeLimit?: number
  /** How long a check may wait for something to end, in seconds. */
  patience?: number
  /** How large a picture is that the backend does not take, in bytes. */
  tooLarge?: number
  /** How many logins may be sent in order to meet a limit. */
  flood?: number
  /** The origin that requests come from, as those of a browser do. */
  origin?: string
  fetch?: typeof fetch
  sleep?: (ms: number) => Promise<void>
}

/** What became of a check. */
export type Outcome =
  | { is: 'passed' }
  | { is: 'failed'; wants: string; came: string }
  | { is: 'skipped'; reason: string }
  /** Something else, which another check looks at, kept it from its point. */
  | { is: 'blocked'; reason: string }

/** Texts hold no secrets. */
export interface Result {
  /** `<area>/<check>` */
  id: string
  area: { name: string; title: string }
  title: string
  section: Section
  outcome: Outcome
}

/**
 * Runs all checks, one after the other. Rejects with CannotRun if the backend, or whoever issues
 * login codes, does not answer.
 */
export async function runChecks(options: RunOptions): Promise<Result[]> {
  const { baseUrl, routes, ask, run, skip = [], timeLimit = 10_000 } = options
  const {
    patience = 0,
    flood = 0,
    tooLarge = 12 * 1024 * 1024,
    origin = 'https://conform.example',
  } = options
  const secrets = createSecrets()
  const exchanges: Exchange[] = []
  const send = createSend({
    ...{ baseUrl, timeLimit, origin, fetch: options.fetch ?? fetch },
    record(exchange) {
      secrets.add('access token', stateOf(exchange).accessToken)
      secrets.add('scan secret', memberOf(dataOf(exchange), 'secret'))
      exchanges.push(exchange)
    },
  })
  const sleep =
    options.sleep ?? ((ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms)))
  const people = createPeople(ask, run, secrets)
  const context = createContext({ send, routes, people, patience, tooLarge, flood, sleep })

  const all = Object.entries(areas).flatMap(([area, { title, checks }]) =>
    Object.entries(checks).map(([name, check]) => ({ area, areaTitle: title, name, check })),
  )
  const outcomes = new Map<Check, Outcome>()
  // Reviews look at what all probes have met.
  for (const kind of ['probe', 'review'] as const) {
    for (const { area, name, check } of all) {
      if (!(kind in check)) continue
      const isLeftOut = skip.includes(area) || skip.includes(`${area}/${name}`)
      const outcome: Outcome = isLeftOut
        ? { is: 'skipped', reason: '--skip' }
        : await conclude(check, { context, exchanges, secrets })
      outcomes.set(check, outcome)
    }
  }
  return all.map(({ area, areaTitle, name, check }) => ({
    id: `${area}/${name}`,
    area: { name: area, title: areaTitle },
    title: check.title,
    section: check.section,
    outcome: outcomes.get(check)!,
  }))
}

interface Subject {
  context: Context
  exchanges: readonly Exchange[]
  secrets: Secrets
}

async function conclude(check: Check, { context, exchanges, secrets }: Subject): Promise<Outcome> {
  try {
    if ('probe' in check) await check.probe(context)
    else check.review(exchanges, context)
    return { is: 'passed' }
  } catch (error) {
    if (error instanceof Skipped) return { is: 'skipped', reason: error.message }
    const shown = (came: string | Exchange) =>
      typeof came === 'string' ? secrets.redact(came) : secrets.describe(came)
    if (error instanceof Violation) {
      const { wants, came, detail } = error
      const parts = [...(detail ? [secrets.redact(detail)] : []), shown(came)]
      return { is: 'failed', wants, came: parts.join(': ') }
    }
    if (error instanceof Blocked) {
      const { message, exchange } = error
      return { is: 'blocked', reason: exchange ? `${message}: ${shown(exchange)}` : message }
    }
    throw error
  }
}

/** The exit code of a run: 0 the contract is kept, 1 it is not, 2 not everything could be checked. */
export function exitCodeOf(results: readonly Result[]): 0 | 1 | 2 {
  const have = (is: Outcome['is']) => results.some(({ outcome }) => outcome.is === is)
  return have('failed') ? 1 : have('blocked') ? 2 : 0
}
