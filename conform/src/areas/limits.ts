import { demandTokenState, schemesOf } from '../answers'
import type { Area } from '../check'
import type { Context } from '../context'
import type { Exchange } from '../exchange'
import { anySession } from '../sampleUsers'
import { findTokenState } from '../tokenState'
import { demand, isLimited, Skipped } from '../verdicts'

/** @throws Violation unless the client learns from it when to try again */
function demandLater(exchange: Exchange, situation: string, statuses: number[]): void {
  const wants = `${situation}: ${statuses.join(' or ')} with Retry-After`
  demand(statuses.includes(exchange.status), wants, exchange)
  const retryAfter = exchange.headers.get('Retry-After') ?? ''
  // Seconds or a date (RFC 9110 section 10.2.3).
  demand(/^\d+$/.test(retryAfter) || !Number.isNaN(Date.parse(retryAfter)), wants, exchange)
}

export const limits: Area = {
  title: 'Limits',
  checks: {
    'wechat-limit': {
      title: 'a login while WeChat limits the backend (45011) gets 429 or 503 with Retry-After',
      section: 'endpoints',
      async probe({ people, send }) {
        const code = await (await people.invent()).loginCode()
        const exchange = await people.disturbed({ errcode: 45011 }, () =>
          send('POST', '/auth/login', { json: { code } }),
        )
        demandLater(exchange, 'WeChat’s 45011', [429, 503])
      },
    },
    'wechat-away': {
      title: 'a login while WeChat cannot be reached gets 503 with Retry-After, not 401',
      section: 'faulty-requests',
      async probe({ people, send, signInStranger }) {
        const code = await (await people.invent()).loginCode()
        const exchange = await people.disturbed({ drop: true }, () =>
          send('POST', '/auth/login', { json: { code } }),
        )
        // Rejects with Blocked where the 429 is of the backend's own limit, with WeChat or without.
        if (isLimited(exchange)) await signInStranger()
        // A backend may have asked WeChat a second time.
        if (exchange.status < 400) demandTokenState(exchange, 'a login')
        else demandLater(exchange, 'WeChat cannot be reached', [503])
      },
    },
    flood: {
      title: 'logins beyond the backend’s limit get 429 with Retry-After',
      section: 'endpoints',
      async probe(context) {
        const exchange = await meetLimit(context)
        demandLater(exchange, 'too many logins', [429])
        demand(findTokenState(exchange).is === 'none', 'a limited login: no session', exchange)
      },
    },
    'flood-session': {
      title: 'a session goes on while logins are limited',
      section: 'endpoints',
      async probe(context) {
        const { token } = await anySession(context)
        await meetLimit(context)
        const exchange = await context.send('GET', '/auth/token-state', { token })
        demandTokenState(exchange, 'a session while logins are limited')
      },
    },
    'flood-by-request': {
      title: 'a request that brings its login is not performed while logins are limited',
      section: 'endpoints',
      async probe(context) {
        await meetLimit(context)
        const loginCode = await (await context.people.invent()).loginCode()
        const exchange = await context.call(context.routes.session, { loginCode })
        // Its 401 is that of a backend that does not know WxLogin.
        const isUnknown = exchange.status === 401 && !schemesOf(exchange).includes('wxlogin')
        if (isUnknown) throw new Skipped('the backend does not take a login with a request')
        demandLater(exchange, 'a request that brings its login', [429])
      },
    },
  },
}

/** The answer to a login beyond the limit. Rejects with Skipped where no limit is met, or none sought. */
async function meetLimit({ send, people, flood }: Context): Promise<Exchange> {
  if (flood === 0) throw new Skipped('sends many logins: add --flood 1000')
  const logIn = (code: string) => send('POST', '/auth/login', { json: { code } })
  for (let sent = 0; sent < flood; sent++) {
    const exchange = await logIn('conform-no-such-code')
    if (isLimited(exchange)) return exchange
    const wants = 'one of many logins: 401, or 429 beyond the limit'
    demand(exchange.status === 401, wants, exchange)
  }
  // Whether a 401 was about the code shows with a good one.
  const exchange = await logIn(await (await people.invent()).loginCode())
  if (isLimited(exchange)) return exchange
  demandTokenState(exchange, 'a login after many others, unless it gets 429')
  throw new Skipped(`the backend did not limit ${flood} logins`)
}
