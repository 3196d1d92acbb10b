import { demandTokenState } from '../answers'
import type { Area } from '../check'
import type { Exchange } from '../exchange'
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
      async probe({ send, flood }) {
        if (flood === 0) throw new Skipped('sends many logins: add --flood 1000')
        for (let sent = 0; sent < flood; sent++) {
          const json = { code: 'conform-no-such-code' }
          const exchange = await send('POST', '/auth/login', { json })
          if (isLimited(exchange)) return demandLater(exchange, 'too many logins', [429])
        }
        throw new Skipped(`the backend did not limit ${flood} logins`)
      },
    },
  },
}
